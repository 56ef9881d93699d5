package io.keyledger.e2e;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** One service in a process of its own, from the jar that is shipped. */
final class ServiceProcess implements AutoCloseable {

    private static final Duration START = Duration.ofMinutes(2);
    private static final String LAUNCHER = "org.springframework.boot.loader.launch.PropertiesLauncher";
    private static final HttpClient HTTP = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(2))
            .build();

    private final String name;
    private final Path jar;
    private final int heapMb;
    private final URI readiness;
    private final Path log;
    private final Map<String, String> environment;
    private @Nullable Path before;
    private @Nullable Process process;

    ServiceProcess(String name, Path jar, int heapMb, URI readiness, Path log, Map<String, String> environment) {
        this.name = name;
        this.jar = jar;
        this.heapMb = heapMb;
        this.readiness = readiness;
        this.log = log;
        this.environment = Map.copyOf(environment);
    }

    /** From its next start on, classes of this directory are taken before those of the jar; null: the jar's alone. */
    void takeBefore(@Nullable Path classes) {
        before = classes;
    }

    /** Starts the process; does not wait. */
    ServiceProcess spawn() {
        if (!Files.exists(jar)) {
            throw new IllegalStateException("Expected " + jar + ": build with mvn verify from the root.");
        }
        var command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx" + heapMb + "m",
                "-XX:+UseSerialGC",
                "-XX:+UseCompactObjectHeaders",
                "-XX:TieredStopAtLevel=1",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow"));
        command.addAll(
                before == null
                        ? List.of("-jar", jar.toString())
                        : List.of("-Dloader.path=" + before, "-cp", jar.toString(), LAUNCHER));
        var builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        builder.environment().putAll(environment);
        try {
            process = builder.start();
        } catch (IOException e) {
            throw new IllegalStateException("Expected to start " + name, e);
        }
        return this;
    }

    /** Waits until its readiness says so. */
    ServiceProcess awaitReady() {
        Await.until(name + " to be ready; its log is " + log, START, this::isReady);
        return this;
    }

    boolean isReady() {
        if (!running().isAlive()) {
            throw new IllegalStateException(
                    name + " has ended with " + running().exitValue() + "; its log is " + log);
        }
        try {
            var request = HttpRequest.newBuilder(readiness)
                    .timeout(Duration.ofSeconds(2))
                    .build();
            return HTTP.send(request, BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** SIGKILL. */
    void kill() {
        running().destroyForcibly();
        awaitEnd();
    }

    /** SIGTERM, then the end. */
    void stop() {
        running().destroy();
        awaitEnd();
    }

    /** SIGSTOP: it stands still until {@link #resume()}. */
    void pause() {
        signal("STOP");
    }

    /** SIGCONT. */
    void resume() {
        signal("CONT");
    }

    long pid() {
        return running().pid();
    }

    Path log() {
        return log;
    }

    boolean isAlive() {
        return process != null && process.isAlive();
    }

    @Override
    public void close() {
        if (isAlive()) {
            stop();
        }
    }

    private Process running() {
        if (process == null) {
            throw new IllegalStateException(name + " was never started.");
        }
        return process;
    }

    private void signal(String signal) {
        try {
            new ProcessBuilder("kill", "-" + signal, "" + pid()).start().waitFor();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private void awaitEnd() {
        try {
            if (!running().waitFor(30, TimeUnit.SECONDS)) {
                running().destroyForcibly().waitFor();
                throw new IllegalStateException(name + " did not end within 30 s of SIGTERM; its log is " + log);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
