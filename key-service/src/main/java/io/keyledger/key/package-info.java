/** The key-service: how it starts. */
@NullMarked
package io.keyledger.key;

import org.jspecify.annotations.NullMarked;
