package io.keyledger.codec;

import io.keyledger.event.SampleRows;
import io.keyledger.event.Samples;
import java.util.List;
import java.util.stream.Stream;

/** The samples by the topic in which they stand, and a catalog whose ids need no registry. */
public final class EncodedSamples {

    private EncodedSamples() {}

    /** A value and what it is. */
    public record Sample<T>(RecordType<T> type, int number, T value) {

        /** Its wire format. */
        public Encoded encode(LedgerCodec codec) {
            return codec.encode(type, value);
        }

        /** The name of its golden file. */
        public String name() {
            return type.topic() + "-" + number;
        }

        @Override
        public String toString() {
            return name();
        }
    }

    /** A catalog that has learnt ids from 1 on, as if a registry had given them. */
    public static SchemaCatalog catalog() {
        var catalog = new SchemaCatalog();
        int id = 0;
        for (var type : RecordType.ALL) {
            catalog.learn(new SchemaRecord(type.fingerprint(), ++id, type.subject(), type.schema()));
        }
        return catalog;
    }

    /** Every sample. */
    public static Stream<Sample<?>> all() {
        return Stream.of(
                        of(RecordType.KEY_EVENTS, Samples.events()),
                        of(RecordType.KEY_STATE, SampleRows.keyRows()),
                        of(RecordType.HOST_TO_SYSTEM, SampleRows.hostRows()),
                        of(RecordType.SYSTEM_STATE, SampleRows.systemRows()),
                        of(RecordType.USER_STATE, SampleRows.userRows()),
                        of(RecordType.ORGANIZATION_STATE, SampleRows.organizationRows()),
                        of(RecordType.SEALED_SECRETS, SampleRows.sealedSecretRows()),
                        of(RecordType.DATA_KEYS, SampleRows.dataKeyRows()),
                        of(RecordType.COLLECTOR_STATUS, SampleRows.statuses()),
                        of(RecordType.KEY_USAGE, SampleRows.usages()),
                        of(RecordType.ACCESS_DENIALS, SampleRows.denials()))
                .flatMap(samples -> samples);
    }

    private static <T> Stream<Sample<?>> of(RecordType<T> type, List<T> values) {
        return Stream.iterate(0, n -> n < values.size(), n -> n + 1).map(n -> new Sample<>(type, n, values.get(n)));
    }
}
