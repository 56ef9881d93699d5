package io.keyledger.key.ledger.streams;

import java.time.Duration;
import java.util.function.Consumer;

/** Says now and then how far a long piece of work is. */
final class Progress {

    private final Duration every;
    private final Consumer<String> out;
    private long last = System.nanoTime();
    private String step = "";
    private long count;

    /** @param out takes a line, the next one not before {@code every} has passed */
    Progress(Duration every, Consumer<String> out) {
        this.every = every;
        this.out = out;
    }

    /** Nobody is told. */
    static Progress untold() {
        return new Progress(Duration.ZERO, _ -> {});
    }

    /** Another piece of work begins. */
    void step(String next) {
        step = next;
        count = 0;
        tell(step);
    }

    /** One more thing is done. */
    void done() {
        count++;
        tell(step + ", " + count + " so far");
    }

    private void tell(String line) {
        var now = System.nanoTime();
        if (now - last >= every.toNanos()) {
            last = now;
            out.accept(line);
        }
    }
}
