/** Secrets and personal data: made, hashed, sealed and opened; the only place where plaintext exists, but for the API's edge. */
@NullMarked
package io.keyledger.key.secret;

import org.jspecify.annotations.NullMarked;
