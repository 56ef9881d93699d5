package io.keyledger.table;

import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * A hash table whose entries hold their own keys, so that an entry costs its object and a slot and nothing besides. One
 * writer at a time, any number of readers that never wait: a slot is replaced as a whole, and a grown table is published
 * as a whole. Striped, so that growing copies a small part.
 *
 * @param <K> what is looked up
 * @param <E> what is stored
 */
final class SlimTable<K, E> {

    /** How keys and entries relate. */
    interface Layout<K, E> {
        int hashOfKey(K key);

        int hashOfEntry(E entry);

        boolean isOf(K key, E entry);

        /** An entry that is of no key; it stands where one was removed. */
        E removed();
    }

    private static final int STRIPE_BITS = 8;
    private static final int FIRST_SLOTS = 8;

    private final Layout<K, E> layout;
    private final AtomicReferenceArray<Stripe> stripes = new AtomicReferenceArray<>(1 << STRIPE_BITS);

    SlimTable(Layout<K, E> layout) {
        this.layout = layout;
    }

    @Nullable
    E find(K key) {
        int hash = spread(layout.hashOfKey(key));
        var stripe = stripes.get(hash >>> (Integer.SIZE - STRIPE_BITS));
        return stripe == null ? null : stripe.find(key, hash);
    }

    /** Puts an entry and returns the one of the same key before it. */
    synchronized @Nullable E put(K key, E entry) {
        int hash = spread(layout.hashOfKey(key));
        int index = hash >>> (Integer.SIZE - STRIPE_BITS);
        var stripe = stripes.get(index);
        if (stripe == null) {
            stripe = new Stripe();
            stripes.set(index, stripe);
        }
        return stripe.put(key, hash, entry);
    }

    /** Removes the entry of a key and returns it. */
    synchronized @Nullable E remove(K key) {
        int hash = spread(layout.hashOfKey(key));
        var stripe = stripes.get(hash >>> (Integer.SIZE - STRIPE_BITS));
        return stripe == null ? null : stripe.remove(key, hash);
    }

    synchronized long size() {
        long size = 0;
        for (int i = 0; i < stripes.length(); i++) {
            var stripe = stripes.get(i);
            size += stripe == null ? 0 : stripe.live;
        }
        return size;
    }

    /** The finalizer of MurmurHash3: both the stripe's and the slot's bits depend on all bits. */
    private static int spread(int hash) {
        int mixed = (hash ^ (hash >>> 16)) * 0x85EB_CA6B;
        mixed = (mixed ^ (mixed >>> 13)) * 0xC2B2_AE35;
        return mixed ^ (mixed >>> 16);
    }

    private final class Stripe {

        private volatile AtomicReferenceArray<@Nullable E> slots = new AtomicReferenceArray<>(FIRST_SLOTS);
        /** Slots that are not empty; removed ones count until the table is laid out anew. */
        private int used;

        private int live;

        @Nullable
        E find(K key, int hash) {
            var current = slots;
            int at = slotOf(current, key, hash);
            var entry = at < 0 ? null : current.get(at);
            // Between the two looks the writer may have removed it: what is no entry of the key must not be read as
            // one.
            return entry != null && layout.isOf(key, entry) ? entry : null;
        }

        @Nullable
        E put(K key, int hash, E entry) {
            int at = slotOf(slots, key, hash);
            if (at >= 0) {
                return slots.getAndSet(at, entry);
            }
            if ((used + 1) * 3L > slots.length() * 2L) {
                layOutAnew();
            }
            insert(slots, hash, entry);
            used++;
            live++;
            return null;
        }

        @Nullable
        E remove(K key, int hash) {
            int at = slotOf(slots, key, hash);
            if (at < 0) {
                return null;
            }
            live--;
            return slots.getAndSet(at, layout.removed());
        }

        private int slotOf(AtomicReferenceArray<@Nullable E> current, K key, int hash) {
            int mask = current.length() - 1;
            for (int at = hash & mask; ; at = (at + 1) & mask) {
                var entry = current.get(at);
                if (entry == null) {
                    return -1;
                }
                if (layout.isOf(key, entry)) {
                    return at;
                }
            }
        }

        private void insert(AtomicReferenceArray<@Nullable E> target, int hash, E entry) {
            int mask = target.length() - 1;
            int at = hash & mask;
            while (target.get(at) != null) {
                at = (at + 1) & mask;
            }
            target.set(at, entry);
        }

        private void layOutAnew() {
            int length = FIRST_SLOTS;
            while ((live + 1) * 2L > length) {
                length *= 2;
            }
            var target = new AtomicReferenceArray<@Nullable E>(length);
            for (int i = 0; i < slots.length(); i++) {
                var entry = slots.get(i);
                if (entry != null && !layout.removed().equals(entry)) {
                    insert(target, spread(layout.hashOfEntry(entry)), entry);
                }
            }
            used = live;
            slots = target;
        }
    }
}
