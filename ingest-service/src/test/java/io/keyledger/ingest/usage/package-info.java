/** What is counted. */
@NullMarked
package io.keyledger.ingest.usage;

import org.jspecify.annotations.NullMarked;
