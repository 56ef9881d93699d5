/** The ledger on Kafka: the Streams topology, its stores and topics, and the gateway by which commands reach it. */
@NullMarked
package io.keyledger.key.ledger.streams;

import org.jspecify.annotations.NullMarked;
