/** Tests. */
@NullMarked
package io.keyledger.audit.chain;

import org.jspecify.annotations.NullMarked;
