package io.keyledger.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The gate's truth table (DESIGN.md, section 6), every cell, through HTTP on a running suite. */
@ExtendWith(SharedSuite.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class GateTruthTableIT {

    /** What a row of the table is: a tenant with one System in that state, and the keys to try. */
    private record Row(Tenant tenant, String host, Map<String, String> keys) {}

    private final Suite suite;
    private final Map<String, Row> rows;

    GateTruthTableIT(Suite suite) {
        this.suite = suite;
        this.rows = Map.of(
                "has an override", row("override", GateTruthTableIT::withOverride),
                "in its grace period", row("grace", GateTruthTableIT::inGrace),
                "override revoked, not removed", row("revoked", GateTruthTableIT::revoked),
                "had one, removed", row("removed", GateTruthTableIT::removed),
                "has none", row("none", (tenant, system) -> ""),
                "host not linked", unlinked(),
                "Active off", inactive());
        // The last of the changes above may be on its way to a Collector: allow for it once, not in each cell.
        Await.pause(Duration.ofSeconds(1));
    }

    private interface State {
        /** Brings the System into its state; the secret of its override, or nothing. */
        String of(Tenant tenant, String system);
    }

    private static String withOverride(Tenant tenant, String system) {
        return tenant.newOverride(system);
    }

    private static String inGrace(Tenant tenant, String system) {
        return tenant.api()
                .post("/api/v1/systems/" + system + "/override", Map.of("grace", "PT1H"))
                .expect(201)
                .text("secret");
    }

    private static String revoked(Tenant tenant, String system) {
        var secret = tenant.newOverride(system);
        tenant.api()
                .post(
                        "/api/v1/systems/" + system + "/override/revoke",
                        Map.of("reason", "COMPROMISED", "comment", "e2e"))
                .expect(200);
        return secret;
    }

    private static String removed(Tenant tenant, String system) {
        var secret = tenant.newOverride(system);
        assertThat(tenant.api()
                        .delete("/api/v1/systems/" + system + "/override")
                        .status())
                .isIn(200, 204);
        return secret;
    }

    private Row row(String name, State state) {
        var tenant = suite.newTenant("truth " + name);
        var host = "Web-" + name + ".Example";
        var system = tenant.newSystem("shop", host);
        var own = state.of(tenant, system);
        return new Row(tenant, host, keys(tenant, own));
    }

    private Row unlinked() {
        var tenant = suite.newTenant("truth unlinked");
        return new Row(tenant, "nobody.example", keys(tenant, tenant.newOverride(tenant.newSystem("shop"))));
    }

    private Row inactive() {
        var tenant = suite.newTenant("truth inactive");
        var system = tenant.newSystem("shop", "web.example");
        var keys = keys(tenant, tenant.newOverride(system));
        tenant.settings(Map.of("agentsActive", false)).expect(200);
        return new Row(tenant, "web.example", keys);
    }

    private static Map<String, String> keys(Tenant tenant, String own) {
        var another = tenant.newOverride(tenant.newSystem("another", "another.example"));
        return Map.of(
                "global",
                tenant.globalSecret(),
                "own",
                own,
                "another",
                another,
                "none",
                "",
                "unknown",
                UUID.randomUUID().toString());
    }

    static Stream<Arguments> cells() {
        var table = List.of(
                List.of("has an override", 401, 204, 401, 401),
                List.of("in its grace period", 204, 204, 401, 401),
                List.of("override revoked, not removed", 401, 401, 401, 401),
                List.of("had one, removed", 204, 401, 401, 401),
                List.of("has none", 204, 0, 401, 401),
                List.of("host not linked", 204, 401, 401, 401),
                List.of("Active off", 401, 401, 401, 401));
        var keys = List.of("global", "own", "another", "none");
        var cells = new ArrayList<Arguments>();
        for (var row : table) {
            for (int column = 1; column < row.size(); column++) {
                var status = (Integer) row.get(column);
                var key = keys.get(column - 1);
                if (status != 0) {
                    cells.add(Arguments.of(row.get(0), key, status));
                }
                if (key.equals("none")) {
                    cells.add(Arguments.of(row.get(0), "unknown", status));
                }
            }
        }
        return cells.stream();
    }

    @ParameterizedTest(name = "{0}, {1} key: {2}")
    @MethodSource("cells")
    void cell(String row, String key, int status) {
        var state = Objects.requireNonNull(rows.get(row));
        var secret = Objects.requireNonNull(state.keys().get(key));
        for (var host : List.of(
                state.host(),
                state.host().toLowerCase(Locale.ROOT),
                state.host().toUpperCase(Locale.ROOT))) {
            assertThat(state.tenant().pushEverywhere(secret, "cpu,host=" + host + " usage=1.5\n"))
                    .as("%s, %s key, host %s", row, key, host)
                    .containsExactly(status, status);
        }
    }

    @Test
    void aMixedBatchIsSplitOrRefusedAsTheOrganizationChose() {
        var tenant = suite.newTenant("truth mixed");
        var own = tenant.newOverride(tenant.newSystem("shop", "shop-1.example"));
        tenant.newSystem("mail", "mail-1.example");
        var global = tenant.globalSecret();
        var batch = "cpu,host=SHOP-1.example usage=1\ncpu,host=mail-1.example usage=2\ncpu usage=3\n";

        tenant.awaitEverywhere(401, global, "cpu,host=shop-1.example usage=1\n");
        var split = tenant.push(0, global, batch);
        assertThat(split.statusCode()).isEqualTo(204);
        assertThat(split.headers().firstValue("X-Rejected-Lines")).hasValue("1");
        var ownPart = tenant.push(0, own, batch);
        assertThat(ownPart.statusCode()).isEqualTo(204);
        assertThat(ownPart.headers().firstValue("X-Rejected-Lines")).hasValue("2");

        tenant.settings(Map.of("mixedBatches", "REJECT")).expect(200);
        tenant.awaitEverywhere(401, global, batch);
        assertThat(tenant.pushEverywhere(global, "cpu,host=mail-1.example usage=2\ncpu usage=3\n"))
                .containsExactly(204, 204);
    }

    @Test
    void aLineWithoutAHostCountsAsUnlinked() {
        var tenant = suite.newTenant("truth hostless");
        var own = tenant.newOverride(tenant.newSystem("shop", "shop-1.example"));
        var global = tenant.globalSecret();
        var hostless = "cpu,cpu=cpu0 usage=1\n";
        assertThat(tenant.pushEverywhere(global, hostless)).containsExactly(204, 204);
        assertThat(tenant.pushEverywhere(own, hostless)).containsExactly(401, 401);
        tenant.settings(Map.of("unlinkedHosts", "REJECT")).expect(200);
        tenant.awaitEverywhere(401, global, hostless);
        assertThat(tenant.pushEverywhere(global, "cpu,host=nobody usage=1\n")).containsExactly(401, 401);
    }

    @Test
    void escapedAndQuotedHostsAreReadAsTheLineProtocolSays() {
        var tenant = suite.newTenant("truth escapes");
        var own = tenant.newOverride(tenant.newSystem("shop", "a,b c", "x"));
        var global = tenant.globalSecret();
        // The host is "a,b c".
        assertThat(tenant.pushEverywhere(own, "cpu,host=a\\,b\\ c usage=1\n")).containsExactly(204, 204);
        tenant.awaitEverywhere(401, global, "cpu,host=A\\,B\\ C usage=1\n");
        // The host stands in a field string, where it is only text: the line has none.
        var quoted = "cpu,cpu=cpu0 note=\"in text ,host=x \",usage=1\n";
        assertThat(tenant.pushEverywhere(global, quoted)).containsExactly(204, 204);
        assertThat(tenant.pushEverywhere(own, quoted)).containsExactly(401, 401);
    }

    @Test
    void aGracePeriodEndsByItself() {
        var tenant = suite.newTenant("truth short grace");
        var system = tenant.newSystem("shop", "shop-1.example");
        var global = tenant.globalSecret();
        tenant.api()
                .post("/api/v1/systems/" + system + "/override", Map.of("grace", "PT3S"))
                .expect(201);
        var line = "cpu,host=shop-1.example usage=1\n";
        assertThat(tenant.pushEverywhere(global, line)).containsExactly(204, 204);
        Await.until(
                "the global key to be refused when the grace period is over",
                Duration.ofSeconds(15),
                () -> tenant.pushEverywhere(global, line).equals(List.of(401, 401)));
    }
}
