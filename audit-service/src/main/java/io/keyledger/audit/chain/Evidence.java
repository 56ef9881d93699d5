package io.keyledger.audit.chain;

/**
 * One record of {@code key-events}, byte for byte as the log has it (DESIGN.md, section 4).
 *
 * @param offset in the log's partition
 * @param schemaId the registry's id, from the five bytes before the body
 * @param fingerprint SHA-256 of the writer schema's parsing canonical form, 32 bytes
 * @param revision from the header, from 1 on
 * @param body the Avro body without the five bytes
 * @param leaf as the header says it, 32 bytes
 * @param chain as the header says it, 32 bytes
 */
public record Evidence(
        int partition,
        long offset,
        int schemaId,
        Bytes fingerprint,
        Bytes key,
        long revision,
        Bytes body,
        Bytes leaf,
        Bytes chain) {

    /** Whether both are the same event, wherever in the log they stand. */
    public boolean sameAs(Evidence other) {
        return partition == other.partition
                && revision == other.revision
                && fingerprint.equals(other.fingerprint)
                && key.equals(other.key)
                && body.equals(other.body)
                && leaf.equals(other.leaf)
                && chain.equals(other.chain);
    }
}
