package io.keyledger.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Which programs {@code deploy/up} runs: those of the sources, whoever built in between. */
@Timeout(60)
class ScriptsBuildTest extends ScriptsRig {
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
}
