package io.keyledger.key.ledger.streams;

import java.net.URI;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The schema registry.
 *
 * @param url the base of Confluent's REST API
 */
@ConfigurationProperties("keyledger.registry")
public record RegistryProperties(
        @DefaultValue("http://127.0.0.1:8085/apis/ccompat/v7")
        URI url) {}
