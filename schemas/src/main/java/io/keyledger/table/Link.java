package io.keyledger.table;

import io.keyledger.event.OrganizationId;
import io.keyledger.table.Row.SystemRow;
import org.jspecify.annotations.Nullable;

/** What the tables know of the System that a host belongs to. */
public sealed interface Link {

    /** It belongs to this one. */
    record Linked(SystemRow system) implements Link {}

    /** It belongs to none, as far as is known. */
    record Unlinked() implements Link {}

    /**
     * Nobody can tell.
     *
     * @param organization whose System has not arrived, although the host's link has: a proof of freshness for it may
     *     settle it; null if a row cannot be read or the tables are being loaded: nothing does but waiting
     */
    record Unknown(@Nullable OrganizationId organization) implements Link {
        static final Unknown UNREADABLE = new Unknown(null);
    }

    /** The link of a host of {@code organization} to a System of which this is known. */
    static Link to(OrganizationId organization, Found<SystemRow> system) {
        return switch (system) {
            // Rows of one transaction reach separate partitions at separate moments: a proof settles it.
            case Found.Absent<SystemRow> _ -> new Unknown(organization);
            case Found.Unreadable<SystemRow> _ -> Unknown.UNREADABLE;
            // A host joined to another tenant's System would be decided by its settings: rather nothing at all.
            case Found.Present<SystemRow>(var row) ->
                row.organizationId().equals(organization) ? new Linked(row) : Unknown.UNREADABLE;
        };
    }
}
