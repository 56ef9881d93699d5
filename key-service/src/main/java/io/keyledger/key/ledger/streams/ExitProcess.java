package io.keyledger.key.ledger.streams;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Ends this process, by its shutdown hooks if they can, else without them. */
final class ExitProcess implements FatalEnd {

    private static final Logger LOG = LoggerFactory.getLogger(ExitProcess.class);
    /** EX_SOFTWARE of sysexits.h. */
    private static final int STATUS = 70;

    private static final Duration HOOKS_TIMEOUT = Duration.ofSeconds(15);

    private final AtomicBoolean ending = new AtomicBoolean();

    @Override
    public void because(String why, Throwable cause) {
        if (!ending.compareAndSet(false, true)) {
            return;
        }
        LOG.atError().setCause(cause).log("This process ends: {}", why);
        // Not on the caller's thread: a hook may wait for it.
        Thread.ofPlatform().name("end-of-process").daemon().start(() -> System.exit(STATUS));
        Thread.ofPlatform().name("end-of-process-at-last").daemon().start(() -> {
            try {
                Thread.sleep(HOOKS_TIMEOUT);
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
            }
            Runtime.getRuntime().halt(STATUS);
        });
    }
}
