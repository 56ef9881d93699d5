package io.keyledger.table;

import io.keyledger.event.HostName;
import io.keyledger.event.OrganizationId;
import io.keyledger.event.SystemId;
import io.keyledger.table.Row.HostRow;
import io.keyledger.table.Row.OrganizationRow;
import io.keyledger.table.Row.SystemRow;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * The hosts of all organizations, 100 million are planned for: an entry is one byte array of organization number, System
 * number, revision and the name in UTF-8, about 60 bytes all told.
 */
final class HostTable {

    private static final int ORGANIZATION = 0;
    private static final int SYSTEM = 4;
    private static final int REVISION = 8;
    private static final int NAME = 16;
    private static final int UNREADABLE = -1;
    /** Host names come from outside: a seed, so that nobody can choose names that collide. */
    private static final long SEED = ThreadLocalRandom.current().nextLong();

    private static final class Key {
        private final int organization;
        private final byte[] name;

        private Key(int organization, HostName host) {
            this.organization = organization;
            this.name = host.value().getBytes(StandardCharsets.UTF_8);
        }
    }

    private final RowTable<OrganizationId, OrganizationRow> organizations;
    private final RowTable<SystemId, SystemRow> systems;
    private final SlimTable<Key, byte[]> entries = new SlimTable<>(new Layout());
    private final AtomicLong unreadable = new AtomicLong();

    HostTable(RowTable<OrganizationId, OrganizationRow> organizations, RowTable<SystemId, SystemRow> systems) {
        this.organizations = organizations;
        this.systems = systems;
    }

    Found<HostRow> find(OrganizationId organization, HostName host) {
        byte @Nullable [] entry = entry(organization, host);
        if (entry == null) {
            return new Found.Absent<>();
        }
        var fields = ByteBuffer.wrap(entry);
        int system = fields.getInt(SYSTEM);
        return system == UNREADABLE
                ? new Found.Unreadable<>()
                : new Found.Present<>(
                        new HostRow(organization, host, systems.place(system).id, fields.getLong(REVISION)));
    }

    /** What the System's table knows of a host's System. */
    Link link(OrganizationId organization, HostName host) {
        byte @Nullable [] entry = entry(organization, host);
        if (entry == null) {
            return new Link.Unlinked();
        }
        int system = ByteBuffer.wrap(entry).getInt(SYSTEM);
        return system == UNREADABLE
                ? Link.Unknown.UNREADABLE
                : Link.to(organization, systems.place(system).found());
    }

    private byte @Nullable [] entry(OrganizationId organization, HostName host) {
        int number = organizations.number(organization);
        return number < 0 ? null : entries.find(new Key(number, host));
    }

    void put(HostRow row) {
        put(row.organizationId(), row.host(), systems.place(row.systemId()).number, row.revision());
    }

    void markUnreadable(OrganizationId organization, HostName host) {
        unreadable.incrementAndGet();
        put(organization, host, UNREADABLE, 0);
    }

    void remove(OrganizationId organization, HostName host) {
        int number = organizations.number(organization);
        if (number >= 0) {
            uncount(entries.remove(new Key(number, host)));
        }
    }

    long unreadable() {
        return unreadable.get();
    }

    long size() {
        return entries.size();
    }

    private void put(OrganizationId organization, HostName host, int system, long revision) {
        var key = new Key(organizations.place(organization).number, host);
        var entry = ByteBuffer.allocate(NAME + key.name.length)
                .putInt(key.organization)
                .putInt(system)
                .putLong(revision)
                .put(key.name)
                .array();
        uncount(entries.put(key, entry));
    }

    private void uncount(byte @Nullable [] before) {
        if (before != null && ByteBuffer.wrap(before).getInt(SYSTEM) == UNREADABLE) {
            unreadable.decrementAndGet();
        }
    }

    private static final class Layout implements SlimTable.Layout<Key, byte[]> {

        private static final byte[] REMOVED = {};

        @Override
        public int hashOfKey(Key key) {
            return hash(key.organization, key.name, 0);
        }

        @Override
        public int hashOfEntry(byte[] entry) {
            return hash(ByteBuffer.wrap(entry).getInt(ORGANIZATION), entry, NAME);
        }

        @Override
        public boolean isOf(Key key, byte[] entry) {
            return entry.length == NAME + key.name.length
                    && ByteBuffer.wrap(entry).getInt(ORGANIZATION) == key.organization
                    && Arrays.equals(entry, NAME, entry.length, key.name, 0, key.name.length);
        }

        @Override
        public byte[] removed() {
            return REMOVED;
        }

        private static int hash(int organization, byte[] bytes, int from) {
            // FNV-1a in 64 bits, begun from the seed.
            long hash = (SEED ^ organization) * 0x100_0000_01B3L;
            for (int i = from; i < bytes.length; i++) {
                hash = (hash ^ bytes[i]) * 0x100_0000_01B3L;
            }
            return Long.hashCode(hash);
        }
    }
}
