package io.keyledger.key.api;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * How much requests may hold.
 *
 * @param maxBody of a request
 * @param maxBodies of all requests at one time
 */
@ConfigurationProperties("keyledger.api")
record ApiProperties(
        @DefaultValue("1MB") DataSize maxBody,
        @DefaultValue("16MB") DataSize maxBodies) {}
