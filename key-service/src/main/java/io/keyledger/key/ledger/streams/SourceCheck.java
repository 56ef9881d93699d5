package io.keyledger.key.ledger.streams;

import io.keyledger.codec.Decoded;
import io.keyledger.codec.LedgerCodec;
import io.keyledger.codec.LedgerHeaders;
import io.keyledger.codec.RecordType;
import io.keyledger.event.KeyKind;
import io.keyledger.event.KeyStatus;
import io.keyledger.event.Topics;
import io.keyledger.key.ledger.LedgerState.KeyState;
import io.keyledger.key.ledger.SourceChange;
import io.keyledger.table.SourceRow.SealedSecretRow;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.utils.Bytes;

/**
 * Holds the two sources that no event could bring back against the events of one partition: each active key that can be
 * shown has its sealed secret, of its current version, and no other key has one; each organization and each person who was not
 * erased has a data key.
 */
final class SourceCheck {

    private static final String NOBODY = new UUID(0, 0).toString();

    private final LedgerCodec codec;
    private final LedgerPartition partition;
    private final Findings findings;
    private final Map<String, SealedSecretRow> sealed = new HashMap<>();
    private final Set<String> newer = new HashSet<>();

    SourceCheck(LedgerCodec codec, LedgerPartition partition, Findings findings) {
        this.codec = codec;
        this.partition = partition;
        this.findings = findings;
    }

    /** @param replay what is newer than it is passed over */
    void check(LedgerReplay replay) {
        var until = replay.head().sequence().revision();
        partition.read(Topics.SEALED_SECRETS, record -> onSecret(record, until));
        var left = new HashMap<>(sealed);
        for (var entry : replay.state().map().tailMap(StateKeys.allKeys(), true).entrySet()) {
            if (!StateKeys.startsWith(entry.getKey(), StateKeys.allKeys())) {
                break;
            }
            var key = LedgerJson.read(entry.getValue(), KeyState.class);
            if (key.kind() == KeyKind.GLOBAL || key.kind() == KeyKind.SYSTEM) {
                compare(key, Optional.ofNullable(left.remove(key.id().toString())));
            }
        }
        left.keySet().removeAll(newer);
        left.keySet()
                .forEach(key -> add(
                        Topics.SEALED_SECRETS,
                        "expected no secret of key " + key + ", for there is no such key that could be shown"));
        checkDataKeys(replay.dataKeys(), until);
    }

    /** The store {@code sealed-secrets} as it follows from its topic, which is the source. */
    StateRecords.InMemory store() {
        var records = new StateRecords.InMemory();
        var secrets = new SealedSecrets(records);
        sealed.values().forEach(row -> secrets.apply(List.of(new SourceChange.Put(row))));
        return records;
    }

    /** Of these keys of that store, those that are newer than the replay. */
    Set<Bytes> newer(Set<Bytes> storeKeys) {
        return storeKeys.stream()
                .filter(key -> newer.contains(SealedSecrets.keyId(key).toString()))
                .collect(Collectors.toSet());
    }

    private void compare(KeyState key, Optional<SealedSecretRow> found) {
        if (newer.contains(key.id().toString())) {
            return;
        }
        if (key.status() != KeyStatus.ACTIVE) {
            found.ifPresent(
                    _ -> add(Topics.SEALED_SECRETS, "expected no secret of key " + key.id() + ", for it was revoked"));
        } else if (found.isEmpty()) {
            add(Topics.SEALED_SECRETS, "expected the secret of key " + key.id() + ", but there is none: regenerate it");
        } else if (found.get().version() != key.version()) {
            add(
                    Topics.SEALED_SECRETS,
                    "expected version " + key.version() + " of the secret of key " + key.id() + ", but found "
                            + found.get().version() + ": regenerate it");
        }
    }

    private void onSecret(ConsumerRecord<byte[], byte[]> record, long until) {
        var key = text(record.key());
        if (revision(record) > until) {
            newer.add(key);
        }
        if (record.value() == null) {
            sealed.remove(key);
            return;
        }
        switch (codec.decode(RecordType.SEALED_SECRETS, record.value(), record.headers())) {
            case Decoded.Value<SealedSecretRow>(var row) -> sealed.put(key, row);
            case Decoded.Unreadable<SealedSecretRow>(var _, var message) -> {
                sealed.remove(key);
                add(Topics.SEALED_SECRETS, "the secret of key " + key + ": " + message);
            }
        }
    }

    private void checkDataKeys(Set<UUID> expected, long until) {
        var found = new HashMap<String, Long>();
        partition.read(Topics.DATA_KEYS, record -> {
            if (record.value() == null && revision(record) <= until) {
                found.remove(text(record.key()));
            } else {
                found.put(text(record.key()), revision(record));
            }
        });
        for (var subject : expected) {
            if (found.remove(subject.toString()) == null) {
                add(Topics.DATA_KEYS, "expected the data key of " + subject + ", but there is none");
            }
        }
        found.forEach((subject, revision) -> {
            if (revision <= until && !subject.equals(NOBODY)) {
                add(
                        Topics.DATA_KEYS,
                        "expected no data key of " + subject + ", for no event made one or it was erased");
            }
        });
    }

    private void add(String topic, String what) {
        findings.add(topic + "-" + partition.number() + ": " + what);
    }

    private static long revision(ConsumerRecord<byte[], byte[]> record) {
        return LedgerHeaders.findRevision(record.headers()).orElse(0);
    }

    private static String text(byte[] key) {
        return new String(key, StandardCharsets.UTF_8);
    }
}
