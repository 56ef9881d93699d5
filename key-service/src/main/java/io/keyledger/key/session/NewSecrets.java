package io.keyledger.key.session;

import io.keyledger.event.KeyId;
import io.keyledger.event.KeyKind;
import io.keyledger.event.OrganizationId;
import io.keyledger.key.ledger.NewSecret;
import io.keyledger.key.secret.Secret;
import io.keyledger.key.secret.SecretGenerator;
import io.keyledger.key.secret.SecretSealer;
import java.util.UUID;
import java.util.function.Supplier;

/** Makes secrets, and what commands carry of them. */
public final class NewSecrets {

    private final SecretGenerator generator;
    private final SecretSealer sealer;
    private final Supplier<UUID> ids;

    /**
     * Makes secrets.
     *
     * @param ids of the keys' records
     */
    public NewSecrets(SecretGenerator generator, SecretSealer sealer, Supplier<UUID> ids) {
        this.generator = generator;
        this.sealer = sealer;
        this.ids = ids;
    }

    /** A new secret for a key of that kind. */
    public Secret generate(KeyKind kind) {
        return generator.generate(kind);
    }

    /** What a command carries of a Collector key's secret. */
    public NewSecret recoverable(OrganizationId organization, Secret secret) {
        return new NewSecret(new KeyId(ids.get()), secret.hash(), secret.hint(), sealer.seal(organization, secret));
    }

    /** What a command carries of a token: it cannot be shown again. */
    public NewSecret shownOnce(Secret token) {
        return new NewSecret(new KeyId(ids.get()), token.hash(), token.hint(), null);
    }
}
