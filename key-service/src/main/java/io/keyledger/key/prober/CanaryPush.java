package io.keyledger.key.prober;

import io.keyledger.key.secret.Secret;
import java.net.URI;

/** How the prober pushes: a port. */
@FunctionalInterface
interface CanaryPush {

    /**
     * Pushes one line and waits for the answer, which always comes.
     *
     * @param collector the base of its URLs
     */
    PushReply push(URI collector, Secret key) throws InterruptedException;
}
