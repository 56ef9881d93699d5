/** Line protocol, credentials and answers, against SENDERS.md and a parser written apart. */
@NullMarked
package io.keyledger.ingest.protocol;

import org.jspecify.annotations.NullMarked;
