/** Events from Kafka into the permanent record in PostgreSQL: exactly once, checked, never stepped over. */
@NullMarked
package io.keyledger.audit.record;

import org.jspecify.annotations.NullMarked;
