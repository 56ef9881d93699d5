/** The client of the ledger: follows events, and fills tables from Kafka. */
@NullMarked
package io.keyledger.client;

import org.jspecify.annotations.NullMarked;
