package io.keyledger.key.api;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * How much a request may hold, and how long a read waits.
 *
 * @param maxBody of a request
 * @param directoryWait for how long a read waits for what was just changed
 */
@ConfigurationProperties("keyledger.api")
record ApiProperties(
        @DefaultValue("1MB") DataSize maxBody,
        @DefaultValue("2s") Duration directoryWait) {}
