package io.keyledger.ingest.it;

import io.keyledger.event.KeyStatus;
import io.keyledger.event.OrganizationId;
import io.keyledger.event.OrganizationSettings;
import io.keyledger.event.SystemId;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.UUID;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** One Collector for a test class; for each test an organization with a global key and two Systems with overrides. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class PushScenario {

    private final String[] properties;

    CollectorRig rig;
    OrganizationId organization;
    String global;
    String override;
    String otherOverride;
    SystemId system;
    SystemId otherSystem;

    /** @param properties of the Collector */
    PushScenario(String... properties) {
        this.properties = properties;
    }

    @BeforeAll
    void start(@TempDir Path directory) throws Exception {
        rig = new CollectorRig(directory, properties);
    }

    @AfterAll
    void stop() {
        rig.close();
    }

    @BeforeEach
    void newOrganization() {
        organization = new OrganizationId(UUID.randomUUID());
        system = new SystemId(UUID.randomUUID());
        otherSystem = new SystemId(UUID.randomUUID());
        var secrets = Ledger.newSecrets(3);
        global = secrets.get(0);
        override = secrets.get(1);
        otherOverride = secrets.get(2);
        rig.ledger.write(
                rig.ledger.organization(organization, OrganizationSettings.DEFAULT),
                rig.ledger.key(organization, global, null, KeyStatus.ACTIVE),
                rig.ledger.key(organization, override, system, KeyStatus.ACTIVE),
                rig.ledger.key(organization, otherOverride, otherSystem, KeyStatus.ACTIVE),
                rig.ledger.system(organization, system, null),
                rig.ledger.system(organization, otherSystem, Ledger.LONG_AGO),
                rig.ledger.host(organization, "Web-1", system),
                rig.ledger.host(organization, "other", otherSystem));
    }

    String keyId(String secret) {
        return rig.ledger
                .key(organization, secret, null, KeyStatus.ACTIVE)
                .keyId()
                .toString();
    }

    void awaitStatus(int status, String key, String host) {
        try {
            CollectorRig.awaitUntil(
                    "a push is answered " + status,
                    () -> rig.push(key, line(host)).statusCode() == status);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    static String line(String host) {
        return "cpu,host=" + host + " v=1 1\n";
    }

    static byte[] gzip(byte[] content) throws IOException {
        var out = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(out)) {
            gzip.write(content);
        }
        return out.toByteArray();
    }

    /** A connection on which a test can be slow, or stop in the middle. */
    Socket connect() throws IOException {
        var socket = new Socket(InetAddress.getLoopbackAddress(), rig.port());
        socket.setSoTimeout((int) CollectorRig.PATIENCE.toMillis());
        return socket;
    }

    static void send(Socket socket, String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
        socket.getOutputStream().flush();
    }
}
