package io.keyledger.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** The scripts, copied to a repository without programs. */
abstract class ScriptsRig {
    private static final List<String> MODULES = List.of("schemas", "key-service", "ingest-service", "audit-service");

    @TempDir
    Path directory;

    final Map<String, String> environment = new HashMap<>();
    Path root = Path.of("");
    Path data = Path.of("");

    record Said(int code, String text) {}

    @BeforeEach
    void copy() throws IOException {
        root = Files.createDirectory(directory.resolve("clone"));
        data = directory.resolve("data");
        Files.createFile(root.resolve("pom.xml"));
        for (String module : MODULES) {
            Files.createDirectories(root.resolve(module).resolve("src/main"));
            Files.createFile(root.resolve(module).resolve("pom.xml"));
        }
        Files.createDirectories(root.resolve("deploy/local/src/main"));
        Files.createFile(root.resolve("deploy/pom.xml"));
        Files.createFile(root.resolve("deploy/local/pom.xml"));
        for (String script : List.of("up", "down", "local/common.bash")) {
            Files.copy(
                    Path.of("..").resolve(script),
                    root.resolve("deploy").resolve(script),
                    StandardCopyOption.COPY_ATTRIBUTES);
        }
        environment.put("KEYLEDGER_DATA", data.toString());
        environment.put("JAVA_HOME", System.getProperty("java.home"));
    }

    static void executable(Path file, String script) throws IOException {
        Files.writeString(file, "#!/bin/sh\n" + script);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwx------"));
    }

    Said run(String script, String... options) throws Exception {
        Process process = start(script, options);
        String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
        return new Said(process.exitValue(), text);
    }

    Process start(String script, String... options) throws IOException {
        var command = new ArrayList<>(
                List.of("/bin/bash", root.resolve("deploy").resolve(script).toString()));
        command.addAll(List.of(options));
        return start(new ProcessBuilder(command));
    }

    String said(ProcessBuilder command) throws IOException {
        return new String(start(command).getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }

    Process start(ProcessBuilder builder) throws IOException {
        builder.redirectErrorStream(true);
        builder.environment().remove("KEYLEDGER_SKIP_BUILD");
        builder.environment().put("LC_ALL", "C.UTF-8");
        builder.environment().putAll(environment);
        return builder.start();
    }
}
