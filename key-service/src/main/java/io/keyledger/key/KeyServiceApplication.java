package io.keyledger.key;

import io.keyledger.key.ledger.streams.LedgerCommand;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/** Starts the key-service. */
@SpringBootApplication
public class KeyServiceApplication {

    /**
     * Starts the service, or checks or rebuilds the ledger and ends ({@code --check}, {@code --rebuild}); configuration comes
     * from the environment.
     */
    public static void main(String[] args) {
        if (LedgerCommand.isAsked(args)) {
            System.exit(LedgerCommand.run(args));
        }
        SpringApplication.run(KeyServiceApplication.class, args);
    }
}
