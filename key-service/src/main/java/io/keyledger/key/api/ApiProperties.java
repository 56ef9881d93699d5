package io.keyledger.key.api;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * How much a request may hold.
 *
 * @param maxBody of a request
 */
@ConfigurationProperties("keyledger.api")
record ApiProperties(@DefaultValue("1MB") DataSize maxBody) {}
