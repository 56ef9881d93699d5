/** A Collector with a real broker, pushed to over real HTTP. */
@NullMarked
package io.keyledger.ingest.it;

import org.jspecify.annotations.NullMarked;
