package io.keyledger.audit;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/** Starts the audit-service. */
@SpringBootApplication
public class AuditServiceApplication {

    /** Starts the service; configuration comes from the environment. */
    public static void main(String[] args) {
        SpringApplication.run(AuditServiceApplication.class, args);
    }
}
