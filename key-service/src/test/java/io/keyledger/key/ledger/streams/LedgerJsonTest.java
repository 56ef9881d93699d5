package io.keyledger.key.ledger.streams;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.keyledger.event.Actor;
import io.keyledger.event.CommandId;
import io.keyledger.event.EventId;
import io.keyledger.event.HostName;
import io.keyledger.event.KeyKind;
import io.keyledger.event.KeyStatus;
import io.keyledger.event.MixedBatches;
import io.keyledger.event.OrganizationSettings;
import io.keyledger.event.Permission;
import io.keyledger.event.RevocationReason;
import io.keyledger.event.SealedValue;
import io.keyledger.event.UnlinkedHosts;
import io.keyledger.key.ledger.Answer;
import io.keyledger.key.ledger.Command;
import io.keyledger.key.ledger.CommandReply;
import io.keyledger.key.ledger.CommandRequest;
import io.keyledger.key.ledger.Fixtures;
import io.keyledger.key.ledger.LedgerState.KeyState;
import io.keyledger.key.ledger.LedgerState.OrganizationState;
import io.keyledger.key.ledger.LedgerState.Revocation;
import io.keyledger.key.ledger.LedgerState.SystemState;
import io.keyledger.key.ledger.Rejection;
import io.keyledger.key.ledger.SealedSecret;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class LedgerJsonTest {

    private static final SystemState SYSTEM =
            new SystemState(Fixtures.BILLING, "Billing", Fixtures.T0, Fixtures.OVERRIDE.keyId(), 3, Fixtures.T0, 7);
    private static final OrganizationState ORGANIZATION = new OrganizationState(
            Fixtures.ORGANIZATION,
            "Acme \"& Söhne\"",
            OrganizationSettings.DEFAULT,
            2,
            Fixtures.OWNER_ID,
            Fixtures.GLOBAL.keyId(),
            null,
            Fixtures.T0,
            null,
            9);
    private static final KeyState KEY = new KeyState(
            Fixtures.OVERRIDE.keyId(),
            KeyKind.SYSTEM,
            KeyStatus.REVOKED,
            Fixtures.OVERRIDE.hash(),
            "0197…c0de",
            2,
            Fixtures.BILLING,
            null,
            null,
            EnumSet.allOf(Permission.class),
            Fixtures.T0,
            Fixtures.OWNER,
            Fixtures.T0.plusNanos(123_456_000),
            null,
            Fixtures.GLOBAL.hash(),
            Fixtures.T0,
            Fixtures.T0.plusSeconds(60),
            new Revocation(Fixtures.T0, RevocationReason.COMPROMISED, "found in a \n repository"));

    static Stream<Command> commands() {
        return Stream.of(
                Fixtures.createOrganization(),
                new Command.ProvisionOwnerToken(Fixtures.OWNER_TOKEN),
                new Command.WithdrawOwnerToken(),
                new Command.ChangeSettings(false, UnlinkedHosts.REJECT, MixedBatches.REJECT, 4L),
                new Command.ChangeSettings(null, null, null, null),
                new Command.RegisterSystem(Fixtures.BILLING, "Billing"),
                new Command.RenameSystem(Fixtures.BILLING, "Invoices", null),
                new Command.RemoveSystem(Fixtures.BILLING, 3L),
                new Command.LinkHosts(Fixtures.BILLING, List.of(new HostName("WEB-1"), new HostName("ünï")), true),
                new Command.ReplaceHosts(Fixtures.BILLING, List.of(), false, null),
                new Command.UnlinkHosts(Fixtures.BILLING, List.of(new HostName("a\\,b\" c"))),
                new Command.LinkEachHost(Fixtures.BILLING, List.of(new HostName("web-1")), true, 3L),
                new Command.UnlinkOtherHosts(
                        Fixtures.BILLING, new HostName("a"), new HostName("z"), List.of(new HostName("web-1"))),
                new Command.UnlinkOtherHosts(Fixtures.BILLING, null, null, List.of()),
                new Command.CreateOverride(Fixtures.BILLING, Fixtures.OVERRIDE, Duration.ofSeconds(90, 5)),
                new Command.RemoveOverride(Fixtures.BILLING),
                new Command.RegenerateCollectorKey(null, Fixtures.GLOBAL, null),
                new Command.RegenerateCollectorKey(Fixtures.BILLING, Fixtures.GLOBAL, Duration.ofDays(1)),
                new Command.FinishOverlap(Fixtures.BILLING),
                new Command.RevokeCollectorKey(null, RevocationReason.DECOMMISSIONED, "gone"),
                new Command.RevealCollectorKey(Fixtures.BILLING));
    }

    static Stream<CommandReply> replies() {
        var id = new CommandId(UUID.randomUUID());
        return Stream.concat(
                Stream.of(
                                new Answer.OfOrganization(ORGANIZATION, KEY),
                                new Answer.OfSystem(SYSTEM),
                                new Answer.OfHosts(SYSTEM, List.of(new HostName("web-1")), List.of()),
                                new Answer.OfSomeHosts(
                                        1,
                                        2,
                                        List.of(new Answer.RefusedHost(
                                                new HostName("web-2"),
                                                new Rejection(Rejection.Fact.HOST_LINKED_ELSEWHERE, "Elsewhere."))),
                                        new HostName("web-3")),
                                new Answer.OfKey(KEY, SYSTEM, new SealedSecret("c2VhbGVk")),
                                new Answer.Nothing())
                        .map(answer -> new CommandReply.Applied(
                                id,
                                Fixtures.ORGANIZATION,
                                3,
                                12,
                                Fixtures.T0,
                                List.of(new CommandReply.EventSummary(
                                        new EventId(UUID.randomUUID()), "KeyRevoked", 4, 12)),
                                Map.of("key-state", 12L, "system-state", 11L),
                                answer,
                                false)),
                Stream.of(new CommandReply.Refused(
                        id,
                        Fixtures.ORGANIZATION,
                        new Rejection(Rejection.Fact.SYSTEM_NOT_FOUND, "Expected a System."))));
    }

    @ParameterizedTest
    @MethodSource("commands")
    void everyCommandReadsAsItWasWritten(Command command) {
        var request = request(command);
        assertThat(LedgerJson.read(LedgerJson.write(request), CommandRequest.class))
                .isEqualTo(request);
    }

    @Test
    void noCommandAndNoAnswerIsForgottenAbove() {
        assertThat(commands().<Class<?>>map(Object::getClass).distinct().toList())
                .hasSameElementsAs(leaves(Command.class));
        assertThat(replies()
                        .filter(CommandReply.Applied.class::isInstance)
                        .<Class<?>>map(
                                reply -> ((CommandReply.Applied) reply).answer().getClass())
                        .distinct()
                        .toList())
                .hasSameElementsAs(leaves(Answer.class));
    }

    @ParameterizedTest
    @MethodSource("replies")
    void everyReplyReadsAsItWasWritten(CommandReply reply) {
        assertThat(LedgerJson.read(LedgerJson.write(reply), CommandReply.class)).isEqualTo(reply);
    }

    @Test
    void theSameValueIsTheSameBytesWhateverTheOrderOfItsSet() {
        assertThat(new String(LedgerJson.write(KEY), StandardCharsets.UTF_8))
                .contains(
                        "[\"AGENTS_REGISTER\",\"ANNOTATIONS_WRITE\",\"AUDIT_READ\",\"CONFIGS_READ\",\"CONFIGS_WRITE\"");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "null",
                "{",
                "[]",
                "{}",
                "\"text\"",
                "{\"command\":{\"type\":\"DropEverything\"}}",
            })
    void whatIsNoCommandIsUnreadable(String json) {
        assertUnreadable(json);
    }

    @Test
    void aCommandOfAnUnknownTypeIsUnreadable() {
        assertUnreadable(json().replace("RevealCollectorKey", "RevealEverything"));
    }

    @Test
    void aCommandWithAnUnknownPartIsUnreadableForItMayRestrict() {
        assertUnreadable(json().replace("\"command\":{", "\"command\":{\"onlyIf\":\"x\","));
    }

    @Test
    void aCommandThatLacksAPartIsUnreadable() {
        assertUnreadable(json().replace("\"instance\":\"i\",", ""));
        assertUnreadable(json().replace("\"issuedAt\":", "\"deadline\":null,\"issuedAt\":"));
    }

    @Test
    void theMessageHoldsNothingOfTheContents() {
        assertThatThrownBy(() -> LedgerJson.read(
                        json().replace("\"instance\":\"i\"", "\"instance\":{\"canary-4711\":1}")
                                .getBytes(StandardCharsets.UTF_8),
                        CommandRequest.class))
                .isInstanceOf(UnreadableJsonException.class)
                .hasMessageNotContaining("canary");
    }

    private static void assertUnreadable(String json) {
        assertThatThrownBy(() -> LedgerJson.read(json.getBytes(StandardCharsets.UTF_8), CommandRequest.class))
                .isInstanceOf(UnreadableJsonException.class);
    }

    private static String json() {
        return new String(LedgerJson.write(request(new Command.RevealCollectorKey(null))), StandardCharsets.UTF_8);
    }

    private static CommandRequest request(Command command) {
        return new CommandRequest(
                new CommandId(UUID.nameUUIDFromBytes(new byte[] {1})),
                Fixtures.ORGANIZATION,
                new Actor(
                        Actor.Kind.USER,
                        Fixtures.OWNER_ID,
                        Fixtures.OWNER_TOKEN.keyId(),
                        new SealedValue(Fixtures.OWNER_ID.value(), "YWRkcmVzcw==")),
                "i",
                Fixtures.T0,
                Fixtures.T0.plusSeconds(10),
                new CommandRequest.Idempotency("key-1", "00ff"),
                command);
    }

    private static List<Class<?>> leaves(Class<?> sealed) {
        return Arrays.stream(sealed.getPermittedSubclasses())
                .flatMap(type -> type.isSealed() ? leaves(type).stream() : Stream.of(type))
                .distinct()
                .toList();
    }
}
