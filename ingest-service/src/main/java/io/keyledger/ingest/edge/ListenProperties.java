package io.keyledger.ingest.edge;

import java.net.InetAddress;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Where agents connect, and what a connection may take.
 *
 * @param port for agents; 0: any free one
 * @param address of the network interface; null: all
 * @param sslBundle the name of a bundle of {@code spring.ssl.bundle}; null: no TLS
 * @param maxConnections how many connections senders may hold
 * @param idleTimeout how long a connection may stay without a whole request head
 */
@ConfigurationProperties("keyledger.push")
public record ListenProperties(
        @DefaultValue("8081") int port,
        @Nullable InetAddress address,
        @Nullable String sslBundle,
        @DefaultValue("10000") int maxConnections,
        @DefaultValue("60s") Duration idleTimeout) {

    /** @throws IllegalArgumentException if a value is out of its range */
    public ListenProperties {
        if (port < 0 || port > 65_535) {
            throw new IllegalArgumentException("Expected keyledger.push.port from 0 to 65535, but got " + port + ".");
        }
        if (maxConnections < 1) {
            throw new IllegalArgumentException(
                    "Expected keyledger.push.max-connections of at least 1, but got " + maxConnections + ".");
        }
        if (!idleTimeout.isPositive()) {
            throw new IllegalArgumentException(
                    "Expected keyledger.push.idle-timeout above 0, but got " + idleTimeout + ".");
        }
    }
}
