/** The suite as its users meet it: real processes, real HTTP, real broker and database. */
@NullMarked
package io.keyledger.e2e;

import org.jspecify.annotations.NullMarked;
