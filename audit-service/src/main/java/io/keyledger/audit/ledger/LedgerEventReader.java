package io.keyledger.audit.ledger;

import io.keyledger.codec.Decoded;
import io.keyledger.codec.LedgerCodec;
import io.keyledger.codec.RecordType;
import io.keyledger.event.LedgerEvent;
import java.time.Duration;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Reads events. One that was written with a schema that is not known yet is tried once more after a look into the topic of
 * schemas, where every schema stands before the first record that needs it.
 */
public final class LedgerEventReader {

    private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(5);

    private final LedgerCodec codec;
    private final Runnable learnSchemas;
    private final LongSupplier nanoTime;
    private @Nullable Long lastLook;

    /**
     * Reads with this codec.
     *
     * @param learnSchemas fills the catalog that the codec uses
     * @param nanoTime as {@link System#nanoTime}
     */
    public LedgerEventReader(LedgerCodec codec, Runnable learnSchemas, LongSupplier nanoTime) {
        this.codec = codec;
        this.learnSchemas = learnSchemas;
        this.nanoTime = nanoTime;
    }

    /** What the value says, or why it cannot be read. */
    public Decoded<LedgerEvent> read(byte[] value, byte @Nullable [] fingerprint) {
        var decoded = codec.decode(RecordType.KEY_EVENTS, value, fingerprint);
        boolean isUnknown = decoded instanceof Decoded.Unreadable<LedgerEvent> unreadable
                && unreadable.reason() == Decoded.Reason.UNKNOWN_SCHEMA;
        if (!isUnknown || !mayLook()) {
            return decoded;
        }
        learnSchemas.run();
        return codec.decode(RecordType.KEY_EVENTS, value, fingerprint);
    }

    /** A log full of events that nobody can read must not become a log full of look-ups. */
    private synchronized boolean mayLook() {
        long now = nanoTime.getAsLong();
        var last = lastLook;
        if (last != null && now - last < BETWEEN_LOOKS.toNanos()) {
            return false;
        }
        lastLook = now;
        return true;
    }
}
