/** The HTTP edge of a Collector, directly on Netty: reads pushes, asks the gate and answers. */
@NullMarked
package io.keyledger.ingest.edge;

import org.jspecify.annotations.NullMarked;
