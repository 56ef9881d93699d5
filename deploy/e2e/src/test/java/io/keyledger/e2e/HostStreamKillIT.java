package io.keyledger.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyledger.codec.LedgerCodec;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.MissingNode;

/**
 * key-service is killed within a stream of hosts that replaces a System's, once while it links and once while it unlinks:
 * with the same Idempotency-Key the stream goes on where it was.
 */
@ExtendWith(SharedSuite.class)
class HostStreamKillIT {

    private static final int HOSTS = 12_000;
    private static final int GONE = HOSTS / 10;
    private static final int PUSHED_AT_ONCE = 2_000;

    private final List<String> hosts =
            IntStream.range(0, HOSTS).mapToObj("h-%05d"::formatted).toList();

    /** Spread among the others, so that many parts unlink some. */
    private final List<String> gone = IntStream.range(0, GONE)
            .mapToObj(i -> "h-%05d-gone".formatted(i * 10))
            .toList();

    /**
     * What an answer has told.
     *
     * @param parts how many parts it has told of
     * @param totals of all of them
     */
    private record Told(long parts, JsonNode totals, boolean ended) {

        private static final Told NOTHING = new Told(0, MissingNode.getInstance(), false);

        Told and(String line) {
            var json = JsonMapper.shared().readTree(line);
            if (json.has("summary")) {
                return new Told(parts, json.get("summary"), true);
            }
            assertThat(json.has("progress")).as(line).isTrue();
            return new Told(parts + 1, json.get("progress"), false);
        }

        long count(String what) {
            return totals.path(what).asLong();
        }
    }

    @Test
    void whatAKillHasCutGoesOnWithTheSameKey(Suite suite) throws Exception {
        var tenant = suite.newTenant("host stream");
        tenant.settings(Map.of("mixedBatches", "REJECT")).expect(200);
        var system = tenant.newSystem("many");
        var override = tenant.newOverride(system);
        assertThat(replace(tenant, system, "before", gone, told -> false).count("linked"))
                .isEqualTo(GONE);

        var begun = System.nanoTime();
        var key = UUID.randomUUID().toString();
        var whileLinking = replace(tenant, system, key, hosts, told -> told.count("lines") >= HOSTS / 4);
        var whileUnlinking = replace(tenant, system, key, hosts, told -> told.count("unlinked") >= GONE / 4);
        var whole = replace(tenant, system, key, hosts, told -> false);
        System.out.printf(
                "[host stream] killed after %d and %d of %d parts, %d of which were there already; %d s%n",
                whileLinking.parts(),
                whileUnlinking.parts(),
                whole.parts(),
                whole.count("replayed"),
                Duration.ofNanos(System.nanoTime() - begun).toSeconds());

        assertThat(whileLinking.ended() || whileUnlinking.ended()).isFalse();
        assertThat(whileLinking.count("unlinked")).isZero();
        assertThat(whileUnlinking.count("replayed"))
                .as("parts that the first kill let pass, of %d", whileUnlinking.parts())
                .isGreaterThanOrEqualTo(whileLinking.parts())
                .isLessThan(whileUnlinking.parts());
        assertThat(whole.count("replayed"))
                .as("parts that the second kill let pass, of %d", whole.parts())
                .isGreaterThanOrEqualTo(whileUnlinking.parts())
                .isLessThan(whole.parts());
        assertThat(whole.ended()).isTrue();
        assertThat(List.of(
                        whole.count("lines"), whole.count("linked"), whole.count("unlinked"), whole.count("refused")))
                .containsExactly((long) HOSTS, (long) HOSTS, (long) GONE, 0L);

        var events = Events.of(suite, new LedgerCodec(Schemas.of(suite)));
        assertThat(events.linkedBy(tenant).sorted().toList())
                .as("each of them once")
                .isEqualTo(Stream.concat(hosts.stream(), gone.stream()).sorted().toList());
        assertThat(events.unlinkedBy(tenant).sorted().toList()).isEqualTo(gone);
        for (int from = 0; from < HOSTS; from += PUSHED_AT_ONCE) {
            var some = hosts.subList(from, Math.min(from + PUSHED_AT_ONCE, HOSTS));
            assertThat(tenant.pushEverywhere(override, lines(some))).containsExactly(204, 204);
        }
        assertThat(tenant.pushEverywhere(tenant.globalSecret(), lines(gone))).containsExactly(204, 204);
        Await.until(
                "the directory to count the hosts",
                Duration.ofSeconds(30),
                () -> tenant.api()
                                .get("/api/v1/systems/" + system)
                                .body()
                                .path("hostCount")
                                .asInt()
                        == HOSTS);
    }

    /** Has the hosts replaced; kills key-service as soon as enough is told, and starts it again. */
    private static Told replace(Tenant tenant, String system, String key, List<String> hosts, Predicate<Told> enough)
            throws IOException, InterruptedException {
        var keyService = tenant.suite().keyService;
        var request = HttpRequest.newBuilder(
                        tenant.suite().keyServiceUri.resolve("/api/v1/systems/" + system + "/hosts"))
                .timeout(Duration.ofSeconds(30))
                .header("X-API-Key", tenant.ownerToken())
                .header("Idempotency-Key", key)
                .header("Content-Type", "text/plain")
                .PUT(BodyPublishers.ofString(String.join("\n", hosts)))
                .build();
        var told = Told.NOTHING;
        try (var answer = Api.HTTP.send(request, BodyHandlers.ofLines()).body()) {
            for (var lines = answer.iterator(); lines.hasNext(); ) {
                told = told.and(lines.next());
                if (enough.test(told)) {
                    keyService.kill();
                    keyService.spawn().awaitReady();
                    break;
                }
            }
        }
        return told;
    }

    private static String lines(List<String> hosts) {
        return hosts.stream().map("cpu,host=%s usage=1\n"::formatted).collect(Collectors.joining());
    }
}
