package io.keyledger.ingest.protocol;

/** What is wrong with a line that cannot be read. */
public enum Malformation {
    MEASUREMENT("expected a measurement"),
    TAG("expected a tag as key=value"),
    FIELD("expected a field as key=value"),
    NUMBER("expected a number that fits its type"),
    STRING("expected a string in double quotes, with \\\" and \\\\ as its only escapes"),
    TIMESTAMP("expected a timestamp that fits 64 bits in nanoseconds, then the end of the line"),
    DUPLICATE_HOST("expected at most one host tag"),
    AMBIGUOUS_HOST("expected a host in UTF-8 without \\\""),
    TOO_LONG("expected a line that fits a record");

    private final String message;

    Malformation(String message) {
        this.message = message;
    }

    /** What was expected, a constant: nothing of the line is repeated. */
    public String message() {
        return message;
    }
}
