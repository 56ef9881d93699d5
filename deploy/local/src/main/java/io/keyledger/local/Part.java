package io.keyledger.local;

import java.io.IOException;
import java.util.Optional;

/** One process of the suite. */
interface Part {
    String name();

    /** Where it tells what it does. */
    RotatingLog log();

    /** Ends what a killed run left behind of this part; true if there was something. */
    boolean endOrphan() throws IOException;

    /** Starts it; it need not be ready when this returns. */
    void start() throws IOException;

    /** Whether it does its work now. */
    boolean isReady();

    /** Its process, while it runs. */
    Optional<ProcessHandle> process();

    /** Why it ended, in a few words. */
    String ending();

    /** Ends it cleanly, or by force if it hangs; returns when it has ended. */
    void stop();
}
