package io.keyledger.key.session;

import io.keyledger.event.KeyKind;
import io.keyledger.event.OrganizationId;
import io.keyledger.event.UserId;
import io.keyledger.key.ledger.Command;
import io.keyledger.key.ledger.WrappedDataKey;
import io.keyledger.key.secret.DataKeySealer;
import io.keyledger.key.secret.Secret;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Makes the command that an organization begins with. */
public final class NewOrganization {

    private static final String OWNER_NAME = "Owner";

    private final NewSecrets secrets;
    private final DataKeySealer personal;
    private final Supplier<UUID> ids;

    public NewOrganization(NewSecrets secrets, DataKeySealer personal, Supplier<UUID> ids) {
        this.secrets = secrets;
        this.personal = personal;
        this.ids = ids;
    }

    /**
     * The command that makes an organization.
     *
     * @param ownerToken the first Owner's token, or null for none
     * @param dataKey the organization's own
     */
    public Command.CreateOrganization command(
            OrganizationId organization, String name, @Nullable Secret ownerToken, WrappedDataKey dataKey) {
        var owner = new UserId(ids.get());
        var ownersDataKey = personal.make(owner.value());
        return new Command.CreateOrganization(
                name,
                owner,
                personal.seal(ownersDataKey, OWNER_NAME),
                ownerToken == null ? null : secrets.shownOnce(ownerToken),
                secrets.recoverable(organization, secrets.generate(KeyKind.GLOBAL)),
                List.of(dataKey, ownersDataKey));
    }
}
