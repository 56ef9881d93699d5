package io.keyledger.key.directory;

import io.keyledger.client.EventBatch;
import io.keyledger.client.EventHandler;
import io.keyledger.client.FollowedEvent;
import io.keyledger.client.StartPosition;
import io.keyledger.client.StartPositions;
import io.micrometer.core.instrument.Counter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Applies events to one generation, each exactly once and none without the one before: its position is in the same
 * transaction. Two instances may write the same generation: the row of the position lets one in at a time, and the other
 * finds the work done.
 */
final class GenerationWriter implements EventHandler, StartPositions {

    private static final Logger log = LoggerFactory.getLogger(GenerationWriter.class);

    private final int generation;
    private final JdbcClient jdbc;
    private final TransactionTemplate transactions;
    private final JdbcProjector projector;
    private final Counter gaps;
    private final Consumer<LedgerPosition> onReached;

    /**
     * Writes a generation.
     *
     * @param gaps counts events that did not follow the last one applied
     * @param onReached told of each position that is stored
     */
    GenerationWriter(
            int generation,
            JdbcClient jdbc,
            TransactionTemplate transactions,
            Counter gaps,
            Consumer<LedgerPosition> onReached) {
        this.generation = generation;
        this.jdbc = jdbc;
        this.transactions = transactions;
        this.projector = new JdbcProjector(jdbc);
        this.gaps = gaps;
        this.onReached = onReached;
    }

    @Override
    public StartPosition of(int partition) {
        var found = transactions.execute(_ -> {
            Generations.use(jdbc, generation);
            return jdbc.sql("select revision, next_offset from position where partition = ?")
                    .param(partition)
                    .query((row, _) -> new Position(row.getLong("revision"), row.getLong("next_offset")))
                    .optional();
        });
        // Not stored is 0: PostgreSQL may have lost what was stored before.
        onReached.accept(
                new LedgerPosition(partition, found.map(Position::revision).orElse(0L)));
        return found.<StartPosition>map(position -> new StartPosition.Offset(position.nextOffset()))
                .orElseGet(StartPosition.Beginning::new);
    }

    @Override
    public void onBatch(EventBatch batch) {
        var reached = transactions.execute(_ -> apply(batch));
        reached.forEach(onReached);
    }

    private List<LedgerPosition> apply(EventBatch batch) {
        Generations.use(jdbc, generation);
        var positions = new HashMap<Integer, Position>();
        // In one order, so that two instances cannot wait for each other.
        for (int partition : new TreeSet<>(batch.nextOffsets().keySet())) {
            positions.put(partition, lock(partition));
        }
        for (var event : batch.events()) {
            positions.compute(event.partition(), (_, before) -> {
                if (before == null || event.offset() < before.nextOffset()) {
                    return before;
                }
                return new Position(apply(event, before.revision()), event.offset() + 1);
            });
        }
        return store(positions, batch.nextOffsets());
    }

    private Position lock(int partition) {
        jdbc.sql("insert into position (partition, revision, next_offset) values (?, 0, 0) on conflict do nothing")
                .param(partition)
                .update();
        return jdbc.sql("select revision, next_offset from position where partition = ? for update")
                .param(partition)
                .query((row, _) -> new Position(row.getLong("revision"), row.getLong("next_offset")))
                .single();
    }

    /** The revision after the event. */
    private long apply(FollowedEvent followed, long revision) {
        var event = followed.event();
        if (event == null) {
            // The audit keeps it whole and raises the alarm; a list that lacks one change is better than no list.
            log.atError()
                    .addKeyValue("record", followed)
                    .log("An event cannot be decoded: the directory goes on without it");
            return followed.revision().orElse(0) == revision + 1 ? revision + 1 : revision;
        }
        if (event.revision() <= revision) {
            return revision;
        }
        if (event.revision() > revision + 1) {
            gaps.increment();
            throw new IllegalStateException("Expected revision " + (revision + 1) + " in partition "
                    + followed.partition() + ", but it is " + event.revision()
                    + ": PostgreSQL has lost what was stored after the former, and it is read again.");
        }
        projector.apply(event);
        return event.revision();
    }

    private List<LedgerPosition> store(Map<Integer, Position> positions, Map<Integer, Long> nextOffsets) {
        var reached = new ArrayList<LedgerPosition>();
        positions.forEach((partition, position) -> {
            long next = Math.max(position.nextOffset(), nextOffsets.getOrDefault(partition, 0L));
            jdbc.sql("update position set revision = ?, next_offset = ? where partition = ?")
                    .param(position.revision())
                    .param(next)
                    .param(partition)
                    .update();
            reached.add(new LedgerPosition(partition, position.revision()));
        });
        return reached;
    }

    private record Position(long revision, long nextOffset) {}
}
