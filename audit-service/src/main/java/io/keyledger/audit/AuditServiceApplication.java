package io.keyledger.audit;

import io.keyledger.audit.verify.VerifyCommand;
import java.util.Arrays;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;

/** Starts the audit-service. */
@SpringBootApplication
@ConfigurationPropertiesScan
public class AuditServiceApplication {

    /** Starts the service, or verifies the record and ends ({@code --verify}); configuration comes from the environment. */
    public static void main(String[] args) {
        if (Arrays.asList(args).contains(VerifyCommand.ARGUMENT)) {
            System.exit(VerifyCommand.run(args));
        }
        SpringApplication.run(AuditServiceApplication.class, args);
    }
}
