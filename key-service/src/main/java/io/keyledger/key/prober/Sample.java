package io.keyledger.key.prober;

import java.time.Duration;
import java.time.Instant;

/** One Collector followed one change. */
record Sample(Instant at, String collector, CanaryChange change, Duration sinceCall, Duration sinceAnswer) {}
