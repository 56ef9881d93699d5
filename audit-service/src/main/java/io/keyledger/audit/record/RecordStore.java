package io.keyledger.audit.record;

import io.keyledger.audit.chain.AlarmKind;
import io.keyledger.audit.chain.ChainTip;
import io.keyledger.audit.chain.Evidence;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Where the record is kept. Nothing in it is ever changed or taken away. */
interface RecordStore {

    /** Where a partition's record stands. */
    record Position(ChainTip tip, long lastOffset) {}

    /** The ledger that this is the record of: {@code ledgerId} itself at the first call ever. */
    UUID ledger(UUID ledgerId);

    /** Where each partition stands that has anything recorded. */
    Map<Integer, Position> positions();

    /** The event under a revision. */
    Optional<Evidence> find(int partition, long revision);

    /**
     * Adds all of the batch or nothing.
     *
     * @return the alarms that were not there before
     * @throws TakenException if another recorder has written one of the revisions meanwhile
     * @throws UnstorableException if the database takes what one of the events says neither now nor later
     */
    List<Alarm> append(Batch batch);

    /** How many alarms were ever raised. */
    Map<AlarmKind, Long> countAlarms();

    /** A value is not one that the database can hold. */
    final class UnstorableException extends RuntimeException {

        private static final long serialVersionUID = 1L;

        UnstorableException(String why, @Nullable Throwable cause) {
            super(why, cause);
        }
    }

    /** A revision was written by somebody else since the positions were read. */
    final class TakenException extends RuntimeException {

        private static final long serialVersionUID = 1L;

        TakenException(Throwable cause) {
            super("A revision was recorded by another recorder meanwhile.", cause);
        }
    }
}
