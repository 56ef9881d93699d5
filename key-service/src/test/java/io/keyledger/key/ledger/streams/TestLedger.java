package io.keyledger.key.ledger.streams;

import io.keyledger.codec.LedgerCodec;
import io.keyledger.codec.RecordType;
import io.keyledger.codec.SchemaCatalog;
import io.keyledger.codec.SchemaRecord;
import io.keyledger.event.Actor;
import io.keyledger.event.CommandId;
import io.keyledger.event.OrganizationId;
import io.keyledger.key.ledger.Command;
import io.keyledger.key.ledger.CommandRequest;
import io.keyledger.key.ledger.Fixtures;
import io.keyledger.key.ledger.NewSecret;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What tests of the ledger share. */
final class TestLedger {

    static final UUID LEDGER_ID = UUID.nameUUIDFromBytes(new byte[] {42});

    private TestLedger() {}

    /** Knows ids for all schemas, as if a registry had given them. */
    static SchemaCatalog catalog() {
        var catalog = new SchemaCatalog();
        var id = 1;
        for (var type : RecordType.ALL) {
            catalog.learn(new SchemaRecord(type.fingerprint(), id++, type.subject(), type.schema()));
        }
        return catalog;
    }

    static LedgerCodec codec() {
        return new LedgerCodec(catalog());
    }

    /** A new organization with an Owner and secrets of its own. */
    static Command.CreateOrganization createOrganization(OrganizationId organization) {
        var sample = Fixtures.createOrganization();
        return new Command.CreateOrganization(
                sample.name(),
                sample.ownerId(),
                sample.ownerName(),
                secret(Fixtures.OWNER_TOKEN, organization),
                secret(Fixtures.GLOBAL, organization),
                sample.dataKeys().stream()
                        .map(key -> key.subject().equals(Fixtures.ORGANIZATION.value())
                                ? new io.keyledger.key.ledger.WrappedDataKey(organization.value(), key.wrapped())
                                : key)
                        .toList());
    }

    /** The Owner of {@link #createOrganization}, by the provisioned token. */
    static Actor owner(OrganizationId organization) {
        return new Actor(
                Actor.Kind.USER,
                Fixtures.OWNER_ID,
                secret(Fixtures.OWNER_TOKEN, organization).keyId(),
                null);
    }

    static NewSecret secret(NewSecret sample, OrganizationId organization) {
        var made = Fixtures.secret(sample.hint() + organization);
        return new NewSecret(made.keyId(), made.hash(), made.hint(), sample.sealed());
    }

    static CommandRequest request(
            OrganizationId organization,
            Actor actor,
            Command command,
            Instant now,
            CommandRequest.@Nullable Idempotency idempotency) {
        return new CommandRequest(
                new CommandId(UUID.randomUUID()),
                organization,
                actor,
                "test-1",
                now,
                now.plus(Duration.ofSeconds(20)),
                idempotency,
                command);
    }
}
