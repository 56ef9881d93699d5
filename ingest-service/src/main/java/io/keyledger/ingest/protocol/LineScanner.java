package io.keyledger.ingest.protocol;

/**
 * Reads InfluxDB line protocol in one pass over the bytes and copies none. It takes what Telegraf's own parser takes,
 * for that is what reads the telemetry from Kafka, and finds each line's {@code host}; a line that it cannot read costs
 * that line alone. A line is left where the error was found and goes on after the next line feed, so that text inside
 * a string is never taken for a line.
 */
public final class LineScanner {

    private final byte[] bytes;
    private final int end;
    private final Precision precision;
    private final long receivedNanos;
    private final int maxLines;
    private final Allowance allowance;
    private final ScannedLines lines;
    private final FieldScanner fields;
    private final HostIndex hosts;

    private int position;
    private int hostStart;
    private int hostEnd;
    private boolean hostEscaped;
    private boolean tagEscaped;
    private Malformation malformation = Malformation.MEASUREMENT;

    private LineScanner(
            byte[] bytes, int length, Precision precision, long receivedNanos, PayloadLimits limits, Room room) {
        this.bytes = bytes;
        this.end = length;
        this.precision = precision;
        this.receivedNanos = receivedNanos;
        this.maxLines = limits.lines();
        this.allowance = new Allowance(room);
        this.lines = new ScannedLines(bytes, length, limits.recordBytes(), allowance);
        this.fields = new FieldScanner(bytes, length);
        this.hosts = lines.index();
    }

    /**
     * Scans a payload.
     *
     * @param bytes kept by the result, not copied
     * @param length how many of them are the payload
     * @param precision the unit of its timestamps; the result has nanoseconds
     * @param receivedNanos Unix time in nanoseconds, for the lines that have no timestamp
     * @param room for what is kept beside the bytes: hosts, runs of lines, timestamps
     */
    public static Scanned scan(
            byte[] bytes, int length, Precision precision, long receivedNanos, PayloadLimits limits, Room room) {
        return new LineScanner(bytes, length, precision, receivedNanos, limits, room).run();
    }

    private Scanned run() {
        while (position < end && !tooMany() && !allowance.spent()) {
            var start = position;
            var p = Bytes.skipBlanks(bytes, start, end);
            if (p == end || Bytes.isLineEnd(bytes, p, end) || bytes[p] == '#') {
                position = Bytes.afterLineFeed(bytes, p, end);
                lines.filler(start, position);
            } else if (!line(start, p)) {
                // Telegraf and InfluxDB go on at the next line feed after the error, too.
                position = Bytes.afterLineFeed(bytes, position, end);
                lines.malformed(start, malformation);
            }
        }
        lines.finish();
        if (allowance.spent()) {
            return new Scanned.NoRoom();
        }
        return tooMany() ? new Scanned.TooManyLines() : lines;
    }

    private boolean tooMany() {
        return lines.lines() + lines.malformed() > maxLines;
    }

    /** Reads one line and adds it; false with {@link #malformation} and the position of the error. */
    private boolean line(int start, int first) {
        hostStart = -1;
        var p = measurement(first);
        if (p < 0 || (p = tags(p)) < 0) {
            return false;
        }
        p = fields.scan(Bytes.skipBlanks(bytes, p, end));
        if (p < 0) {
            return fail(fields.malformation(), fields.position());
        }
        return rest(start, p);
    }

    private int measurement(int first) {
        var b = bytes;
        var stop = end;
        var p = first;
        while (p < stop) {
            var kind = Bytes.kind(b[p]);
            if (kind == Bytes.COMMA || kind == Bytes.BLANK) {
                return p > first ? p : failAt(Malformation.MEASUREMENT, p);
            }
            if (kind == Bytes.CONTROL) {
                break;
            }
            if (kind == Bytes.BACKSLASH && (p = Bytes.afterStrictEscape(b, p, end)) < 0) {
                return failAt(Malformation.MEASUREMENT, ~p);
            }
            p++;
        }
        return failAt(Malformation.MEASUREMENT, p);
    }

    private int tags(int first) {
        var b = bytes;
        var p = first;
        while (b[p] == ',') {
            var keyStart = p + 1;
            p = tagText(keyStart);
            if (p < 0 || p == keyStart || p == end || b[p] != '=') {
                return failAt(Malformation.TAG, p < 0 ? position : p);
            }
            var isHost = p - keyStart == 4 && Bytes.isHost(b, keyStart);
            var valueStart = p + 1;
            tagEscaped = false;
            p = tagText(valueStart);
            if (p < 0 || p == valueStart || !endsTag(p)) {
                return failAt(Malformation.TAG, p < 0 ? position : p);
            }
            if (isHost && !host(valueStart, p)) {
                return -1;
            }
        }
        return p;
    }

    private boolean endsTag(int p) {
        return p < end && (Bytes.kind(bytes[p]) == Bytes.COMMA || Bytes.kind(bytes[p]) == Bytes.BLANK);
    }

    /** The end of a tag's key or value; -1 with {@link #position} set if a backslash ends the line. */
    private int tagText(int first) {
        var b = bytes;
        var stop = end;
        var p = first;
        while (p < stop) {
            var kind = Bytes.kind(b[p]);
            if (kind == Bytes.PLAIN || kind == Bytes.QUOTE) {
                p++;
            } else if (kind == Bytes.BACKSLASH) {
                tagEscaped = true;
                // A backslash is itself unless a separator follows: so do Telegraf and InfluxDB read a\\,b, too.
                var next = p + 1 < stop ? Bytes.kind(b[p + 1]) : Bytes.CONTROL;
                if (next == Bytes.CONTROL || b[p + 1] == '\t') {
                    position = p;
                    return -1;
                }
                p += next == Bytes.COMMA || next == Bytes.EQUALS || next == Bytes.BLANK ? 2 : 1;
            } else {
                return p;
            }
        }
        return p;
    }

    private boolean host(int start, int endOfValue) {
        if (hostStart >= 0) {
            return fail(Malformation.DUPLICATE_HOST, endOfValue);
        }
        hostStart = start;
        hostEnd = endOfValue;
        hostEscaped = tagEscaped;
        return true;
    }

    /** After the fields: an optional timestamp, blanks, the end of the line. */
    private boolean rest(int start, int afterFields) {
        var p = Bytes.skipBlanks(bytes, afterFields, end);
        var editStart = afterFields;
        var editEnd = afterFields;
        var nanos = receivedNanos;
        if (p > afterFields && p < end && (bytes[p] == '-' || Bytes.isDigit(bytes[p]))) {
            editStart = p;
            p = fields.integer(p, 19, false);
            if (p < 0) {
                return fail(Malformation.TIMESTAMP, editStart);
            }
            editEnd = p;
            nanos = fields.value();
            if (precision != Precision.NANOSECONDS) {
                var high = Math.multiplyHigh(nanos, precision.nanos());
                nanos *= precision.nanos();
                if (high != nanos >> 63) {
                    return fail(Malformation.TIMESTAMP, p);
                }
            }
            p = Bytes.skipBlanks(bytes, p, end);
        }
        if (p < end && !Bytes.isLineEnd(bytes, p, end)) {
            return fail(Malformation.TIMESTAMP, p);
        }
        var next = Bytes.afterLineFeed(bytes, p, end);
        var edited = editStart == editEnd || precision != Precision.NANOSECONDS;
        // Before its host is looked at: a line that goes nowhere has no say in what becomes of the others.
        if (!lines.fits(start, next, edited)) {
            return fail(Malformation.TOO_LONG, p);
        }
        var host = hostStart < 0 ? hosts.none() : hosts.of(hostStart, hostEnd, hostEscaped);
        if (host < 0) {
            return fail(Malformation.AMBIGUOUS_HOST, p);
        }
        lines.add(start, next, host, edited, editStart, editEnd, nanos);
        position = next;
        return true;
    }

    private int failAt(Malformation what, int where) {
        malformation = what;
        position = where;
        return -1;
    }

    private boolean fail(Malformation what, int where) {
        malformation = what;
        position = where;
        return false;
    }
}
