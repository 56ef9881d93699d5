package io.keyledger.table;

import io.keyledger.event.OrganizationId;
import io.keyledger.event.SecretHash;
import io.keyledger.event.UserId;
import io.keyledger.table.Row.KeyRow;
import io.keyledger.table.Row.OrganizationRow;
import io.keyledger.table.Row.UserRow;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The keys by hash, ten million are planned for. One writer, any number of readers. */
final class KeyTable {

    private final KeyEntry.Shared shared;
    private final SlimTable<SecretHash, KeyEntry> inForce = new SlimTable<>(new Layout());
    /** The rows of each hash that more than one partition has a row of, by partition. */
    private final Map<SecretHash, Map<Short, KeyEntry>> contested = new HashMap<>();

    private long unreadable;

    KeyTable(RowTable<OrganizationId, OrganizationRow> organizations, RowTable<UserId, UserRow> users) {
        shared = new KeyEntry.Shared(organizations, users, new HashMap<>());
    }

    Found<KeyRow> find(SecretHash hash) {
        var entry = inForce.find(hash);
        return entry == null ? new Found.Absent<>() : entry.found();
    }

    void put(int partition, KeyRow row) {
        put(new KeyEntry(partition, row, shared));
    }

    void markUnreadable(int partition, SecretHash hash) {
        put(new KeyEntry(partition, hash));
    }

    /** Applies a tombstone of one partition; the row of another stays, or comes into force. */
    synchronized void remove(int partition, SecretHash hash) {
        var rows = contested.get(hash);
        if (rows == null) {
            var only = inForce.find(hash);
            if (only != null && only.partition == partition) {
                count(inForce.remove(hash), null);
            }
            return;
        }
        count(rows.remove((short) partition), null);
        settle(hash, rows);
    }

    synchronized long unreadable() {
        return unreadable;
    }

    synchronized long contested() {
        return contested.size();
    }

    long size() {
        return inForce.size();
    }

    private synchronized void put(KeyEntry entry) {
        var hash = entry.hash();
        var rows = contested.get(hash);
        if (rows == null) {
            var before = inForce.find(hash);
            if (before == null || before.partition == entry.partition) {
                count(inForce.put(hash, entry), entry);
                return;
            }
            rows = new HashMap<>();
            rows.put(before.partition, before);
            contested.put(hash, rows);
        }
        count(rows.put(entry.partition, entry), entry);
        settle(hash, rows);
    }

    /** Puts into force the one row that holds against all others. */
    private void settle(SecretHash hash, Map<Short, KeyEntry> rows) {
        KeyEntry holder = null;
        for (var row : rows.values()) {
            if (holder == null || row.holdsAgainst(holder)) {
                holder = row;
            }
        }
        if (holder != null) {
            inForce.put(hash, holder);
        }
        if (rows.size() < 2) {
            contested.remove(hash);
        }
    }

    private void count(@Nullable KeyEntry before, @Nullable KeyEntry after) {
        unreadable -= before != null && before.isUnreadable() ? 1 : 0;
        unreadable += after != null && after.isUnreadable() ? 1 : 0;
    }

    private static final class Layout implements SlimTable.Layout<SecretHash, KeyEntry> {

        @Override
        public int hashOfKey(SecretHash key) {
            return key.hashCode();
        }

        @Override
        public int hashOfEntry(KeyEntry entry) {
            return entry.hashOfHash();
        }

        @Override
        public boolean isOf(SecretHash key, KeyEntry entry) {
            return entry != KeyEntry.NONE && entry.isOf(key);
        }

        @Override
        public KeyEntry removed() {
            return KeyEntry.NONE;
        }
    }
}
