/** The prober: changes an organization of its own all day, and measures how soon each Collector follows. */
@NullMarked
package io.keyledger.key.prober;

import org.jspecify.annotations.NullMarked;
