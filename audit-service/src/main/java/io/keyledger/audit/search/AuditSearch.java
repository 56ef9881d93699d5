package io.keyledger.audit.search;

import io.keyledger.event.EventId;
import io.keyledger.event.OrganizationId;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Answers questions to the record; newest first, always of one organization alone. */
public interface AuditSearch {

    /** A page of the events that the filter names. */
    Page<FoundEvent> events(EventFilter filter, @Nullable Cursor after, int limit);

    /** One event, if it is the organization's. */
    Optional<FoundEvent> event(OrganizationId organization, EventId id);

    /** A page of the secrets that no longer count. */
    Page<RevokedKey> revokedKeys(OrganizationId organization, @Nullable Cursor after, int limit);

    /** A page of the alarms about the organization's own events, and about the partition that they are chained in. */
    Page<FoundAlarm> alarms(OrganizationId organization, int partition, @Nullable Cursor after, int limit);
}
