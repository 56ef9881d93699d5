package io.keyledger.key.secret;

import com.google.crypto.tink.Aead;
import com.google.crypto.tink.KmsClient;
import com.google.crypto.tink.aead.AeadConfig;
import com.google.crypto.tink.aead.AeadConfig2026;
import com.google.crypto.tink.aead.KmsEnvelopeAead;
import com.google.crypto.tink.aead.PredefinedAeadParameters;
import io.keyledger.codec.LedgerCodec;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ServiceLoader;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Puts the keyset in place. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(KeysetProperties.class)
public class SecretConfiguration {

    private static final Duration KMS_PATIENCE = Duration.ofSeconds(2);

    @Bean
    Aead keyset(KeysetProperties properties) throws GeneralSecurityException {
        AeadConfig.register();
        var uri = properties.kmsUri();
        return uri == null || uri.isBlank()
                ? new KeysetFile(properties.file()).openOrMake().getPrimitive(AeadConfig2026.get(), Aead.class)
                : remote(uri);
    }

    @Bean
    SecretGenerator secretGenerator() {
        return new SecretGenerator(new SecureRandom());
    }

    @Bean
    SecretSealer secretSealer(Aead keyset) {
        return new SecretSealer(keyset);
    }

    /** Also the ledger's loader knows it by this name, to fill it. */
    @Bean
    KafkaDataKeys dataKeysFollower(LedgerCodec codec) {
        return new KafkaDataKeys(codec);
    }

    @Bean
    DataKeySealer dataKeySealer(Aead keyset, DataKeys dataKeys) {
        return new DataKeySealer(keyset, dataKeys);
    }

    /** Each secret under a key of its own, which the service wraps: its key never leaves it. */
    private static Aead remote(String uri) {
        try {
            var client = ServiceLoader.load(KmsClient.class).stream()
                    .map(ServiceLoader.Provider::get)
                    .filter(candidate -> candidate.doesSupport(uri))
                    .findFirst()
                    .orElseThrow(() -> new GeneralSecurityException("no client knows it"));
            var service = client.withDefaultCredentials().getAead(uri);
            return KmsEnvelopeAead.create(PredefinedAeadParameters.AES256_GCM, new RemoteAead(service, KMS_PATIENCE));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(
                    "Expected to reach the key keyledger.keyset.kms-uri=" + uri
                            + ", but: " + e.getMessage()
                            + ". Is Tink's client for it, such as tink-awskms or tink-gcpkms, on the class path?",
                    e);
        }
    }
}
