/** Tests. */
@NullMarked
package io.keyledger.audit.verify;

import org.jspecify.annotations.NullMarked;
