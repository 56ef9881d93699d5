package io.keyledger.key;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/** Starts the key-service. */
@SpringBootApplication
public class KeyServiceApplication {

    /** Starts the service; configuration comes from the environment. */
    public static void main(String[] args) {
        SpringApplication.run(KeyServiceApplication.class, args);
    }
}
