package io.keyledger.key.ledger.streams;

import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/** Bytes by bytes, in the order of the keys: a port over a store of the topology, or over memory in a replay. */
interface StateRecords {

    byte @Nullable [] get(Bytes key);

    /** Puts a value; null takes the key away. */
    void put(Bytes key, byte @Nullable [] value);

    /** The keys that begin with {@code prefix}, ascending, at most {@code limit} of them. */
    default List<Bytes> keys(Bytes prefix, int limit) {
        return keys(prefix, prefix, limit);
    }

    /** Those of them from {@code from} on. */
    List<Bytes> keys(Bytes from, Bytes prefix, int limit);

    /** Over a store. */
    static StateRecords of(KeyValueStore<Bytes, byte[]> store) {
        return new OfStore(store);
    }

    /** Over a store of the topology. */
    record OfStore(KeyValueStore<Bytes, byte[]> store) implements StateRecords {

        @Override
        public byte @Nullable [] get(Bytes key) {
            return store.get(key);
        }

        @Override
        @SuppressWarnings("NullAway") // Kafka's store takes null for "delete", and says so in words alone
        public void put(Bytes key, byte @Nullable [] value) {
            store.put(key, value);
        }

        @Override
        public List<Bytes> keys(Bytes from, Bytes prefix, int limit) {
            var found = new ArrayList<Bytes>();
            try (var entries = store.range(from, Bytes.increment(prefix))) {
                while (found.size() < limit && entries.hasNext()) {
                    var key = entries.next().key;
                    if (!StateKeys.startsWith(key, prefix)) {
                        break;
                    }
                    found.add(key);
                }
            }
            return found;
        }
    }

    /** Over memory. */
    record InMemory(NavigableMap<Bytes, byte[]> map) implements StateRecords {

        InMemory() {
            this(new TreeMap<>());
        }

        @Override
        public byte @Nullable [] get(Bytes key) {
            return map.get(key);
        }

        @Override
        public void put(Bytes key, byte @Nullable [] value) {
            if (value == null) {
                map.remove(key);
            } else {
                map.put(key, value);
            }
        }

        @Override
        public List<Bytes> keys(Bytes from, Bytes prefix, int limit) {
            return map.tailMap(from, true).keySet().stream()
                    .takeWhile(key -> StateKeys.startsWith(key, prefix))
                    .limit(limit)
                    .toList();
        }
    }
}
