package io.keyledger.ingest.protocol;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/** Cuts what passes into records, with every timestamp present and in nanoseconds. */
public final class LineCutter {

    private final ScannedLines lines;
    private final List<LineRecord> records = new ArrayList<>();

    /** The next edit that was not passed by. */
    private int edit;

    private LineCutter(ScannedLines lines) {
        this.lines = lines;
    }

    /**
     * Cuts the payload; the lines keep their order.
     *
     * @param passing the indexes of the hosts whose lines go on
     * @return the agent's own bytes, if all of them pass unchanged and fit one record
     */
    public static List<LineRecord> cut(ScannedLines lines, BitSet passing) {
        var cutter = new LineCutter(lines);
        cutter.run(passing);
        return cutter.records;
    }

    private void run(BitSet passing) {
        var chosen = new ArrayList<Integer>();
        var size = 0L;
        for (var run = 0; run < lines.runCount(); run++) {
            if (!passing.get(lines.runHost(run))) {
                continue;
            }
            var runSize = size(run);
            if (!chosen.isEmpty() && size + runSize > lines.recordLimit()) {
                emit(chosen, Math.toIntExact(size));
                chosen.clear();
                size = 0;
            }
            chosen.add(run);
            size += runSize;
        }
        if (!chosen.isEmpty()) {
            emit(chosen, Math.toIntExact(size));
        }
    }

    /** The exact size of a run after its edits; runs are asked in order, so that edits are walked through once. */
    private int size(int run) {
        var size = lines.runEnd(run) - lines.runStart(run);
        skipTo(lines.runStart(run));
        for (; edit < lines.editCount() && lines.editStart(edit) < lines.runEnd(run); edit++) {
            size += growth(edit);
        }
        // An insertion at the very end belongs to a last line without a line feed.
        if (lines.runEnd(run) == lines.length() && edit < lines.editCount()) {
            size += growth(edit++);
        }
        return size;
    }

    private void skipTo(int start) {
        while (edit < lines.editCount() && lines.editStart(edit) < start) {
            edit++;
        }
    }

    private int growth(int at) {
        var replaced = lines.editEnd(at) - lines.editStart(at);
        return Decimal.length(lines.editNanos(at)) - replaced + (replaced == 0 ? 1 : 0);
    }

    private void emit(List<Integer> chosen, int size) {
        var hosts = new BitSet();
        var count = 0;
        for (int run : chosen) {
            hosts.set(lines.runHost(run));
            count += lines.runLines(run);
        }
        records.add(new LineRecord(value(chosen, size), hosts, lines.runHost(chosen.getFirst()), count));
    }

    private byte[] value(List<Integer> chosen, int size) {
        var bytes = lines.bytes();
        if (lines.editCount() == 0 && size == bytes.length) {
            return bytes;
        }
        return new Writer(size).write(chosen);
    }

    /** Writes one record. */
    private final class Writer {
        private final byte[] target;
        private int at;

        Writer(int size) {
            target = new byte[size];
        }

        byte[] write(List<Integer> chosen) {
            var next = firstEdit(lines.runStart(chosen.getFirst()));
            for (int run : chosen) {
                var from = lines.runStart(run);
                var to = lines.runEnd(run);
                while (next < lines.editCount() && lines.editStart(next) < from) {
                    next++;
                }
                while (next < lines.editCount() && belongs(next, to)) {
                    copy(from, lines.editStart(next));
                    if (lines.editStart(next) == lines.editEnd(next)) {
                        target[at++] = ' ';
                    }
                    at = Decimal.write(lines.editNanos(next), target, at);
                    from = lines.editEnd(next);
                    next++;
                }
                copy(from, to);
            }
            return target;
        }

        private boolean belongs(int next, int runEnd) {
            return lines.editStart(next) < runEnd || runEnd == lines.length();
        }

        private void copy(int from, int to) {
            System.arraycopy(lines.bytes(), from, target, at, to - from);
            at += to - from;
        }

        private int firstEdit(int start) {
            var low = 0;
            var high = lines.editCount();
            while (low < high) {
                var middle = (low + high) >>> 1;
                if (lines.editStart(middle) < start) {
                    low = middle + 1;
                } else {
                    high = middle;
                }
            }
            return low;
        }
    }
}
