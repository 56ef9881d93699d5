package io.keyledger.key.secret;

import io.keyledger.client.RecordFollower;
import io.keyledger.codec.LedgerCodec;
import io.keyledger.codec.RecordType;
import io.keyledger.key.ledger.WrappedDataKey;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** The data keys as the topic {@code data-keys} has them: told of each record by whoever follows it. */
public final class LedgerDataKeys implements DataKeys, RecordFollower {

    private final LedgerCodec codec;
    private final Map<UUID, WrappedDataKey> keys = new ConcurrentHashMap<>();

    public LedgerDataKeys(LedgerCodec codec) {
        this.codec = codec;
    }

    @Override
    public Optional<WrappedDataKey> find(UUID subject) {
        return Optional.ofNullable(keys.get(subject));
    }

    @Override
    public void onRecord(ConsumerRecord<byte[], byte[]> record) {
        if (record.value() == null) {
            var subject = new String(record.key(), StandardCharsets.UTF_8);
            keys.keySet().removeIf(known -> known.toString().equals(subject));
            return;
        }
        var row = codec.decode(RecordType.DATA_KEYS, record.value(), record.headers())
                .orThrow();
        keys.put(row.subject(), new WrappedDataKey(row.subject(), row.wrapped()));
    }

    @Override
    public void onReset() {
        keys.clear();
    }
}
