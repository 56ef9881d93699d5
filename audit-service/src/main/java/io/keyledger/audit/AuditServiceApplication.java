package io.keyledger.audit;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;

/** Starts the audit-service. */
@SpringBootApplication
@ConfigurationPropertiesScan
public class AuditServiceApplication {

    /** Starts the service; configuration comes from the environment. */
    public static void main(String[] args) {
        SpringApplication.run(AuditServiceApplication.class, args);
    }
}
