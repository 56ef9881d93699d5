package io.keyledger.local;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/**
 * The broker in a JVM of its own: {@code BrokerMain dataDir port controllerPort}, or three of which the third follows
 * slowly: {@code BrokerMain dataDir port controllerPort slowMillis}. It stops cleanly on SIGTERM.
 */
final class BrokerMain {
    private BrokerMain() {}

    public static void main(String[] args) {
        var settings = new LocalBroker.Settings(
                Path.of(args[0]), Integer.parseInt(args[1]), Integer.parseInt(args[2]), Map.of());
        if (args.length > 3) {
            var cluster = LocalCluster.start(settings, Duration.ofMillis(Long.parseLong(args[3])));
            Runtime.getRuntime().addShutdownHook(new Thread(cluster::close, "broker-stop"));
            cluster.awaitShutdown();
        } else {
            LocalBroker broker = LocalBroker.start(settings);
            Runtime.getRuntime().addShutdownHook(new Thread(broker::close, "broker-stop"));
            broker.awaitShutdown();
        }
    }
}
