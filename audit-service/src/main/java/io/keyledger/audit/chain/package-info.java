/** What the log says of one event, byte for byte, and whether it holds: leaf, chain, revision. Pure. */
@NullMarked
package io.keyledger.audit.chain;

import org.jspecify.annotations.NullMarked;
