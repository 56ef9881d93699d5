package io.keyledger.event;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/** The one shared set of samples: each event at least once, with and without what may be missing; {@link SampleRows} has the rest. */
public final class Samples {

    public static final OrganizationId ORGANIZATION = OrganizationId.of("0197f0c2-0001-7000-8000-000000000001");
    public static final UserId OWNER = UserId.of("0197f0c2-0002-7000-8000-000000000002");
    public static final UserId MANAGER = UserId.of("0197f0c2-0003-7000-8000-000000000003");
    public static final SystemId SYSTEM = SystemId.of("0197f0c2-0004-7000-8000-000000000004");
    public static final SystemId OTHER_SYSTEM = SystemId.of("0197f0c2-0005-7000-8000-000000000005");
    public static final KeyId KEY = KeyId.of("0197f0c2-0006-7000-8000-000000000006");
    public static final KeyId TOKEN = KeyId.of("0197f0c2-0007-7000-8000-000000000007");
    public static final CommandId COMMAND = CommandId.of("0197f0c2-0008-7000-8000-000000000008");

    /** The secret of {@link #HASH}; it is in no sample. */
    public static final String SECRET = "7b0f6d3e-4a55-4c0e-9d0e-3f3e52a1c9aa";

    public static final SecretHash HASH = SecretHash.ofSecret(SECRET);
    public static final SecretHash OLD_HASH = SecretHash.ofSecret("2f9f1a5c-7c53-4d2f-8f0a-6c1d9c1b7e11");

    /** With microseconds, as fine as the ledger's time is. */
    public static final Instant AT = Instant.parse("2026-03-01T10:00:00.123456Z");

    public static final HostName HOST = new HostName("web-1.example.com");
    public static final SealedValue SEALED_NAME = sealed(OWNER.value(), "a name under the person's data key");
    public static final SealedValue SEALED_EMAIL = sealed(OWNER.value(), "an address under the person's data key");
    public static final SealedValue SEALED_ADDRESS = sealed(ORGANIZATION.value(), "192.0.2.7 under the data key");
    public static final OrganizationSettings STRICT =
            new OrganizationSettings(false, UnlinkedHosts.REJECT, MixedBatches.REJECT);

    public static final KeyRef GLOBAL_KEY = new KeyRef(KEY, KeyKind.GLOBAL, HASH, "7b0f…c9aa", 2, null, null);
    public static final KeyRef SYSTEM_KEY = new KeyRef(KEY, KeyKind.SYSTEM, HASH, "7b0f…c9aa", 1, SYSTEM, null);
    public static final KeyRef API_KEY =
            new KeyRef(TOKEN, KeyKind.ORGANIZATION, HASH, "org-apiv1_…c9aa", 1, null, null);
    public static final KeyRef USER_KEY = new KeyRef(TOKEN, KeyKind.USER, HASH, "tc-apiv1_…c9aa", 1, null, MANAGER);

    private Samples() {}

    /** What may have happened, each kind at least once. */
    public static List<KeyEvent> payloads() {
        return List.of(
                new KeyEvent.OrganizationCreated("default", OrganizationSettings.DEFAULT),
                new KeyEvent.OrganizationSettingsChanged(STRICT),
                new KeyEvent.UserAdded(OWNER, Role.OWNER, SEALED_NAME, SEALED_EMAIL),
                new KeyEvent.UserAdded(MANAGER, Role.MANAGER, SEALED_NAME, null),
                new KeyEvent.KeyCreated(GLOBAL_KEY, null, Set.of(), null),
                new KeyEvent.KeyCreated(SYSTEM_KEY, null, Set.of(), null),
                new KeyEvent.KeyCreated(API_KEY, "pipeline ✓", EnumSet.allOf(Permission.class), AT.plusSeconds(3600)),
                new KeyEvent.KeyCreated(USER_KEY, "laptop", Set.of(Permission.QUERY_READ), null),
                new KeyEvent.KeyRegenerated(GLOBAL_KEY, OLD_HASH, null),
                new KeyEvent.KeyRegenerated(SYSTEM_KEY, OLD_HASH, AT.plusSeconds(600)),
                new KeyEvent.KeyOverlapFinished(SYSTEM_KEY, OLD_HASH, AT),
                new KeyEvent.KeyRevealed(GLOBAL_KEY),
                new KeyEvent.KeyRevoked(GLOBAL_KEY, RevocationReason.COMPROMISED, "seen in a public repository"),
                new KeyEvent.KeyRevoked(USER_KEY, RevocationReason.UNSPECIFIED, null),
                new KeyEvent.KeyReassigned(USER_KEY, OWNER),
                new KeyEvent.KeyPermissionsChanged(API_KEY, Set.of(Permission.METRICS_WRITE, Permission.LOGS_WRITE)),
                new KeyEvent.KeyExpired(API_KEY, AT.plusSeconds(3600)),
                new KeyEvent.KeyDeleted(API_KEY),
                new KeyEvent.RevokedKeyUsed(GLOBAL_KEY, HOST, SEALED_ADDRESS, 12, AT, AT.plusMillis(5000)),
                new KeyEvent.RevokedKeyUsed(GLOBAL_KEY, null, null, 1, AT, AT),
                new KeyEvent.SystemRegistered(SYSTEM, "web"),
                new KeyEvent.SystemChanged(SYSTEM, "web, renamed", null),
                new KeyEvent.SystemChanged(SYSTEM, "web", AT.plusSeconds(3600)),
                new KeyEvent.SystemRemoved(SYSTEM, "web"),
                new KeyEvent.HostsLinked(SYSTEM, List.of(HOST, new HostName("b,c d=e")), null),
                new KeyEvent.HostsLinked(SYSTEM, List.of(HOST), OTHER_SYSTEM),
                new KeyEvent.HostsUnlinked(SYSTEM, List.of(HOST)),
                new KeyEvent.UserDetailsChanged(OWNER, SEALED_NAME, SEALED_EMAIL),
                new KeyEvent.UserRoleChanged(MANAGER, Role.VIEWER, Role.MANAGER),
                new KeyEvent.UserDisabled(MANAGER),
                new KeyEvent.UserEnabled(MANAGER),
                new KeyEvent.UserRemoved(MANAGER),
                new KeyEvent.PersonErased(MANAGER));
    }

    /** The payloads in their envelopes: revisions from 1 on, by each kind of actor in turn. */
    public static List<LedgerEvent> events() {
        var actors = List.of(
                Actor.LEDGER,
                new Actor(Actor.Kind.OPERATOR, null, null, SEALED_ADDRESS),
                new Actor(Actor.Kind.USER, OWNER, TOKEN, SEALED_ADDRESS));
        var events = new ArrayList<LedgerEvent>();
        for (var payload : payloads()) {
            long revision = events.size() + 1L;
            events.add(new LedgerEvent(
                    new EventId(Ids.uuidV7(AT.toEpochMilli() + revision, revision, revision)),
                    ORGANIZATION,
                    revision,
                    revision + 100,
                    AT.plusMillis(revision),
                    COMMAND,
                    actors.get(events.size() % actors.size()),
                    payload));
        }
        return List.copyOf(events);
    }

    private static SealedValue sealed(UUID subject, String pretended) {
        return SealedValue.ofBytes(subject, pretended.getBytes(StandardCharsets.UTF_8));
    }
}
