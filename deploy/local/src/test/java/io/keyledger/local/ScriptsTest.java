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
            "readlink",
            "rm",
            "sed",
            "sha256sum",
            "sort",
            "stat",
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

    @Test
    void whatRunsIsWhatTheSourcesSay() throws Exception {
        standInsForMavenAndJava();
        code("A");
        assertThat(run("up").text()).endsWith("running A\n");
        assertThat(run("up").text()).as("nothing changed").isEqualTo("running A\n");

        code("B");
        environment.put("KEYLEDGER_SKIP_BUILD", "yes");
        assertThat(run("up").text()).isEqualTo("running A\n");
        environment.remove("KEYLEDGER_SKIP_BUILD");
        assertThat(run("up").text()).endsWith("running B\n");

        code("C");
        assertThat(new ProcessBuilder(directory.resolve("bin/mvn").toString())
                        .directory(root.toFile())
                        .start()
                        .waitFor())
                .as("a build by hand")
                .isZero();
        code("B");
        assertThat(run("up").text()).endsWith("running B\n");

        code("D");
        environment.put("INTERRUPTED", "yes");
        assertThat(run("up").code()).isEqualTo(1);
        environment.remove("INTERRUPTED");
        code("B");
        assertThat(run("up").text()).endsWith("running B\n");
    }

    @Test
    void theyAreFoundThroughALinkAndWhateverCdpathSays() throws Exception {
        Path link = Files.createSymbolicLink(directory.resolve("keyledger-down"), root.resolve("deploy/down"));
        environment.put("CDPATH", ".:" + root);

        assertThat(said(new ProcessBuilder("/bin/bash", link.toString())))
                .isEqualTo("Keyledger does not run on " + data + ".\n");
        assertThat(said(new ProcessBuilder("/bin/bash", "deploy/down").directory(root.toFile())))
                .isEqualTo("Keyledger does not run on " + data + ".\n");
    }

    /** What a service would run. */
    private void code(String text) throws IOException {
        Files.writeString(root.resolve("key-service/src/main/code"), text);
    }

    /** A Maven that copies the code into each jar, and a Java that unpacks a jar, or tells what is in one. */
    private void standInsForMavenAndJava() throws IOException {
        Path bin = Files.createDirectories(directory.resolve("bin"));
        Path jdk = Files.createDirectories(directory.resolve("jdk/bin"));
        Files.writeString(directory.resolve("jdk/release"), "JAVA_VERSION=\"25\"\n");
        executable(jdk.resolve("javac"), "");
        executable(jdk.resolve("java"), """
            if [ "$4" = extract ]; then mkdir -p "$6" && cp "$3" "$6"
            else echo "running $(cat "$KEYLEDGER_DATA/app/audit-service/audit-service.jar")"; fi
            """);
        executable(bin.resolve("mvn"), """
            mkdir -p deploy/local/target/registry
            touch deploy/local/target/registry/quarkus-run.jar deploy/local/target/classpath
            cp key-service/src/main/code deploy/local/target/keyledger-local-1.0.0-SNAPSHOT.jar
            for service in key-service ingest-service audit-service; do
              mkdir -p $service/target
              cp key-service/src/main/code $service/target/keyledger-$service-1.0.0-SNAPSHOT-app.jar
            done
            [ -z "$INTERRUPTED" ]
            """);
        environment.put("JAVA_HOME", directory.resolve("jdk").toString());
        environment.put("PATH", bin + ":" + System.getenv("PATH"));
    }

    private static void executable(Path file, String script) throws IOException {
        Files.writeString(file, "#!/bin/sh\n" + script);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwx------"));
    }

    /** What every machine has, and no Maven. */
    private String noMaven() throws IOException {
        Path bin = Files.createDirectory(directory.resolve("bin"));
        for (String program : PROGRAMS) {
            executable(bin.resolve(program), "exec /usr/bin/" + program + " \"$@\"\n");
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
        return start(new ProcessBuilder(command));
    }

    private String said(ProcessBuilder command) throws IOException {
        return new String(start(command).getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }

    private Process start(ProcessBuilder builder) throws IOException {
        builder.redirectErrorStream(true);
        builder.environment().remove("KEYLEDGER_SKIP_BUILD");
        builder.environment().put("LC_ALL", "C.UTF-8");
        builder.environment().putAll(environment);
        return builder.start();
    }
}
