package io.keyledger.bench;

import io.keyledger.local.AtExit;
import io.keyledger.local.Ports;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** HAProxy with a map file of keys: takes the whole push, answers 204 to a key of the map and 401 to others. */
final class HaProxy implements AutoCloseable {

    static final String KEY = "11111111-2222-3333-4444-555555555555";
    private static final int OTHER_KEYS = 10_000;

    private final Process process;
    private final AtExit ending;
    private final int port;

    private HaProxy(Process process, int port) {
        this.process = process;
        this.ending = JavaProcess.killAtExit(process);
        this.port = port;
    }

    /** The installed program, if there is one. */
    static Optional<Path> program() {
        return Stream.of("/usr/sbin", "/usr/local/sbin", "/usr/bin", "/usr/local/bin")
                .map(directory -> Path.of(directory, "haproxy"))
                .filter(Files::isExecutable)
                .findFirst();
    }

    static HaProxy start(Path program, Path directory) throws IOException, InterruptedException {
        Files.createDirectories(directory);
        var keys = directory.resolve("keys.map");
        Files.write(
                keys,
                Stream.concat(
                                Stream.of(KEY + " 1"),
                                IntStream.range(0, OTHER_KEYS)
                                        .mapToObj(i ->
                                                String.format(Locale.ROOT, "%08x-0000-4000-8000-%012x 1", i * 7919, i)))
                        .toList());
        int port = Ports.free();
        var settings = directory.resolve("haproxy.cfg");
        Files.writeString(settings, """
                global
                  nbthread 1
                defaults
                  mode http
                  timeout client 30s
                  timeout connect 5s
                  timeout server 30s
                  option http-buffer-request
                frontend push
                  bind 127.0.0.1:%d
                  http-request deny deny_status 401 unless { req.hdr(x-api-key),map_str(%s) -m found }
                  http-request return status 204
                """.formatted(port, keys));
        var process = new ProcessBuilder(program.toString(), "-f", settings.toString())
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("haproxy.log").toFile())
                .start();
        var proxy = new HaProxy(process, port);
        for (int attempt = 0; Ports.isFree(port) && attempt < 100; attempt++) {
            Thread.sleep(50);
        }
        return proxy;
    }

    int port() {
        return port;
    }

    ProcessHandle process() {
        return process.toHandle();
    }

    @Override
    public void close() {
        ending.close();
    }
}
