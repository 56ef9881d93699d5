package io.keyledger.key.secret;

import io.keyledger.client.RecordFollower;
import io.keyledger.codec.Decoded;
import io.keyledger.codec.LedgerCodec;
import io.keyledger.codec.RecordType;
import io.keyledger.key.ledger.WrappedDataKey;
import io.keyledger.table.SourceRow.DataKeyRow;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The data keys as the topic {@code data-keys} has them, wrapped; a tombstone erases. */
final class KafkaDataKeys implements DataKeys, RecordFollower {

    private static final Logger LOG = LoggerFactory.getLogger(KafkaDataKeys.class);

    private final LedgerCodec codec;
    private final Map<UUID, WrappedDataKey> bySubject = new ConcurrentHashMap<>();

    KafkaDataKeys(LedgerCodec codec) {
        this.codec = codec;
    }

    @Override
    public Optional<WrappedDataKey> find(UUID subject) {
        return Optional.ofNullable(bySubject.get(subject));
    }

    @Override
    public void onRecord(ConsumerRecord<byte[], byte[]> record) {
        var subject = UUID.fromString(new String(record.key(), StandardCharsets.UTF_8));
        byte @Nullable [] value = record.value();
        if (value == null) {
            bySubject.remove(subject);
            return;
        }
        switch (codec.decode(RecordType.DATA_KEYS, value, record.headers())) {
            case Decoded.Value<DataKeyRow>(var row) ->
                bySubject.put(subject, new WrappedDataKey(subject, row.wrapped()));
            case Decoded.Unreadable<DataKeyRow>(var _, var message) -> {
                // Never the key before: this record may be the one that replaces it.
                bySubject.remove(subject);
                LOG.atError()
                        .addKeyValue("partition", record.partition())
                        .addKeyValue("offset", record.offset())
                        .log("{}", message);
            }
        }
    }

    @Override
    public void onReset() {
        bySubject.clear();
    }
}
