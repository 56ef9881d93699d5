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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What {@code deploy/up} and {@code deploy/down} say before anything runs: on a copy of them, in a repository without programs. */
@Timeout(60)
class ScriptsTest {
    private static final List<String> MODULES = List.of("schemas", "key-service", "ingest-service", "audit-service");

    private static final List<String> PROGRAMS = List.of(
            "cat",
            "cut",
            "df",
            "dirname",
            "find",
            "flock",
            "grep",
            "id",
            "ls",
            "mkdir",
            "rm",
            "sed",
            "sha256sum",
            "sort",
            "tail",
            "touch",
            "tr",
            "unshare",
            "xargs");

    @TempDir
    private Path directory;

    private final Map<String, String> environment = new HashMap<>();
    private Path root = Path.of("");
    private Path data = Path.of("");

    private record Said(int code, String text) {}

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

    @Test
    void aFolderOfSomebodyElsesIsNeitherTakenNorPurged() throws Exception {
        Path photo = Files.createDirectories(data).resolve("photo.jpeg");
        Files.writeString(photo, "of the sea");

        assertThat(run("up")).satisfies(said -> {
            assertThat(said.code()).isEqualTo(1);
            assertThat(said.text()).contains(data + " is not empty", "KEYLEDGER_DATA");
        });
        assertThat(run("down", "--purge")).satisfies(said -> {
            assertThat(said.code()).isEqualTo(1);
            assertThat(said.text()).contains(data + " was not made by deploy/up: not removed");
        });
        assertThat(data).isDirectoryContaining(photo::equals);
    }

    @Test
    void itsOwnFolderIsForgottenWhole() throws Exception {
        Files.createFile(Files.createDirectories(data.resolve("kafka")).resolveSibling(".keyledger"));

        assertThat(run("down", "--purge").code()).isZero();

        assertThat(data).doesNotExist();
    }

    @Test
    void aFolderThatCannotBeMadeIsNamed() throws Exception {
        Files.createFile(data);
        environment.put("KEYLEDGER_DATA", data.resolve("below a file").toString());

        assertThat(run("up")).satisfies(said -> {
            assertThat(said.code()).isEqualTo(1);
            assertThat(said.text())
                    .startsWith("Keyledger cannot write to " + data.resolve("below a file") + " (Not a directory)")
                    .contains("KEYLEDGER_DATA")
                    .hasLineCount(1);
        });
    }

    @Test
    void aMachineWithoutMavenIsToldWhatToInstall() throws Exception {
        environment.put("PATH", noMaven());

        assertThat(run("up")).satisfies(said -> {
            assertThat(said.code()).isEqualTo(1);
            assertThat(said.text())
                    .contains("there is no mvn on the PATH: install it")
                    .hasLineCount(1);
        });
    }

    @Test
    void aSecondOneWaitsForTheFirst() throws Exception {
        environment.put("PATH", noMaven());
        Files.createFile(Files.createDirectories(data).resolve(".keyledger"));
        Process first = new ProcessBuilder("flock", data.toString(), "cat").start();
        first.getOutputStream().write('\n');
        first.getOutputStream().flush();
        assertThat(first.getInputStream().read()).as("the lock is held").isEqualTo('\n');

        Process second = start("up");
        var said = second.inputReader();
        assertThat(said.readLine()).isEqualTo("Another deploy/up is at work on " + data + ": waiting for it …");
        assertThat(second.isAlive()).isTrue();
        first.getOutputStream().close();

        assertThat(said.readLine()).contains("no mvn");
        assertThat(second.waitFor()).isEqualTo(1);
    }

    /** What every machine has, and no Maven. */
    private String noMaven() throws IOException {
        Path bin = Files.createDirectory(directory.resolve("bin"));
        for (String program : PROGRAMS) {
            Path wrapper = Files.writeString(bin.resolve(program), "#!/bin/sh\nexec /usr/bin/" + program + " \"$@\"\n");
            Files.setPosixFilePermissions(wrapper, PosixFilePermissions.fromString("rwx------"));
        }
        return bin.toString();
    }

    private Said run(String script, String... options) throws Exception {
        Process process = start(script, options);
        String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
        return new Said(process.exitValue(), text);
    }

    private Process start(String script, String... options) throws IOException {
        var command = new ArrayList<>(
                List.of("/bin/bash", root.resolve("deploy").resolve(script).toString()));
        command.addAll(List.of(options));
        var builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().remove("KEYLEDGER_SKIP_BUILD");
        builder.environment().put("LC_ALL", "C.UTF-8");
        builder.environment().putAll(environment);
        return builder.start();
    }
}
