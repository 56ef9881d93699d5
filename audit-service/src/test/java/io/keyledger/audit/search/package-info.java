/** Tests. */
@NullMarked
package io.keyledger.audit.search;

import org.jspecify.annotations.NullMarked;
