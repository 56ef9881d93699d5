package io.keyledger.key.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Hosts from a stream. */
interface HostStreamCalls extends ApiCalls {

    @Test
    default void hostsAreLinkedFromAStreamInParts() {
        var shop = system("shop");
        var mail = system("mail");
        owner().post(mail + "/hosts", "{\"hosts\":[\"h-00007\",\"h-00600\"]}");

        var answer = text().post(shop + "/hosts", numbered(0, 1_200) + "\n\u0001\n");
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("Content-Type")).isEqualTo("application/x-ndjson");
        var lines = lines(answer);
        assertThat(lines.stream().filter(line -> line.has("progress"))).hasSize(3);
        var refused = lines.stream().filter(line -> line.has("refused")).toList();
        assertThat(refused.stream().map(line -> line.at("/refused/host").asString("-")))
                .containsExactly("h-00007", "h-00600", "-");
        assertThat(refused.getFirst().at("/refused/line").asInt()).isEqualTo(8);
        assertThat(refused.getFirst().at("/refused/code").asString()).isEqualTo("host_linked_elsewhere");
        assertThat(refused.getFirst().at("/refused/detail").asString()).contains("mail", id(mail));
        assertThat(refused.getLast().at("/refused/code").asString()).isEqualTo("invalid");
        var summary = lines.getLast().at("/summary");
        assertThat(summary.at("/lines").asInt()).isEqualTo(1_201);
        assertThat(summary.at("/linked").asInt()).isEqualTo(1_198);
        assertThat(summary.at("/refused").asInt()).isEqualTo(3);
        assertThat(hostCount(shop, summary)).isEqualTo(1_198);

        var moved = lines(text().post(shop + "/hosts?move=true", "h-00007\nH-00600\nh-00001"))
                .getLast();
        assertThat(moved.at("/summary/linked").asInt()).isEqualTo(2);
        assertThat(moved.at("/summary/unchanged").asInt()).isEqualTo(1);
        assertThat(hostCount(mail, moved.at("/summary"))).isZero();
    }

    @Test
    default void hostsAreReplacedFromAStream() {
        var shop = system("shop");
        lines(text().post(shop + "/hosts", numbered(0, 1_700)));

        var answer = owner().header("Content-Type", "application/x-ndjson")
                .put(shop + "/hosts", numbered(1_100, 2_300).replaceAll("(?m)^(.*)$", "{\"host\":\"$1\"}"));
        assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
        var summary = lines(answer).getLast().at("/summary");
        assertThat(summary.at("/linked").asInt()).isEqualTo(600);
        assertThat(summary.at("/unchanged").asInt()).isEqualTo(600);
        assertThat(summary.at("/unlinked").asInt()).isEqualTo(1_100);
        assertThat(hostCount(shop, summary)).isEqualTo(1_200);
        assertThat(owner().get("/api/v1/hosts/h-01099").json().at("/system").isNull())
                .isTrue();
        assertThat(owner().get("/api/v1/hosts/h-01100").at("/system/id")).isEqualTo(id(shop));

        var one = lines(text().put(shop + "/hosts", "h-01100")).getLast().at("/summary");
        assertThat(one.at("/unlinked").asInt()).isEqualTo(1_199);
        assertThat(hostCount(shop, one)).isOne();
    }

    @Test
    default void anEmptyStreamUnlinksNothing() {
        var shop = system("shop");
        var linked = lines(text().post(shop + "/hosts", "web-1\nweb-2")).getLast();
        for (var empty : List.of("", "\n \n")) {
            var refused = text().put(shop + "/hosts", empty);
            assertThat(refused.status()).isEqualTo(422);
            assertThat(refused.text("code")).isEqualTo("empty_stream");
        }
        assertThat(hostCount(shop, linked.at("/summary"))).isEqualTo(2);
        assertThat(owner().put(shop + "/hosts", "{\"hosts\":[]}").json().at("/unlinked"))
                .hasSize(2);
    }

    @Test
    default void aSlipOfThePenUnlinksNothing() {
        var shop = system("shop");
        text().post(shop + "/hosts", "web-1\nweb-2");
        var lines = lines(text().put(shop + "/hosts", "web-1\nweb\u0007-2\nweb-3"));
        assertThat(lines.getLast().at("/error/code").asString()).isEqualTo("refused_lines");
        assertThat(lines.getLast().at("/error/status").asInt()).isEqualTo(422);
        assertThat(hostCount(shop, lines.get(lines.size() - 2).at("/progress"))).isEqualTo(3);
    }

    @Test
    default void aHostThatIsRefusedUnlinksNothing() {
        var shop = system("shop");
        text().post(shop + "/hosts", "web-1\nweb-2");
        owner().post(system("mail") + "/hosts", "{\"hosts\":[\"db-1\"]}");
        var once = text().header("Idempotency-Key", "stream-" + UUID.randomUUID());
        for (int i = 0; i < 2; i++) {
            var lines = lines(once.put(shop + "/hosts", "web-1\ndb-1\nweb-3"));
            assertThat(lines.getFirst().at("/refused/code").asString()).isEqualTo("host_linked_elsewhere");
            assertThat(lines.getLast().at("/error/code").asString()).isEqualTo("refused_lines");
            assertThat(lines.getLast().at("/error/status").asInt()).isEqualTo(422);
            assertThat(hostCount(shop, lines.get(lines.size() - 2).at("/progress")))
                    .isEqualTo(3);
        }
        var moved = lines(text().put(shop + "/hosts?move=true", "web-1\ndb-1\nweb-3"))
                .getLast();
        assertThat(moved.at("/summary/unlinked").asInt()).isOne();
    }

    /** A host that is there twice is unchanged the second time, in the same part as in another. */
    @Test
    default void eachLineIsCountedOnce() {
        var shop = system("shop");
        owner().post(system("mail") + "/hosts", "{\"hosts\":[\"db-1\"]}");
        var twice = "web-1\nWEB-1\nweb-2\nweb-1\n";
        var linked = lines(text().post(shop + "/hosts", twice + "db-1\n\u0001\n" + numbered(0, 500) + "\nweb-2"))
                .getLast()
                .at("/summary");
        assertThat(linked.at("/lines").asInt()).isEqualTo(507);
        assertThat(linked.at("/linked").asInt()).isEqualTo(502);
        assertThat(linked.at("/unchanged").asInt()).isEqualTo(3);
        assertThat(linked.at("/refused").asInt()).isEqualTo(2);

        var replaced = lines(text().put(shop + "/hosts", twice)).getLast().at("/summary");
        assertThat(replaced.at("/lines").asInt()).isEqualTo(4);
        assertThat(replaced.at("/unchanged").asInt()).isEqualTo(4);
        assertThat(replaced.at("/unlinked").asInt()).isEqualTo(500);
    }

    @Test
    default void theSameStreamAgainSkipsWhatWasApplied() {
        var shop = system("shop");
        var once = text().header("Idempotency-Key", "stream-" + UUID.randomUUID());
        var first =
                lines(once.put(shop + "/hosts", numbered(0, 1_100))).getLast().at("/summary");
        assertThat(first.at("/replayed").asInt()).isZero();
        // What changed since is not undone by a repeated request.
        owner().post(shop + "/hosts", "{\"hosts\":[\"later\"]}");
        owner().delete(shop + "/hosts/h-00001");

        var again =
                lines(once.put(shop + "/hosts", numbered(0, 1_100))).getLast().at("/summary");
        assertThat(again.at("/replayed").asInt()).isEqualTo(6);
        assertThat(again.at("/linked").asInt()).isEqualTo(1_100);
        assertThat(hostCount(shop, again)).isEqualTo(1_100);

        var other = once.put(shop + "/hosts", numbered(1, 1_100));
        assertThat(other.status()).isEqualTo(422);
        assertThat(other.text("code")).isEqualTo("idempotency_key_reused");
        var later = lines(once.put(shop + "/hosts", numbered(0, 999))).getLast();
        assertThat(later.at("/error/code").asString()).isEqualTo("idempotency_key_reused");
        assertThat(once.put("/api/v1/systems/" + UUID.randomUUID() + "/hosts", numbered(0, 1))
                        .text("code"))
                .isEqualTo("idempotency_key_reused");
    }

    @Test
    default void whatIsWrongBeforeItBeginsIsAProblem() {
        var nowhere = "/api/v1/systems/" + UUID.randomUUID() + "/hosts";
        for (var body : List.of("", "web-1", numbered(0, 200_000))) {
            var answer = text().post(nowhere, body);
            assertThat(answer.status()).isEqualTo(404);
            assertThat(answer.header("Content-Type")).isEqualTo("application/problem+json");
            assertThat(answer.text("code")).isEqualTo("system_not_found");
        }
        var shop = system("shop");
        var etag = owner().get(shop).header("ETag");
        text().post(shop + "/hosts", "web-1");
        var late = text().header("If-Match", etag).put(shop + "/hosts", "web-2");
        assertThat(late.status()).isEqualTo(412);
        var fresh = owner().get(shop).header("ETag");
        assertThat(text().header("If-Match", fresh)
                        .put(shop + "/hosts", numbered(0, 600))
                        .status())
                .isEqualTo(200);
        assertThat(owner().header("Content-Type", "text/plain; charset=ISO-8859-1")
                        .post(shop + "/hosts", "web-1")
                        .status())
                .isEqualTo(415);
        assertThat(as("tc-apiv1_" + "0".repeat(64))
                        .header("Content-Type", "text/plain")
                        .post(shop + "/hosts", "x")
                        .status())
                .isEqualTo(401);
    }

    @Test
    default void aReplacementThatIsTooLargeUnlinksNothing() {
        var shop = system("shop");
        text().post(shop + "/hosts", "kept");
        // Each of them is in the first part: what is counted are lines.
        var body = IntStream.range(0, 200_001).mapToObj(_ -> "a").collect(Collectors.joining("\n"));
        var lines = lines(text().put(shop + "/hosts", body));
        assertThat(lines.getLast().at("/error/code").asString()).isEqualTo("too_large");
        assertThat(owner().get("/api/v1/hosts/kept").at("/system/id")).isEqualTo(id(shop));
    }

    @Test
    default void aReplacementThatTakesTooMuchMemoryIsNotToBeTriedAgain() {
        var shop = system("shop");
        text().post(shop + "/hosts", "kept");
        var body = IntStream.range(0, 80_000).mapToObj(_ -> "a".repeat(200)).collect(Collectors.joining("\n"));

        assertThat(lines(text().put(shop + "/hosts", body))
                        .getLast()
                        .at("/error/code")
                        .asString())
                .isEqualTo("too_large");
        assertThat(owner().get("/api/v1/hosts/kept").at("/system/id")).isEqualTo(id(shop));
    }

    private ApiClient text() {
        return owner().header("Content-Type", "text/plain");
    }

    private int hostCount(String system, JsonNode told) {
        return owner().header("Keyledger-Min-Revision", told.at("/revision").asString())
                .get(system)
                .json()
                .at("/hostCount")
                .asInt();
    }

    private static String id(String system) {
        return system.substring(system.lastIndexOf('/') + 1);
    }

    private static String numbered(int from, int to) {
        return IntStream.range(from, to).mapToObj("h-%05d"::formatted).collect(Collectors.joining("\n"));
    }

    private static List<JsonNode> lines(ApiClient.Answer answer) {
        return answer.response()
                .body()
                .lines()
                .map(JsonMapper.shared()::readTree)
                .toList();
    }
}
