/** Measures what the suite takes: propagation, pushes, loading, and its pure parts alone. */
@NullMarked
package io.keyledger.bench;

import org.jspecify.annotations.NullMarked;
