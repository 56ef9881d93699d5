package io.keyledger.local;

import java.io.PrintStream;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/** Tells the terminal, or a file, how far the start is: a line for what has happened, and on a terminal one for what is awaited. */
final class Progress {
    private static final String CLEAR_LINE = "\r\u001b[K";

    private final PrintStream out;
    private final boolean terminal;
    private String waiting = "";

    Progress(PrintStream out, boolean terminal) {
        this.out = out;
        this.terminal = terminal;
    }

    /** Something happened. */
    synchronized void say(String line) {
        clear();
        out.println(line);
        redraw();
        out.flush();
    }

    /** What is awaited, until the next call; nothing if the list is empty. */
    synchronized void await(List<String> parts, Duration since) {
        if (terminal) {
            clear();
            waiting = parts.isEmpty() ? "" : "  … " + String.join(", ", parts) + " (" + seconds(since) + ")";
            redraw();
            out.flush();
        }
    }

    static String seconds(Duration duration) {
        return String.format(Locale.ROOT, "%.1f s", duration.toMillis() / 1000.0);
    }

    private void clear() {
        if (!waiting.isEmpty()) {
            out.print(CLEAR_LINE);
        }
    }

    private void redraw() {
        if (!waiting.isEmpty()) {
            out.print(waiting);
        }
    }
}
