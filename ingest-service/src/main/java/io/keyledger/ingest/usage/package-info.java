/** What a Collector counts, and how it tells: metrics, usage by key and host, denials, its own status. */
@NullMarked
package io.keyledger.ingest.usage;

import org.jspecify.annotations.NullMarked;
