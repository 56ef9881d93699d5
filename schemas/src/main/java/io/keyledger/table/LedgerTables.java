package io.keyledger.table;

import io.keyledger.event.HostName;
import io.keyledger.event.OrganizationId;
import io.keyledger.event.SecretHash;
import io.keyledger.event.SystemId;
import io.keyledger.event.UserId;
import io.keyledger.table.Row.HostRow;
import io.keyledger.table.Row.KeyRow;
import io.keyledger.table.Row.OrganizationRow;
import io.keyledger.table.Row.SystemRow;
import io.keyledger.table.Row.UserRow;

/** The tables of the ledger, as one process holds them. Safe for use by many threads while they are being filled. */
public interface LedgerTables {

    Found<KeyRow> key(SecretHash hash);

    Found<HostRow> host(OrganizationId organization, HostName host);

    Found<SystemRow> system(SystemId system);

    /** The System of a host: the two look-ups above in one, for each host of each push. */
    default Link link(OrganizationId organization, HostName host) {
        return switch (host(organization, host)) {
            case Found.Absent<HostRow> _ -> new Link.Unlinked();
            case Found.Unreadable<HostRow> _ -> new Link.Unknown(null);
            case Found.Present<HostRow>(var row) -> Link.to(organization, system(row.systemId()));
        };
    }

    Found<UserRow> user(UserId user);

    Found<OrganizationRow> organization(OrganizationId organization);
}
