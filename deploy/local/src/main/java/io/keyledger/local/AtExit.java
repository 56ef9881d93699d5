package io.keyledger.local;

/**
 * Ends something when it is closed, or when this JVM is told to end (Ctrl-C, SIGTERM): processes would go on without it.
 * Once; a second call waits until the first is through.
 */
public final class AtExit implements AutoCloseable {

    private final Runnable end;
    private final Thread hook = new Thread(this::endOnce, "end");
    private boolean isEnded;

    private AtExit(Runnable end) {
        this.end = end;
    }

    /** Has this done when the JVM ends, unless it was done before. */
    public static AtExit run(Runnable end) {
        var atExit = new AtExit(end);
        Runtime.getRuntime().addShutdownHook(atExit.hook);
        return atExit;
    }

    @Override
    public void close() {
        endOnce();
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException _) {
            // The JVM ends already.
        }
    }

    private synchronized void endOnce() {
        if (!isEnded) {
            isEnded = true;
            end.run();
        }
    }
}
