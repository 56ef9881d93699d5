package io.keyledger.event;

import static io.keyledger.event.Samples.AT;
import static io.keyledger.event.Samples.HASH;
import static io.keyledger.event.Samples.HOST;
import static io.keyledger.event.Samples.KEY;
import static io.keyledger.event.Samples.MANAGER;
import static io.keyledger.event.Samples.ORGANIZATION;
import static io.keyledger.event.Samples.OWNER;
import static io.keyledger.event.Samples.SEALED_NAME;
import static io.keyledger.event.Samples.STRICT;
import static io.keyledger.event.Samples.SYSTEM;
import static io.keyledger.event.Samples.TOKEN;

import io.keyledger.event.CollectorReport.AccessDenials;
import io.keyledger.event.CollectorReport.Applied;
import io.keyledger.event.CollectorReport.CollectorStatus;
import io.keyledger.event.CollectorReport.Denial;
import io.keyledger.event.CollectorReport.HostUsage;
import io.keyledger.event.CollectorReport.KeyUsage;
import io.keyledger.table.Row.HostRow;
import io.keyledger.table.Row.KeyRow;
import io.keyledger.table.Row.OrganizationRow;
import io.keyledger.table.Row.SystemRow;
import io.keyledger.table.Row.UserRow;
import io.keyledger.table.SourceRow.DataKeyRow;
import io.keyledger.table.SourceRow.SealedSecretRow;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** Each row and report at least once, with and without what may be missing. */
public final class SampleRows {

    private SampleRows() {}

    /** Rows of {@code key-state}. */
    public static List<KeyRow> keyRows() {
        return List.of(
                new KeyRow(
                        HASH,
                        ORGANIZATION,
                        KEY,
                        KeyKind.GLOBAL,
                        KeyStatus.ACTIVE,
                        null,
                        null,
                        Set.of(),
                        AT,
                        null,
                        null,
                        1),
                new KeyRow(
                        HASH,
                        ORGANIZATION,
                        KEY,
                        KeyKind.SYSTEM,
                        KeyStatus.REVOKED,
                        SYSTEM,
                        null,
                        Set.of(),
                        AT,
                        null,
                        AT.plusSeconds(60),
                        2),
                new KeyRow(
                        HASH,
                        ORGANIZATION,
                        TOKEN,
                        KeyKind.ORGANIZATION,
                        KeyStatus.ACTIVE,
                        null,
                        null,
                        Set.of(Permission.METRICS_WRITE),
                        AT,
                        AT.plusSeconds(60),
                        null,
                        3),
                new KeyRow(
                        HASH,
                        ORGANIZATION,
                        TOKEN,
                        KeyKind.USER,
                        KeyStatus.ACTIVE,
                        null,
                        MANAGER,
                        EnumSet.allOf(Permission.class),
                        AT,
                        null,
                        null,
                        Long.MAX_VALUE));
    }

    /** Rows of {@code host-to-system}. */
    public static List<HostRow> hostRows() {
        return List.of(new HostRow(ORGANIZATION, HOST, SYSTEM, 4));
    }

    /** Rows of {@code system-state}. */
    public static List<SystemRow> systemRows() {
        return List.of(new SystemRow(SYSTEM, ORGANIZATION, null, 5), new SystemRow(SYSTEM, ORGANIZATION, AT, 6));
    }

    /** Rows of {@code user-state}. */
    public static List<UserRow> userRows() {
        return List.of(
                new UserRow(OWNER, ORGANIZATION, Role.OWNER, UserStatus.ACTIVE, null, 7),
                new UserRow(MANAGER, ORGANIZATION, Role.MANAGER, UserStatus.DISABLED, AT, 8),
                new UserRow(MANAGER, ORGANIZATION, Role.VIEWER, UserStatus.REMOVED, AT, 9));
    }

    /** Rows of {@code organization-state}. */
    public static List<OrganizationRow> organizationRows() {
        return List.of(
                new OrganizationRow(ORGANIZATION, OrganizationSettings.DEFAULT, null, 10),
                new OrganizationRow(ORGANIZATION, STRICT, AT, 11));
    }

    /** Rows of {@code sealed-secrets}. */
    public static List<SealedSecretRow> sealedSecretRows() {
        return List.of(new SealedSecretRow(KEY, ORGANIZATION, 2, SEALED_NAME.ciphertext(), 12));
    }

    /** Rows of {@code data-keys}. */
    public static List<DataKeyRow> dataKeyRows() {
        return List.of(new DataKeyRow(OWNER.value(), ORGANIZATION, SEALED_NAME.ciphertext(), 13));
    }

    /** Values of {@code collector-status}. */
    public static List<CollectorStatus> statuses() {
        return List.of(
                new CollectorStatus(
                        "c-1",
                        "1.0.0",
                        null,
                        null,
                        AT,
                        AT,
                        CollectorReport.State.STARTING,
                        CollectorReport.Health.HEALTHY,
                        null,
                        Duration.ofMinutes(5),
                        false,
                        List.of()),
                new CollectorStatus(
                        "c-1",
                        "1.0.0",
                        "eu-1",
                        "10.0.0.1:9081",
                        AT,
                        AT.plusSeconds(5),
                        CollectorReport.State.SERVING,
                        CollectorReport.Health.LAGGARD,
                        Duration.ofMillis(480),
                        Duration.ofMinutes(5),
                        false,
                        List.of(
                                new Applied(Topics.KEY_STATE, 1, List.of(41L, 0L)),
                                new Applied(Topics.HOST_TO_SYSTEM, 0, List.of(40L, 0L)))),
                new CollectorStatus(
                        "c-1",
                        "1.0.0",
                        "eu-1",
                        "10.0.0.1:9081",
                        AT,
                        AT.plusSeconds(9),
                        CollectorReport.State.GOODBYE,
                        CollectorReport.Health.STALE,
                        Duration.ofMinutes(6),
                        Duration.ofMinutes(5),
                        true,
                        List.of()));
    }

    /** Values of {@code key-usage}. */
    public static List<KeyUsage> usages() {
        return List.of(new KeyUsage(
                "c-1",
                AT,
                AT.plusSeconds(5),
                ORGANIZATION,
                KEY,
                HASH,
                List.of(
                        new HostUsage(HOST, "192.0.2.7", AT, AT.plusSeconds(4), 10, 2000, 300_000),
                        new HostUsage(null, null, AT, AT, 1, 1, 20))));
    }

    /** Values of {@code access-denials}. */
    public static List<AccessDenials> denials() {
        return List.of(
                new AccessDenials(
                        "c-1",
                        AT,
                        AT.plusSeconds(5),
                        ORGANIZATION,
                        List.of(new Denial(
                                "wrong_key_for_host", KEY, null, "192.0.2.7", HOST, 3, AT, AT.plusSeconds(1)))),
                new AccessDenials(
                        "c-1",
                        AT,
                        AT.plusSeconds(5),
                        null,
                        List.of(new Denial(
                                "unknown_key", null, "deadbeef", null, null, 1_000_000, AT, AT.plusSeconds(5)))));
    }
}
