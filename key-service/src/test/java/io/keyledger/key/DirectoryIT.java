package io.keyledger.key;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyledger.key.api.ApiClient;
import io.keyledger.key.api.Tenant;
import io.keyledger.local.LocalPostgres;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The directory of the whole service: what becomes of it is mended by itself, and nothing is read that lacks a part. */
class DirectoryIT {

    private final KeyServiceSuite suite = KeyServiceSuite.get();
    private final JdbcClient jdbc = JdbcClient.create(suite.postgres().dataSource(LocalPostgres.DIRECTORY_DATABASE));
    private final Tenant tenant = Tenant.make(suite::as);
    private final ApiClient owner = tenant.owner();

    @Test
    void theDirectoryIsRebuiltWhileItIsReadAndWritten() throws Exception {
        owner.post("/api/v1/systems", "{\"name\":\"s0\"}");
        var operator = suite.as(Tenant.OPERATOR_TOKEN);
        int generation =
                operator.get("/api/v1/directory").json().at("/current/number").asInt();
        var stop = new AtomicBoolean();
        var refused = new ArrayList<String>();
        var reader = Thread.ofVirtual().start(() -> {
            while (!stop.get()) {
                var list = owner.get("/api/v1/systems?limit=500");
                if (list.status() != 200 || list.json().at("/items").isEmpty()) {
                    refused.add(list.toString());
                }
            }
        });
        int made = 1;
        try {
            var begun = operator.post("/api/v1/directory/rebuild");
            assertThat(begun.status()).as(begun.toString()).isEqualTo(202);
            while (operator.get("/api/v1/directory")
                                    .json()
                                    .at("/current/number")
                                    .asInt()
                            == generation
                    && made < 2000) {
                owner.post("/api/v1/systems", "{\"name\":\"s" + made + "\"}");
                made++;
            }
        } finally {
            stop.set(true);
            reader.join();
        }
        assertThat(refused).isEmpty();
        assertThat(operator.get("/api/v1/directory")
                        .json()
                        .at("/current/number")
                        .asInt())
                .isEqualTo(generation + 1);
        owner.post("/api/v1/systems", "{\"name\":\"last\"}");
        var names = new ArrayList<String>();
        var page = owner.get("/api/v1/systems?limit=500");
        names.addAll(page.json().at("/items").findValuesAsString("name"));
        while (!page.text("next").isEmpty()) {
            page = owner.get("/api/v1/systems?limit=500&cursor=" + page.text("next"));
            names.addAll(page.json().at("/items").findValuesAsString("name"));
        }
        assertThat(names).hasSize(made + 1).contains("s0", "last").doesNotHaveDuplicates();
    }

    @Test
    void aDirectoryThatWasDroppedIsMadeAnew() {
        make("found again");
        dropAll();
        awaitWhole("found again");
    }

    @Test
    void aTableThatWasDroppedComesBackByTheRebuildCommand() {
        make("found again");
        int generation = generation();
        jdbc.sql("drop table directory_g" + generation + ".system").update();
        assertThat(owner.get("/api/v1/systems").text("code")).isEqualTo("directory_unavailable");
        make("made meanwhile", false);
        assertThat(suite.as(Tenant.OPERATOR_TOKEN)
                        .post("/api/v1/directory/rebuild")
                        .status())
                .isEqualTo(202);
        KeyServiceSuite.await("another generation", () -> generation() > generation);
        awaitWhole("found again", "made meanwhile");
    }

    @Test
    void aGenerationThatWasDroppedIsFilledAnewUnderAnotherNumber() {
        make("found again");
        int generation = generation();
        jdbc.sql("drop schema directory_g" + generation + " cascade").update();
        awaitWhole("found again");
        assertThat(generation()).isGreaterThan(generation);
    }

    @Test
    void aRestartOnAnEmptyDatabaseReadsNothingBeforeItIsWhole() {
        make("found again");
        dropAll();
        suite.restartService();
        awaitWhole(suite.as(tenant.token()), "found again");
        suite.awaitDirectory();
    }

    @Test
    void whatPostgresHasLostIsReadAgain() {
        make("kept");
        var before = position();
        make("lost");
        jdbc.sql("delete from directory_g" + generation() + ".system where organization_id = ? and name = 'lost'")
                .param(tenant.id().value())
                .update();
        jdbc.sql("update directory_g" + generation()
                        + ".position set revision = ?, next_offset = ? where partition = ?")
                .param(before.getFirst())
                .param(before.getLast())
                .param(tenant.partition())
                .update();
        make("new", false);
        awaitWhole("kept", "lost", "new");
        assertThat(suite.anonymous().get("/actuator/prometheus").response().body())
                .containsPattern("keyledger_directory_gaps_total [1-9]");
    }

    @Test
    void anotherLedgersDirectoryIsBuiltAnew() {
        make("ours");
        jdbc.sql("insert into directory_g" + generation()
                        + ".system (id, organization_id, name, name_key, host_count, created_at, version)"
                        + " values (?, ?, 'theirs', 'THEIRS', 0, now(), 1)")
                .param(UUID.randomUUID())
                .param(tenant.id().value())
                .update();
        assertThat(names(owner.get("/api/v1/systems"))).containsExactlyInAnyOrder("ours", "theirs");
        jdbc.sql("update directory.directory_generation set ledger_id = ?")
                .param(UUID.randomUUID())
                .update();
        KeyServiceSuite.await(
                "another generation", () -> names(owner.get("/api/v1/systems")).equals(List.of("ours")));
    }

    private void make(String name) {
        make(name, true);
    }

    private void make(String name, boolean read) {
        var made = owner.post("/api/v1/systems", "{\"name\":\"" + name + "\"}");
        assertThat(made.status()).isEqualTo(201);
        if (read) {
            assertThat(owner.get(made.header("Location")).status()).isEqualTo(200);
        }
    }

    private void awaitWhole(String... names) {
        awaitWhole(owner, names);
    }

    /** Until then each answer says that there is none. */
    private static void awaitWhole(ApiClient owner, String... names) {
        KeyServiceSuite.await("the directory", () -> {
            var list = owner.get("/api/v1/systems");
            if (list.status() == 200) {
                assertThat(names(list)).containsExactly(names);
                return true;
            }
            assertThat(list.status()).as(list.toString()).isEqualTo(503);
            assertThat(list.text("code")).isEqualTo("directory_unavailable");
            return false;
        });
    }

    private static List<String> names(ApiClient.Answer list) {
        return list.json().at("/items").findValuesAsString("name");
    }

    private void dropAll() {
        jdbc.sql("select nspname from pg_namespace where nspname like 'directory%'")
                .query(String.class)
                .list()
                .forEach(
                        schema -> jdbc.sql("drop schema " + schema + " cascade").update());
    }

    private int generation() {
        return jdbc.sql("select current from directory.directory_generation")
                .query(Integer.class)
                .single();
    }

    /** Revision and next offset of the tenant's partition. */
    private List<Long> position() {
        return jdbc.sql("select revision, next_offset from directory_g" + generation()
                        + ".position where partition = ?")
                .param(tenant.partition())
                .query((row, _) -> List.of(row.getLong(1), row.getLong(2)))
                .single();
    }
}
