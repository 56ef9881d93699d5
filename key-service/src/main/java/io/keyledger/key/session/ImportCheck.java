package io.keyledger.key.session;

import io.keyledger.event.OrganizationId;
import io.keyledger.key.secret.Secret;
import io.keyledger.table.Found;
import io.keyledger.table.Freshness;
import io.keyledger.table.LedgerTables;
import io.keyledger.table.Row.KeyRow;
import java.time.Duration;

/**
 * Looks whether a secret that somebody brings is another organization's. The ledger refuses it within a partition; here
 * all of them can be seen.
 */
public final class ImportCheck {

    /** Whose a secret is. */
    public enum Result {
        /** Nobody's, or the organization's own: the ledger knows more. */
        FREE,
        /** It belongs or belonged to a key of another organization. */
        USED_ELSEWHERE,
        /** Nobody can tell now. */
        UNKNOWN
    }

    private final LedgerTables tables;
    private final Freshness freshness;
    private final Duration proofTimeout;

    /**
     * Looks into tables.
     *
     * @param proofTimeout for how long it waits for a proof that nobody has the secret
     */
    public ImportCheck(LedgerTables tables, Freshness freshness, Duration proofTimeout) {
        this.tables = tables;
        this.freshness = freshness;
        this.proofTimeout = proofTimeout;
    }

    /** Whose the secret is, seen from an organization that is to have it. */
    public Result look(OrganizationId organization, Secret secret) {
        return switch (tables.key(secret.hash())) {
            case Found.Present<KeyRow>(var key) -> look(organization, key);
            case Found.Unreadable<KeyRow> _ -> Result.UNKNOWN;
            case Found.Absent<KeyRow> _ -> lookAgain(organization, secret);
        };
    }

    private Result lookAgain(OrganizationId organization, Secret secret) {
        if (!Identification.proved(freshness.proveAllKeys(proofTimeout), proofTimeout)) {
            return Result.UNKNOWN;
        }
        return switch (tables.key(secret.hash())) {
            case Found.Present<KeyRow>(var key) -> look(organization, key);
            case Found.Unreadable<KeyRow> _ -> Result.UNKNOWN;
            case Found.Absent<KeyRow> _ -> Result.FREE;
        };
    }

    private static Result look(OrganizationId organization, KeyRow key) {
        return key.organizationId().equals(organization) ? Result.FREE : Result.USED_ELSEWHERE;
    }
}
