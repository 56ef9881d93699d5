/** The suite on one machine without Docker: the real broker, PostgreSQL and registry as small parts, and their supervisor. */
@NullMarked
package io.keyledger.local;

import org.jspecify.annotations.NullMarked;
