package io.keyledger.ingest.protocol;

import io.keyledger.event.HostName;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Line protocol by regular expressions: slow, and written apart from the scanner. Text is ISO-8859-1, a char a byte. */
final class ReferenceParser {

    /** What one line is: its text without the line end, its host, its timestamp. */
    record Line(
            String text,
            Optional<HostName> host,
            String beforeTimestamp,
            @Nullable Long timestamp) {}

    private static final String BLANK = "[ \t]";
    private static final String STRICT_ESCAPE =
            "\\\\(?:[^\\\\\t\n\f\r\\x0B\\x00]|\\\\(?![,= \t\\\\\"\n\f\r\\x0B\\x00]))";
    private static final String MEASUREMENT = "(?:[^#\t\n\f\r\\x0B\\x00 ,\\\\]|" + STRICT_ESCAPE
            + ")(?:[^\t\n\f\r\\x0B\\x00 ,\\\\]|" + STRICT_ESCAPE + ")*+";
    private static final String TAG_TEXT =
            "(?:[^\t\n\f\r\\x0B\\x00 ,=\\\\]|\\\\[,= ]|\\\\(?=[^,= \t\n\f\r\\x0B\\x00]))++";
    private static final String FIELD_KEY = "(?:[^\t\n\f\r\\x0B\\x00 ,=\\\\]|" + STRICT_ESCAPE + ")++";
    private static final String STRING = "\"(?:[^\\\\\"\r\f]|\\\\[\\\\\"]|\r\n)*+\"";
    private static final String VALUE = "(?:" + STRING
            + "|-?(?:0|[1-9][0-9]*)i|(?:0|[1-9][0-9]*)u"
            + "|-?(?:[0-9]+(?:\\.[0-9]*)?|\\.[0-9]+)(?:[eE][-+]?[0-9]+)?"
            + "|true|false|True|False|TRUE|FALSE|t|f|T|F)(?=[, \t\n]|\r\n|\\z)";
    private static final Pattern TAG = Pattern.compile(",(" + TAG_TEXT + ")=(" + TAG_TEXT + ")(?=[, \t])");
    private static final Pattern NAME = Pattern.compile(MEASUREMENT + "(?=[, \t])");
    private static final Pattern FIELD = Pattern.compile(FIELD_KEY + "=(" + VALUE + ")");
    private static final Pattern REST = Pattern.compile("(?:" + BLANK + "+(-?[0-9]{1,19}))?" + BLANK + "*(\r?\n|\\z)");
    private static final Pattern NOTHING = Pattern.compile(BLANK + "*(?:#[^\n]*)?(?:\r?\n|\\z)");
    private static final Pattern BLANKS = Pattern.compile(BLANK + "*");

    private final String text;
    private final long unitNanos;
    private int at;
    final List<Line> lines = new ArrayList<>();
    int malformed;

    private ReferenceParser(String text, long unitNanos) {
        this.text = text;
        this.unitNanos = unitNanos;
    }

    static ReferenceParser parse(String text, long unitNanos) {
        var parser = new ReferenceParser(text, unitNanos);
        while (parser.at < text.length()) {
            parser.next();
        }
        return parser;
    }

    private void next() {
        var start = at;
        if (take(NOTHING) != null) {
            return;
        }
        var line = line(start);
        if (line != null) {
            lines.add(line);
        } else {
            malformed++;
            // A string that was begun swallows line feeds up to where it fails.
            var lineFeed = text.indexOf('\n', at);
            at = lineFeed < 0 ? text.length() : lineFeed + 1;
        }
    }

    private @Nullable Line line(int start) {
        take(BLANKS);
        if (take(NAME) == null) {
            return null;
        }
        Optional<HostName> host = Optional.empty();
        var hosts = 0;
        for (var tag = take(TAG); tag != null; tag = take(TAG)) {
            if (tag.group(1).equals("host")) {
                hosts++;
                if (ambiguous(tag.group(2))) {
                    return null;
                }
                host = host(tag.group(2));
            }
        }
        if (hosts > 1 || at == text.length() || text.charAt(at) == ',') {
            return null;
        }
        take(BLANKS);
        if (!fields()) {
            return null;
        }
        return rest(start, host);
    }

    private boolean fields() {
        do {
            var field = take(FIELD);
            if (field == null) {
                skipBrokenString();
                return false;
            }
            if (!fits(field.group(1))) {
                return false;
            }
        } while (at < text.length() && text.charAt(at) == ',' && at++ >= 0);
        return true;
    }

    /** Where the scanner stops inside a broken string: at the character that no string has, or after its end. */
    private void skipBrokenString() {
        var broken = Pattern.compile(FIELD_KEY + "=\"(?:[^\\\\\"\r\f]|\\\\[\\\\\"]|\r\n)*+(\"?)")
                .matcher(text);
        if (broken.region(at, text.length()).lookingAt()) {
            at = broken.end();
        }
    }

    private static boolean fits(String value) {
        if (value.startsWith("\"") || Character.isLetter(value.charAt(0))) {
            return true;
        }
        var digits = value.substring(0, value.length() - 1);
        try {
            if (value.endsWith("i")) {
                Long.parseLong(digits);
            } else if (value.endsWith("u")) {
                Long.parseUnsignedLong(digits);
            } else {
                return Double.isFinite(Double.parseDouble(value));
            }
            return true;
        } catch (NumberFormatException _) {
            return false;
        }
    }

    private @Nullable Line rest(int start, Optional<HostName> host) {
        var beforeTimestamp = text.substring(start, at);
        var rest = take(REST);
        if (rest == null) {
            return null;
        }
        var end = rest.start(2);
        if (rest.group(1) == null) {
            return new Line(text.substring(start, end), host, beforeTimestamp, null);
        }
        try {
            var nanos = Math.multiplyExact(Long.parseLong(rest.group(1)), unitNanos);
            return new Line(text.substring(start, end), host, beforeTimestamp, nanos);
        } catch (ArithmeticException | NumberFormatException _) {
            at = rest.start(2);
            return null;
        }
    }

    private static boolean ambiguous(String raw) {
        return raw.contains("\\\"") || utf8(raw).indexOf('\uFFFD') >= 0;
    }

    private static String utf8(String raw) {
        return new String(raw.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
    }

    private static Optional<HostName> host(String raw) {
        try {
            return Optional.of(new HostName(utf8(raw).replaceAll("\\\\([,= ])", "$1")));
        } catch (IllegalArgumentException _) {
            return Optional.empty();
        }
    }

    private @Nullable Matcher take(Pattern pattern) {
        var matcher = pattern.matcher(text).region(at, text.length());
        matcher.useTransparentBounds(true);
        if (!matcher.lookingAt()) {
            return null;
        }
        at = matcher.end();
        return matcher;
    }
}
