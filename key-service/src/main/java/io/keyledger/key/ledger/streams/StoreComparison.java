package io.keyledger.key.ledger.streams;

import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import org.apache.kafka.common.utils.Bytes;
import org.jspecify.annotations.Nullable;

/** Compares a store of one partition, as its changelog has it, with what it should hold. */
record StoreComparison(String store, int partition, Findings findings) {

    /** @param moving keys that have changed since: nothing is said of them */
    void compare(StateRecords.InMemory expected, StateRecords.InMemory found, Set<Bytes> moving) {
        var all = new TreeSet<>(expected.map().keySet());
        all.addAll(found.map().keySet());
        for (var key : all) {
            if (!moving.contains(key) && !Arrays.equals(expected.get(key), found.get(key))) {
                findings.add(store + "-" + partition + ": " + name(key) + ": "
                        + difference(key, expected.get(key), found.get(key)));
            }
        }
    }

    private String name(Bytes key) {
        return store.equals(LedgerStores.STATE) ? StateKeys.describe(key) : "key " + SealedSecrets.keyId(key);
    }

    private String difference(Bytes key, byte @Nullable [] expected, byte @Nullable [] found) {
        if (expected == null) {
            return "expected nothing, for no event made it";
        }
        if (found == null) {
            return "expected a value, but there is none";
        }
        if (!store.equals(LedgerStores.STATE)) {
            // A sealed secret is not quoted.
            return "expected another value";
        }
        try {
            var type = StateKeys.typeOf(key);
            var one = type.map(known -> LedgerJson.read(expected, known));
            var other = type.map(known -> LedgerJson.read(found, known));
            return one.isPresent() && !one.equals(other)
                    ? FirstDifference.of((Record) one.get(), (Record) other.orElseThrow())
                    : FirstDifference.of(expected, found);
        } catch (UnreadableJsonException e) {
            return "" + e.getMessage();
        }
    }
}
