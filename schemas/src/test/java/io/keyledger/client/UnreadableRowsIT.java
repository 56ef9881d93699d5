package io.keyledger.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyledger.codec.LedgerCodec;
import io.keyledger.codec.RecordType;
import io.keyledger.codec.SchemaCatalog;
import io.keyledger.codec.SchemaRecord;
import io.keyledger.event.Topics;
import io.keyledger.table.Found;
import io.keyledger.table.RowKey;
import io.keyledger.table.Rows;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a loader makes of records that it cannot read. */
@Timeout(60)
class UnreadableRowsIT extends LoaderHarness {

    @Test
    void anUnreadableRecordMarksWhatItNamesAndNothingElse() throws Exception {
        ledger.createTopics(Map.of());
        int partition = TestLedger.partitionOf(KEY);
        var host = Rows.host("web-1");
        ledger.send(KEY).get();
        ledger.send(host).get();
        ledger.sendRaw(Topics.HOST_TO_SYSTEM, partition, RowKey.of(host).toBytes(), TestLedger.bytes("junk"));
        try (var loader = loader().start()) {
            loaded(loader);
            assertThat(find(loader)).isEqualTo(new Found.Present<>(KEY));
            assertThat(loader.tables().host(host.organizationId(), host.host())).isEqualTo(new Found.Unreadable<>());

            ledger.sendRaw(Topics.KEY_STATE, partition, TestLedger.bytes("no hash"), TestLedger.bytes("junk"));
            ledger.sendRaw(Topics.KEY_STATE, partition, RowKey.of(KEY).toBytes(), new byte[0]);
            Eventually.await("the key to be unready", () -> find(loader).equals(new Found.Unreadable<>()));
            assertThat(loader.counters().unreadableKeys()).isOne();
            assertThat(loader.counters().unreadableRecords()).isEqualTo(2);
            assertThat(loader.unreadableRows()).isEqualTo(2);

            ledger.send(KEY).get();
            ledger.sendRaw(Topics.HOST_TO_SYSTEM, partition, RowKey.of(host).toBytes(), null);
            Eventually.await("a readable row", () -> find(loader).equals(new Found.Present<>(KEY)));
            Eventually.await("the tombstone", () -> loader.unreadableRows() == 0);
            assertThat(loader.isReady()).isTrue();
        }
    }

    @Test
    void whatCouldNotBeReadIsReadWhenItsSchemaIsLearnt() throws Exception {
        ledger.createTopics(Map.of());
        ledger.createTopics(List.of(Topics.SCHEMAS), 1, Map.of());
        ledger.send(KEY).get();
        var catalog = new SchemaCatalog();
        var codec = new LedgerCodec(ledger.catalog);
        // Reads nothing before the topic has told of a schema.
        var builder = new LoaderBuilder(ledger.connection(), (topic, key, value, fingerprint) -> {
                    if (!catalog.canWrite()) {
                        throw new IllegalStateException("unknown schema");
                    }
                    return CodecReaders.rows(codec).read(topic, key, value, fingerprint);
                })
                .learnSchemas(catalog);
        try (var loader = builder.start()) {
            loaded(loader);
            assertThat(find(loader)).isEqualTo(new Found.Unreadable<>());
            int id = 1;
            for (var type : RecordType.ALL) {
                var schema = new SchemaRecord(type.fingerprint(), id++, type.subject(), type.schema());
                ledger.sendRaw(Topics.SCHEMAS, 0, schema.key(), schema.value());
            }
            Eventually.await("the row", () -> find(loader).equals(new Found.Present<>(KEY)));
            assertThat(loader.unreadableRows()).isZero();
        }
    }
}
