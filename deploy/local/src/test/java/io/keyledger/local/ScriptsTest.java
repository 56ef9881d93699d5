package io.keyledger.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What {@code deploy/up} and {@code deploy/down} say before anything runs: on a copy of them, in a repository without programs. */
@Timeout(60)
class ScriptsTest extends ScriptsRig {
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
    void aRunningSuiteIsSeenHoweverLongItsCommandLine() throws Exception {
        Files.createFile(Files.createDirectories(data.resolve("run")).resolveSibling(".keyledger"));
        var command = new ArrayList<>(List.of("/bin/bash", "-c", "read", "suite", "-Dkeyledger.data=" + data));
        command.addAll(Collections.nCopies(2_000, "/a/long/class/path/with/many/libraries.jar"));
        Process suite = new ProcessBuilder(command).start();
        try {
            Files.writeString(data.resolve("run/suite.pid"), suite.pid() + " 2026-11-21T00:00:00Z\n");

            assertThat(run("up").text())
                    .isEqualTo("Keyledger runs already on " + data + " (process " + suite.pid()
                            + "). Stop it with deploy/down.\n");
        } finally {
            suite.destroy();
        }
        assertThat(suite.waitFor(10, TimeUnit.SECONDS)).isTrue();
        assertThat(run("down").text()).isEqualTo("Keyledger does not run on " + data + ".\n");
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

    /** What every machine has, and no Maven. */
    private String noMaven() throws IOException {
        Path bin = Files.createDirectory(directory.resolve("bin"));
        for (String program : PROGRAMS) {
            executable(bin.resolve(program), "exec /usr/bin/" + program + " \"$@\"\n");
        }
        return bin.toString();
    }
}
