package io.keyledger.audit.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyledger.audit.AuditServiceApplication;
import io.keyledger.audit.Eventually;
import io.keyledger.audit.SuiteKafka;
import io.keyledger.audit.chain.Evidence;
import io.keyledger.audit.record.SampleLedger;
import io.keyledger.codec.RecordType;
import io.keyledger.event.KeyEvent;
import io.keyledger.event.KeyId;
import io.keyledger.event.KeyKind;
import io.keyledger.event.KeyStatus;
import io.keyledger.event.OrganizationId;
import io.keyledger.event.OrganizationSettings;
import io.keyledger.event.Permission;
import io.keyledger.event.Role;
import io.keyledger.event.Samples;
import io.keyledger.event.SecretHash;
import io.keyledger.event.UserId;
import io.keyledger.event.UserStatus;
import io.keyledger.local.AuditLogins;
import io.keyledger.local.LocalBroker;
import io.keyledger.local.LocalPostgres;
import io.keyledger.table.Row.KeyRow;
import io.keyledger.table.Row.OrganizationRow;
import io.keyledger.table.Row.UserRow;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.zip.CRC32;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

/** The whole service with a real broker and a real PostgreSQL, over real HTTP; two organizations, and keys of each kind. */
abstract class ServiceFixture {

    static final int PARTITIONS = 2;
    static final OrganizationId OTHER = OrganizationId.of("0197f0c2-0011-7000-8000-000000000011");
    static final UserId VIEWER = UserId.of("0197f0c2-0012-7000-8000-000000000012");
    static final UserId OTHER_OWNER = UserId.of("0197f0c2-0013-7000-8000-000000000013");
    static final String TOKEN = token(1);
    static final String REVOKED = token(2);
    static final String VIEWERS = token(3);
    static final String OTHERS = token(4);
    static final String NARROW = token(5);

    @TempDir
    static Path directory;

    static final SampleLedger ledger = new SampleLedger();
    static LocalBroker broker;
    static LocalPostgres postgres;
    static SuiteKafka kafka;
    static ConfigurableApplicationContext service;
    static AuditClient client;
    static List<Evidence> events;

    @BeforeAll
    static void start() throws Exception {
        broker = LocalBroker.start(directory.resolve("kafka"));
        postgres = LocalPostgres.start(directory.resolve("postgres"));
        kafka = new SuiteKafka(broker.bootstrapServers(), PARTITIONS);
        organization(Samples.ORGANIZATION);
        organization(OTHER);
        user(Samples.ORGANIZATION, Samples.OWNER, Role.OWNER);
        user(Samples.ORGANIZATION, VIEWER, Role.VIEWER);
        user(OTHER, OTHER_OWNER, Role.OWNER);
        key(TOKEN, Samples.ORGANIZATION, Samples.OWNER, KeyStatus.ACTIVE, Permission.AUDIT_READ);
        key(REVOKED, Samples.ORGANIZATION, Samples.OWNER, KeyStatus.REVOKED, Permission.AUDIT_READ);
        key(VIEWERS, Samples.ORGANIZATION, VIEWER, KeyStatus.ACTIVE, Permission.AUDIT_READ);
        key(OTHERS, OTHER, OTHER_OWNER, KeyStatus.ACTIVE, Permission.AUDIT_READ);
        key(NARROW, Samples.ORGANIZATION, Samples.OWNER, KeyStatus.ACTIVE, Permission.METRICS_WRITE);
        events = ledger.writeSamples(0, Samples.ORGANIZATION);
        kafka.events(events);
        kafka.events(List.of(ledger.write(1, OTHER, new KeyEvent.SystemRegistered(Samples.OTHER_SYSTEM, "theirs"))));
        var logins = AuditLogins.random();
        logins.make(postgres, LocalPostgres.AUDIT_DATABASE);
        service = new SpringApplicationBuilder(AuditServiceApplication.class)
                .run(
                        "--server.port=0",
                        "--spring.datasource.url=" + postgres.jdbcUrl(LocalPostgres.AUDIT_DATABASE),
                        "--spring.datasource.username=" + AuditLogins.SERVICE,
                        "--spring.datasource.password=" + logins.servicePassword(),
                        "--spring.flyway.user=" + AuditLogins.OWNER,
                        "--spring.flyway.password=" + logins.ownerPassword(),
                        "--keyledger.kafka.bootstrap-servers=" + broker.bootstrapServers(),
                        "--keyledger.ledger.partitions=" + PARTITIONS);
        int port = service.getEnvironment().getRequiredProperty("local.server.port", Integer.class);
        client = new AuditClient(port);
        Eventually.await("it is ready", () -> health().status() == 200);
        awaitEvents(TOKEN, events.size());
        awaitEvents(OTHERS, 1);
    }

    @AfterAll
    static void stop() {
        service.close();
        kafka.close();
        postgres.close();
        broker.close();
    }

    static AuditClient.Answer get(String path) {
        return client.get(path, TOKEN);
    }

    static AuditClient.Answer health() {
        return client.get("/actuator/health/readiness", null);
    }

    static void awaitEvents(String token, int newest) {
        Eventually.await("event " + newest + " is recorded", () -> {
            var answer = client.get("/api/v1/events?limit=1", token);
            return answer.status() == 200
                    && answer.json().at("/items/0/organizationRevision").asInt() >= newest;
        });
    }

    static void assertProblem(AuditClient.Answer answer, int status, String code) {
        assertThat(answer.status()).as("%s", answer).isEqualTo(status);
        assertThat(answer.code()).as("%s", answer).isEqualTo(code);
        assertThat(answer.contentType()).startsWith("application/problem+json");
        assertThat(answer.json().path("detail").asString()).endsWith(".");
    }

    static void organization(OrganizationId id) throws Exception {
        kafka.row(
                RecordType.ORGANIZATION_STATE,
                new OrganizationRow(id, OrganizationSettings.DEFAULT, null, 1),
                PARTITIONS);
    }

    static void user(OrganizationId organization, UserId id, Role role) throws Exception {
        kafka.row(RecordType.USER_STATE, new UserRow(id, organization, role, UserStatus.ACTIVE, null, 1), PARTITIONS);
    }

    static void key(String secret, OrganizationId organization, UserId owner, KeyStatus status, Permission permission)
            throws Exception {
        kafka.row(
                RecordType.KEY_STATE,
                new KeyRow(
                        SecretHash.ofSecret(secret),
                        organization,
                        new KeyId(UUID.randomUUID()),
                        KeyKind.USER,
                        status,
                        null,
                        owner,
                        Set.of(permission),
                        Samples.AT,
                        null,
                        null,
                        1),
                PARTITIONS);
    }

    /** A token with the checksum that ours have (DESIGN.md, section 5). */
    static String token(int number) {
        var random = ByteBuffer.allocate(28).putInt(number).array();
        var checksum = new CRC32();
        checksum.update(random);
        return "tc-apiv1_" + HexFormat.of().formatHex(random) + HexFormat.of().toHexDigits((int) checksum.getValue());
    }
}
