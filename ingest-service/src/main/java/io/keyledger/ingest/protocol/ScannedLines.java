package io.keyledger.ingest.protocol;

import io.keyledger.event.HostName;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a payload holds: runs of lines that follow each other and have one host, and the edits that its timestamps need.
 * A run never outgrows a record, so that records are cut between runs.
 */
public final class ScannedLines implements Scanned {

    /** A blank, a minus and 19 digits: the most that an edit adds. */
    private static final int LONGEST_EDIT = 21;

    private final byte[] bytes;
    private final int length;
    private final int recordLimit;
    private final Allowance allowance;
    private final HostIndex index;

    /** Start, end, host and number of lines of each run. */
    private int[] runs = new int[4 * 8];

    private int runCount;

    /** Start and end of the bytes that an edit replaces; equal for a timestamp that is missing. */
    private int[] editSpans = new int[0];

    private long[] editNanos = new long[0];
    private int editCount;

    private int runStart = -1;
    private int runEnd;
    private int runHost;
    private int runLines;
    private int runGrowth;

    private int lines;
    private int malformed;
    private @Nullable String firstError;

    ScannedLines(byte[] bytes, int length, int recordLimit, Allowance allowance) {
        this.bytes = bytes;
        this.length = length;
        this.recordLimit = recordLimit;
        this.allowance = allowance;
        this.index = new HostIndex(bytes, allowance);
    }

    HostIndex index() {
        return index;
    }

    /** Whether a line can be put into a record. */
    boolean fits(int start, int next, boolean edited) {
        return (long) next - start + growth(edited) <= recordLimit;
    }

    private static int growth(boolean edited) {
        return edited ? LONGEST_EDIT : 0;
    }

    /** Adds a line that fits. */
    void add(int start, int next, int host, boolean edited, int editStart, int editEnd, long nanos) {
        var growth = growth(edited);
        var size = (long) next - start + growth;
        if (host != runHost || !continues(start, size)) {
            close();
            runStart = start;
            runHost = host;
        }
        runEnd = next;
        runLines++;
        runGrowth += growth;
        lines++;
        if (edited) {
            addEdit(editStart, editEnd, nanos);
        }
    }

    /** A blank line or a comment: it stays where it stands between two lines, if it costs nothing. */
    void filler(int start, int next) {
        if (continues(start, next - start)) {
            runEnd = next;
        }
    }

    void malformed(int start, Malformation what) {
        malformed++;
        if (firstError == null) {
            firstError = "line " + lineNumber(start) + ": " + what.message();
        }
    }

    void finish() {
        close();
    }

    private boolean continues(int start, long size) {
        return runStart >= 0 && runEnd == start && (long) runEnd - runStart + runGrowth + size <= recordLimit;
    }

    private void close() {
        if (runStart >= 0) {
            if (runCount * 4 == runs.length) {
                if (!allowance.take(2L * Integer.BYTES * runs.length)) {
                    return;
                }
                runs = Arrays.copyOf(runs, runs.length * 2);
            }
            var at = runCount++ * 4;
            runs[at] = runStart;
            runs[at + 1] = runEnd;
            runs[at + 2] = runHost;
            runs[at + 3] = runLines;
        }
        runStart = -1;
        runLines = 0;
        runGrowth = 0;
    }

    private void addEdit(int start, int end, long nanos) {
        if (editCount == editNanos.length) {
            var larger = Math.max(16, editCount * 2);
            if (!allowance.take((2L * Integer.BYTES + Long.BYTES) * larger)) {
                return;
            }
            editNanos = Arrays.copyOf(editNanos, larger);
            editSpans = Arrays.copyOf(editSpans, larger * 2);
        }
        editSpans[editCount * 2] = start;
        editSpans[editCount * 2 + 1] = end;
        editNanos[editCount++] = nanos;
    }

    private int lineNumber(int start) {
        var number = 1;
        for (var i = 0; i < start; i++) {
            if (bytes[i] == '\n') {
                number++;
            }
        }
        return number;
    }

    /** How many lines can be read. */
    public int lines() {
        return lines;
    }

    /** How many lines cannot. */
    public int malformed() {
        return malformed;
    }

    /** What is wrong with the first line that cannot be read, without a word of its content; null: nothing. */
    public @Nullable String firstError() {
        return firstError;
    }

    /** Each distinct host in lower case; one empty entry for all lines without a usable one. */
    public List<Optional<HostName>> hosts() {
        return index.hosts();
    }

    /** How many lines each host has. */
    public int[] linesByHost() {
        var counts = new int[index.hosts().size()];
        for (var run = 0; run < runCount; run++) {
            counts[runs[run * 4 + 2]] += runs[run * 4 + 3];
        }
        return counts;
    }

    byte[] bytes() {
        return bytes;
    }

    /** How many bytes the payload has. */
    public int length() {
        return length;
    }

    /** The most bytes that {@link LineCutter} makes of it. */
    public long outputBytes() {
        return length + (long) LONGEST_EDIT * editCount;
    }

    int recordLimit() {
        return recordLimit;
    }

    int runCount() {
        return runCount;
    }

    int runStart(int run) {
        return runs[run * 4];
    }

    int runEnd(int run) {
        return runs[run * 4 + 1];
    }

    int runHost(int run) {
        return runs[run * 4 + 2];
    }

    int runLines(int run) {
        return runs[run * 4 + 3];
    }

    int editCount() {
        return editCount;
    }

    int editStart(int edit) {
        return editSpans[edit * 2];
    }

    int editEnd(int edit) {
        return editSpans[edit * 2 + 1];
    }

    long editNanos(int edit) {
        return editNanos[edit];
    }
}
