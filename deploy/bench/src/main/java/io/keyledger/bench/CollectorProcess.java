package io.keyledger.bench;

import io.keyledger.local.AtExit;
import io.keyledger.local.Ports;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A Collector beside those of a suite, from this program's own class path. */
final class CollectorProcess implements AutoCloseable {

    private final Process process;
    private final AtExit ending;
    private final int port;
    private final int managementPort;

    private CollectorProcess(Process process, int port, int managementPort) {
        this.process = process;
        this.ending = JavaProcess.killAtExit(process);
        this.port = port;
        this.managementPort = managementPort;
    }

    /** Starts it; returns when it is ready. */
    static CollectorProcess start(Class<?> main, String id, String bootstrapServers, int heapMb, Path directory)
            throws IOException, InterruptedException {
        Files.createDirectories(directory);
        int port = Ports.free();
        int managementPort = Ports.free();
        var log = directory.resolve(id + ".log");
        var builder = JavaProcess.of(main, heapMb).redirectErrorStream(true).redirectOutput(log.toFile());
        var environment = builder.environment();
        environment.put("KEYLEDGER_PUSH_PORT", Integer.toString(port));
        environment.put("KEYLEDGER_PUSH_ADDRESS", "127.0.0.1");
        environment.put("SERVER_PORT", Integer.toString(managementPort));
        environment.put("SERVER_ADDRESS", "127.0.0.1");
        environment.put("KEYLEDGER_COLLECTOR_ID", id);
        environment.put("KEYLEDGER_KAFKA_BOOTSTRAP_SERVERS", bootstrapServers);
        var collector = new CollectorProcess(builder.start(), port, managementPort);
        while (!collector.isReady()) {
            if (!collector.process.isAlive()) {
                throw new IOException("Expected a Collector, but it has ended; its log is " + log);
            }
            Thread.sleep(100);
        }
        return collector;
    }

    int port() {
        return port;
    }

    ProcessHandle process() {
        return process.toHandle();
    }

    private boolean isReady() {
        try (var connection = new HttpConnection(managementPort)) {
            connection.send(HttpConnection.request("GET", "/actuator/health/readiness", "", new byte[0]));
            return connection.receive().status() == 200;
        } catch (IOException notYet) {
            return false;
        }
    }

    /** Ends it at once: nothing of it is kept. */
    @Override
    public void close() {
        ending.close();
    }
}
