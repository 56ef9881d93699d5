package io.keyledger.audit.record;

import io.keyledger.audit.chain.Evidence;
import io.keyledger.codec.Decoded;
import io.keyledger.event.LedgerEvent;
import java.util.function.BiFunction;

/** Puts the five bytes before the body again and reads the value as it stood in Kafka. */
public final class WireEventReader implements EventReader {

    private final BiFunction<byte[], byte[], Decoded<LedgerEvent>> decode;

    /**
     * Decodes with this.
     *
     * @param decode takes the record's value and the fingerprint in its header
     */
    public WireEventReader(BiFunction<byte[], byte[], Decoded<LedgerEvent>> decode) {
        this.decode = decode;
    }

    @Override
    public Decoded<LedgerEvent> read(Evidence evidence) {
        return decode.apply(
                Framing.frame(evidence.schemaId(), evidence.body()).toArray(),
                evidence.fingerprint().toArray());
    }
}
