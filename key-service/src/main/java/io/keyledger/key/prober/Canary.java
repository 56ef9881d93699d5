package io.keyledger.key.prober;

import io.keyledger.key.secret.Secret;

/** What the prober changes: a port. */
interface Canary {

    /** The secret to push with, also after its revocation. */
    Secret key();

    /** Applies a change; returns when it is in force, and throws if it may not be. */
    void apply(CanaryChange change);
}
