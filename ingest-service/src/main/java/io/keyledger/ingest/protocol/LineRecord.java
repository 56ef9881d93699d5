package io.keyledger.ingest.protocol;

import java.util.BitSet;

/**
 * Lines that go on Kafka as one record.
 *
 * @param value the bytes, with timestamps in nanoseconds; the agent's own array if nothing had to be changed
 * @param hosts the indexes of their hosts in {@link ScannedLines#hosts}
 * @param firstHost the index of the first line's host
 * @param lines how many
 */
@SuppressWarnings("ArrayRecordComponent") // A payload is moved, never compared.
public record LineRecord(byte[] value, BitSet hosts, int firstHost, int lines) {}
