package io.keyledger.key.secret;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Where the keyset is, under which secrets and data keys are sealed.
 *
 * @param file a Tink keyset in JSON; made with mode 600 at the first start, never overwritten
 * @param kmsUri instead of a file: the URI of a key in a key management service, such as {@code aws-kms://arn:…}
 */
@ConfigurationProperties("keyledger.keyset")
public record KeysetProperties(
        @DefaultValue("data/keyset.json") Path file,
        @Nullable String kmsUri) {}
