package io.keyledger.key.ledger.streams;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueBytesStoreSupplier;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;

/**
 * The named stores of one ledger partition.
 *
 * @param state derived from the events
 * @param meta where the partition stands; derived from the events
 * @param sealedSecrets a source
 * @param idempotency a source
 */
record LedgerStores(
        StateRecords state, StateRecords meta, SealedSecrets sealedSecrets, IdempotencyRecords idempotency) {

    static final String STATE = "ledger-state";
    static final String META = "ledger-meta";
    static final String SEALED_SECRETS = "sealed-secrets";
    static final String IDEMPOTENCY = "idempotency";

    static final List<String> NAMES = List.of(STATE, META, SEALED_SECRETS, IDEMPOTENCY);

    /** Builds the stores: changelogged, uncached, for a cache would hold a row back until it is flushed. */
    static Set<StoreBuilder<?>> builders(Function<String, KeyValueBytesStoreSupplier> engine) {
        return Set.copyOf(
                NAMES.stream().map(name -> builder(engine.apply(name))).toList());
    }

    /** Opens the stores of a task. */
    static LedgerStores open(Function<String, KeyValueStore<Bytes, byte[]>> stores) {
        return new LedgerStores(
                StateRecords.of(stores.apply(STATE)),
                StateRecords.of(stores.apply(META)),
                new SealedSecrets(StateRecords.of(stores.apply(SEALED_SECRETS))),
                new IdempotencyRecords(StateRecords.of(stores.apply(IDEMPOTENCY))));
    }

    private static StoreBuilder<?> builder(KeyValueBytesStoreSupplier engine) {
        return Stores.keyValueStoreBuilder(engine, Serdes.Bytes(), Serdes.ByteArray())
                .withLoggingEnabled(Map.of())
                .withCachingDisabled();
    }
}
