package io.keyledger.audit.ledger;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How the tables by which callers are checked are used.
 *
 * @param maxStaleness for how long, cut off from Kafka, callers are still checked by what is known
 */
@ConfigurationProperties("keyledger.table")
record TableSettings(@DefaultValue("5m") Duration maxStaleness) {}
