package io.keyledger.client;

import io.keyledger.table.Found;
import io.keyledger.table.Row;
import io.keyledger.table.RowKey;
import io.keyledger.table.Rows;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A real broker, and loaders of its tables. */
abstract class LoaderHarness {

    static final Duration LONG = Duration.ofSeconds(20);
    static final Row.KeyRow KEY = Rows.globalKey("secret");

    TestLedger ledger;

    @BeforeEach
    void startBroker(@TempDir Path dataDir) {
        ledger = new TestLedger(dataDir);
    }

    @AfterEach
    void stopBroker() {
        ledger.close();
    }

    LoaderBuilder loader() {
        return new LoaderBuilder(ledger.connection(), CodecReaders.rows(ledger.codec));
    }

    static Found<Row.KeyRow> find(LedgerTablesLoader loader) {
        return loader.tables().key(KEY.hash());
    }

    static void loaded(LedgerTablesLoader loader) throws Exception {
        loader.whenLoaded().toCompletableFuture().get(20, TimeUnit.SECONDS);
    }

    static void applied(LedgerTablesLoader loader, Row row) throws Exception {
        loader.whenApplied(RowKey.of(row).topic(), TestLedger.partitionOf(row), row.revision())
                .get(20, TimeUnit.SECONDS);
    }

    static boolean prove(LedgerTablesLoader loader, Duration within) {
        return loader.freshness()
                .prove(Rows.ORGANIZATION, within)
                .toCompletableFuture()
                .join();
    }
}
