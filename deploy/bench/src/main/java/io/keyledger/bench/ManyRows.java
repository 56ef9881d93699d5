package io.keyledger.bench;

import io.keyledger.event.HostName;
import io.keyledger.event.KeyId;
import io.keyledger.event.KeyKind;
import io.keyledger.event.KeyStatus;
import io.keyledger.event.OrganizationId;
import io.keyledger.event.OrganizationSettings;
import io.keyledger.event.Permission;
import io.keyledger.event.SecretHash;
import io.keyledger.event.SystemId;
import io.keyledger.table.Row;
import io.keyledger.table.Row.HostRow;
import io.keyledger.table.Row.KeyRow;
import io.keyledger.table.Row.OrganizationRow;
import io.keyledger.table.Row.SystemRow;
import java.time.Instant;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Rows of a large platform: a thousand organizations, their API keys and hosts, a System for every hundred hosts.
 *
 * @param keys how many keys
 * @param hosts how many hosts
 */
record ManyRows(int keys, int hosts) {

    static final int ORGANIZATIONS = 1_000;
    private static final int HOSTS_OF_SYSTEM = 100;
    private static final Instant LONG_AGO = Instant.parse("2026-01-01T00:00:00Z");

    /** All of them, what others refer to first. */
    Stream<Row> all() {
        return Stream.of(
                        IntStream.range(0, ORGANIZATIONS).mapToObj(ManyRows::organizationRow),
                        IntStream.range(0, (hosts + HOSTS_OF_SYSTEM - 1) / HOSTS_OF_SYSTEM)
                                .mapToObj(ManyRows::systemRow),
                        IntStream.range(0, hosts).mapToObj(ManyRows::hostRow),
                        IntStream.range(0, keys).mapToObj(ManyRows::keyRow))
                .flatMap(rows -> rows);
    }

    /** The secret of the key of this number. */
    static String secret(int key) {
        return "org-apiv1_%064x".formatted(key * 0x9E3779B97F4A7C15L);
    }

    /** A host of the key's organization. */
    HostName hostFor(int key) {
        // Systems, and so their hosts, go round the organizations as the keys do.
        int systems = hosts / HOSTS_OF_SYSTEM / ORGANIZATIONS * ORGANIZATIONS;
        int system = (key % ORGANIZATIONS + key / ORGANIZATIONS % Math.max(1, systems / ORGANIZATIONS) * ORGANIZATIONS);
        return host(system * HOSTS_OF_SYSTEM + key % HOSTS_OF_SYSTEM);
    }

    private static Row organizationRow(int number) {
        return new OrganizationRow(organization(number), OrganizationSettings.DEFAULT, null, 1);
    }

    private static Row systemRow(int number) {
        return new SystemRow(system(number), organization(number), null, 1);
    }

    private static Row hostRow(int number) {
        int system = number / HOSTS_OF_SYSTEM;
        return new HostRow(organization(system), host(number), system(system), 1);
    }

    private static Row keyRow(int number) {
        return new KeyRow(
                SecretHash.ofSecret(secret(number)),
                organization(number),
                new KeyId(id(3, number)),
                KeyKind.ORGANIZATION,
                KeyStatus.ACTIVE,
                null,
                null,
                Set.of(Permission.METRICS_WRITE, Permission.LOGS_WRITE),
                LONG_AGO,
                null,
                null,
                1);
    }

    private static HostName host(int number) {
        return new HostName("host-" + number + ".eu-central.example.com");
    }

    private static OrganizationId organization(int number) {
        return new OrganizationId(id(1, number % ORGANIZATIONS));
    }

    private static SystemId system(int number) {
        return new SystemId(id(2, number));
    }

    /** As random as a real one, and always the same. */
    private static UUID id(int kind, int number) {
        long high = (number + 1L) * 0xBF58476D1CE4E5B9L;
        // Not the first half turned round: the two are folded into the id's hash, and must not cancel each other.
        long low = (high ^ (high >>> 31)) * 0x94D049BB133111EBL;
        return new UUID((high & ~0xF000L) | 0x7000L, (low >>> 2) | Long.MIN_VALUE | kind);
    }
}
