package io.keyledger.key.ledger;

import io.keyledger.event.HostName;
import io.keyledger.event.MixedBatches;
import io.keyledger.event.RevocationReason;
import io.keyledger.event.SealedValue;
import io.keyledger.event.SystemId;
import io.keyledger.event.UnlinkedHosts;
import io.keyledger.event.UserId;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What somebody wants changed. Ids and secrets' hashes are made at the edge, before the command is sent. */
public sealed interface Command {

    /** A command that changes something that two people may edit: refused if it changed since. */
    sealed interface Conditional extends Command {
        /** The version from {@code If-Match}, or null for whatever is there. */
        @Nullable
        Long expectedVersion();
    }

    /** A command that makes secrets: what must be able to be revealed is kept from here. */
    sealed interface BringsSecrets extends Command {
        /** All secrets that the command brings. */
        List<NewSecret> secrets();
    }

    /**
     * Makes an organization, active, with its first Owner, the Owner's token and a global key.
     *
     * @param ownerName sealed under the Owner's data key
     * @param dataKeys the new data keys of the organization and of the Owner, wrapped by the keyset
     */
    record CreateOrganization(
            String name,
            UserId ownerId,
            SealedValue ownerName,
            @Nullable NewSecret ownerToken,
            NewSecret globalKey,
            List<WrappedDataKey> dataKeys)
            implements BringsSecrets {
        public CreateOrganization {
            dataKeys = List.copyOf(dataKeys);
        }

        @Override
        public List<NewSecret> secrets() {
            return ownerToken == null ? List.of(globalKey) : List.of(ownerToken, globalKey);
        }
    }

    /**
     * Makes the value of {@code KEYLEDGER_OWNER_TOKEN} a token of the organization's Owner and revokes the provisioned
     * one before it. The same value again changes nothing; one that was revoked stays revoked.
     */
    record ProvisionOwnerToken(NewSecret token) implements BringsSecrets {
        @Override
        public List<NewSecret> secrets() {
            return List.of(token);
        }
    }

    /** Revokes the provisioned owner token, if there is one. */
    record WithdrawOwnerToken() implements Command {}

    /** Changes settings; what is null stays as it is. */
    record ChangeSettings(
            @Nullable Boolean agentsActive,
            @Nullable UnlinkedHosts unlinkedHosts,
            @Nullable MixedBatches mixedBatches,
            @Nullable Long expectedVersion)
            implements Conditional {}

    /** Registers a System; its name is unique in the organization, compared without case. */
    record RegisterSystem(SystemId systemId, String name) implements Command {}

    /** Gives a System another name. */
    record RenameSystem(
            SystemId systemId, String name, @Nullable Long expectedVersion) implements Conditional {}

    /** Removes a System that no host is linked to, and revokes its override. */
    record RemoveSystem(SystemId systemId, @Nullable Long expectedVersion) implements Conditional {}

    /** Links hosts to a System; {@code move} takes them from another System. */
    record LinkHosts(SystemId systemId, List<HostName> hosts, boolean move) implements Command {
        public LinkHosts {
            hosts = List.copyOf(hosts);
        }
    }

    /** Makes these hosts the System's hosts: links what is new, unlinks what is not named. */
    record ReplaceHosts(
            SystemId systemId,
            List<HostName> hosts,
            boolean move,
            @Nullable Long expectedVersion) implements Conditional {
        public ReplaceHosts {
            hosts = List.copyOf(hosts);
        }
    }

    /**
     * Links each of these hosts that may be linked, and names the others in its answer: a part of a change that is too
     * large for one command.
     */
    record LinkEachHost(
            SystemId systemId,
            List<HostName> hosts,
            boolean move,
            @Nullable Long expectedVersion) implements Conditional {
        public LinkEachHost {
            hosts = List.copyOf(hosts);
        }
    }

    /**
     * Unlinks the System's hosts between two names that are not kept, as many as one command may; the answer says where
     * the rest begins. A part of a change that is too large for one command.
     *
     * @param after null: from the first name on
     * @param through the last name that is looked at, or null: to the last
     */
    record UnlinkOtherHosts(
            SystemId systemId,
            @Nullable HostName after,
            @Nullable HostName through,
            List<HostName> kept) implements Command {
        public UnlinkOtherHosts {
            kept = List.copyOf(kept);
        }
    }

    /** Unlinks hosts from a System. */
    record UnlinkHosts(SystemId systemId, List<HostName> hosts) implements Command {
        public UnlinkHosts {
            hosts = List.copyOf(hosts);
        }
    }

    /**
     * Makes a System's own key and requires it.
     *
     * @param grace for how long the global key passes too, or null: not at all
     */
    record CreateOverride(
            SystemId systemId, NewSecret secret, @Nullable Duration grace) implements BringsSecrets {
        @Override
        public List<NewSecret> secrets() {
            return List.of(secret);
        }
    }

    /** Revokes a System's own key, if it is active, and requires it no longer. */
    record RemoveOverride(SystemId systemId) implements Command {}

    /**
     * Gives a Collector key a new secret; makes one where it is missing or revoked.
     *
     * @param systemId null: the global key
     * @param overlap for how long the secret before passes too, or null: not at all
     */
    record RegenerateCollectorKey(
            @Nullable SystemId systemId,
            NewSecret secret,
            @Nullable Duration overlap) implements BringsSecrets {
        @Override
        public List<NewSecret> secrets() {
            return List.of(secret);
        }
    }

    /** Ends a Collector key's overlap: the secret before is refused from now on. Null: the global key. */
    record FinishOverlap(@Nullable SystemId systemId) implements Command {}

    /** Revokes a Collector key. Null: the global key. */
    record RevokeCollectorKey(
            @Nullable SystemId systemId,
            RevocationReason reason,
            @Nullable String comment) implements Command {}

    /** Shows a Collector key's secret to the actor. Null: the global key. */
    record RevealCollectorKey(@Nullable SystemId systemId) implements Command {}
}
