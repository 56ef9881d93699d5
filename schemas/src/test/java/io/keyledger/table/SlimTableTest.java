package io.keyledger.table;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyledger.event.HostName;
import io.keyledger.event.OrganizationId;
import io.keyledger.event.SystemId;
import io.keyledger.table.Row.HostRow;
import java.util.HashMap;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The hosts' table against a plain map, and under readers. */
class SlimTableTest {

    private final HostTable table = new HostTable(new RowTable<>(), new RowTable<>());

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3})
    void doesWhatAMapDoes(long seed) {
        var random = new Random(seed);
        var model = new HashMap<String, HostRow>();
        for (int i = 0; i < 60_000; i++) {
            var organization = new OrganizationId(new UUID(0, random.nextInt(3)));
            var host = new HostName("höst-" + random.nextInt(5_000));
            var name = organization + "/" + host;
            if (random.nextInt(3) == 0) {
                table.remove(organization, host);
                model.remove(name);
            } else {
                var row = new HostRow(organization, host, new SystemId(new UUID(1, random.nextInt(50))), i);
                table.put(row);
                model.put(name, row);
            }
            if (i % 50 == 0) {
                var row = model.get(name);
                assertThat(table.find(organization, host))
                        .isEqualTo(row == null ? new Found.Absent<>() : new Found.Present<>(row));
            }
        }
        assertThat(table.size()).isEqualTo(model.size());
        for (var row : model.values()) {
            assertThat(table.find(row.organizationId(), row.host())).isEqualTo(new Found.Present<>(row));
        }
    }

    @Test
    void readersAlwaysSeeARowThatIsReplacedAndNeverMissOneWhileTheTableGrows() throws Exception {
        var kept = Rows.host("kept");
        table.put(kept);
        var done = new AtomicBoolean();
        var missed = new AtomicBoolean();
        var readers = new Thread[2];
        for (int i = 0; i < readers.length; i++) {
            readers[i] = Thread.ofPlatform().start(() -> {
                while (!done.get()) {
                    if (!(table.find(Rows.ORGANIZATION, kept.host()) instanceof Found.Present<HostRow>)) {
                        missed.set(true);
                    }
                }
            });
        }
        for (int i = 0; i < 200_000; i++) {
            table.put(Rows.host("host-" + i % 70_000));
            table.put(new HostRow(Rows.ORGANIZATION, kept.host(), Rows.SYSTEM, i));
            if (i % 3 == 0) {
                table.remove(Rows.ORGANIZATION, new HostName("host-" + i % 50_000));
            }
        }
        done.set(true);
        for (var reader : readers) {
            reader.join();
        }
        assertThat(missed).isFalse();
    }
}
