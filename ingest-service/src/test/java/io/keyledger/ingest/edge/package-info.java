/** Bodies and proofs, with fakes. */
@NullMarked
package io.keyledger.ingest.edge;

import org.jspecify.annotations.NullMarked;
