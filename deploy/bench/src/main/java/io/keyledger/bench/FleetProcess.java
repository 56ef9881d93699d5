package io.keyledger.bench;

import io.keyledger.local.AtExit;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The process of a {@link SimulatedFleet}. */
final class FleetProcess implements AutoCloseable {

    private static final int HEAP_MB = 3_072;
    private static final long LOOK_MS = 100;

    private final Process process;
    private final AtExit ending;

    private FleetProcess(Process process) {
        this.process = process;
        this.ending = JavaProcess.killAtExit(process);
    }

    /** Starts it; returns when all of its Collectors serve. */
    static FleetProcess start(String bootstrapServers, int collectors, int readers, Path log)
            throws IOException, InterruptedException {
        var process = JavaProcess.of(
                        SimulatedFleet.class,
                        HEAP_MB,
                        bootstrapServers,
                        Integer.toString(collectors),
                        Integer.toString(readers))
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        var fleet = new FleetProcess(process);
        while (!Files.readString(log).contains(SimulatedFleet.SERVING)) {
            if (!process.isAlive()) {
                throw new IOException("Expected " + collectors + " Collectors, but they ended; their log is " + log);
            }
            Thread.sleep(LOOK_MS);
        }
        return fleet;
    }

    ProcessHandle handle() {
        return process.toHandle();
    }

    @Override
    public void close() {
        ending.close();
    }
}
