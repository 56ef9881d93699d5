package io.keyledger.ingest.protocol;

/**
 * How much of line protocol is taken.
 *
 * @param recordBytes the most bytes that one record may have, so that lines are cut there
 * @param lines the most lines of one payload
 */
public record PayloadLimits(int recordBytes, int lines) {}
