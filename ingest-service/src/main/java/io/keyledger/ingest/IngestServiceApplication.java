package io.keyledger.ingest;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/** Starts the ingest-service. */
@SpringBootApplication
public class IngestServiceApplication {

    /** Starts the service; configuration comes from the environment. */
    public static void main(String[] args) {
        SpringApplication.run(IngestServiceApplication.class, args);
    }
}
