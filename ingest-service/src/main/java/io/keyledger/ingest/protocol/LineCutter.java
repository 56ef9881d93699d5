package io.keyledger.ingest.protocol;

import java.util.BitSet;
import java.util.Iterator;
import java.util.NoSuchElementException;

/**
 * Cuts what passes into records, with every timestamp present and in nanoseconds; the lines keep their order. A record
 * is made when it is asked for, so that a large push is never there twice.
 */
public final class LineCutter implements Iterator<LineRecord> {

    /**
     * The most hosts of a record: each may have a System of its own, which the record's header names, and all of it has
     * to fit what a broker takes.
     */
    static final int MAX_HOSTS = 8_192;

    private final ScannedLines lines;
    private final BitSet passing;

    /** The next run, and the next edit, that was not passed by. */
    private int run;

    private int edit;

    /** @param passing the indexes of the hosts whose lines go on */
    public LineCutter(ScannedLines lines, BitSet passing) {
        this.lines = lines;
        this.passing = passing;
    }

    @Override
    public boolean hasNext() {
        while (run < lines.runCount() && !passing.get(lines.runHost(run))) {
            run++;
        }
        return run < lines.runCount();
    }

    /** The next record; it is the agent's own bytes if all of them pass unchanged and fit one. */
    @Override
    public LineRecord next() {
        if (!hasNext()) {
            throw new NoSuchElementException("Expected a run that passes, but all " + run + " runs are cut.");
        }
        var firstRun = run;
        var firstEdit = edit;
        var hosts = new BitSet();
        var hostCount = 0;
        var count = 0;
        var size = 0L;
        for (; run < lines.runCount(); run++) {
            var host = lines.runHost(run);
            if (passing.get(host)) {
                var editBefore = edit;
                var runSize = size(run);
                hostCount += hosts.get(host) ? 0 : 1;
                if (run > firstRun && (size + runSize > lines.recordLimit() || hostCount > MAX_HOSTS)) {
                    edit = editBefore;
                    break;
                }
                size += runSize;
                hosts.set(host);
                count += lines.runLines(run);
            }
        }
        var value = value(firstRun, firstEdit, Math.toIntExact(size));
        return new LineRecord(value, hosts, lines.runHost(firstRun), count);
    }

    /** The exact size of a run after its edits; runs are asked in order, so that edits are walked through once. */
    private int size(int of) {
        var size = lines.runEnd(of) - lines.runStart(of);
        while (edit < lines.editCount() && lines.editStart(edit) < lines.runStart(of)) {
            edit++;
        }
        for (; edit < lines.editCount() && belongs(edit, lines.runEnd(of)); edit++) {
            size += growth(edit);
        }
        return size;
    }

    /** An insertion at the very end belongs to a last line without a line feed. */
    private boolean belongs(int which, int runEnd) {
        return lines.editStart(which) < runEnd || runEnd == lines.length();
    }

    private int growth(int at) {
        var replaced = lines.editEnd(at) - lines.editStart(at);
        return Decimal.length(lines.editNanos(at)) - replaced + (replaced == 0 ? 1 : 0);
    }

    private byte[] value(int firstRun, int firstEdit, int size) {
        var bytes = lines.bytes();
        return lines.editCount() == 0 && size == bytes.length
                ? bytes
                : new Writer(new byte[size]).write(firstRun, firstEdit);
    }

    /** Writes one record. */
    private final class Writer {
        private final byte[] target;
        private int at;

        Writer(byte[] target) {
            this.target = target;
        }

        byte[] write(int firstRun, int firstEdit) {
            var next = firstEdit;
            for (var of = firstRun; of < run; of++) {
                if (!passing.get(lines.runHost(of))) {
                    continue;
                }
                var from = lines.runStart(of);
                var to = lines.runEnd(of);
                while (next < lines.editCount() && lines.editStart(next) < from) {
                    next++;
                }
                for (; next < lines.editCount() && belongs(next, to); next++) {
                    copy(from, lines.editStart(next));
                    if (lines.editStart(next) == lines.editEnd(next)) {
                        target[at++] = ' ';
                    }
                    at = Decimal.write(lines.editNanos(next), target, at);
                    from = lines.editEnd(next);
                }
                copy(from, to);
            }
            return target;
        }

        private void copy(int from, int to) {
            System.arraycopy(lines.bytes(), from, target, at, to - from);
            at += to - from;
        }
    }
}
