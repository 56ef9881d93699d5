/** The agents' protocols: bytes in, lines and hosts out, without a framework. */
@NullMarked
package io.keyledger.ingest.protocol;

import org.jspecify.annotations.NullMarked;
