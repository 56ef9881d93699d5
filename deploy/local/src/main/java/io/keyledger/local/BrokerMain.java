package io.keyledger.local;

import java.nio.file.Path;
import java.util.Map;

/** The broker in a JVM of its own: {@code BrokerMain dataDir port controllerPort}. It stops cleanly on SIGTERM. */
final class BrokerMain {
    private BrokerMain() {}

    public static void main(String[] args) {
        var settings = new LocalBroker.Settings(
                Path.of(args[0]), Integer.parseInt(args[1]), Integer.parseInt(args[2]), Map.of());
        LocalBroker broker = LocalBroker.start(settings);
        Runtime.getRuntime().addShutdownHook(new Thread(broker::close, "broker-stop"));
        broker.awaitShutdown();
    }
}
