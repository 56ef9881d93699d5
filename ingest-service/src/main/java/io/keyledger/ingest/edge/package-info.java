/** The HTTP edge of a Collector: one handler on Reactor Netty that reads pushes, asks the gate and answers. */
@NullMarked
package io.keyledger.ingest.edge;

import org.jspecify.annotations.NullMarked;
