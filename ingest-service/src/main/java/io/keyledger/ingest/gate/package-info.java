/** Who may push what: the key, then the hosts; pure (DESIGN.md, section 6). */
@NullMarked
package io.keyledger.ingest.gate;

import org.jspecify.annotations.NullMarked;
