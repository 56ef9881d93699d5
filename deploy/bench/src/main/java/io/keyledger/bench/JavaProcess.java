package io.keyledger.bench;

import io.keyledger.local.AtExit;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Starts JVMs beside this one, from this program's own class path. */
final class JavaProcess {

    private JavaProcess() {}

    /** A main class with so much heap; where its output goes is the caller's choice. */
    static ProcessBuilder of(Class<?> main, int heapMb, String... arguments) {
        var command = new ArrayList<>(List.of(
                program("java"),
                "-XX:+UseSerialGC",
                "-XX:+UseCompactObjectHeaders",
                "-Xmx" + heapMb + "m",
                "-XX:MetaspaceSize=192m",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-cp",
                System.getProperty("java.class.path"),
                main.getName()));
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command);
    }

    /** Ends it at once, for nothing of it is kept, and with this JVM at the latest. */
    static AtExit killAtExit(Process process) {
        return AtExit.run(() -> {
            process.destroyForcibly();
            process.onExit().join();
        });
    }

    /** A program of this JDK. */
    static String program(String name) {
        return Path.of(System.getProperty("java.home"), "bin", name).toString();
    }
}
