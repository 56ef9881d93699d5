package io.keyledger.event;

import java.time.Instant;

/**
 * The envelope: one event of the ledger, as it stands in {@code key-events}.
 *
 * @param organizationRevision the event's number in its organization, from 1 on, without gaps
 * @param revision the event's number in its ledger partition, from 1 on, without gaps
 * @param occurredAt ledger time with microseconds; it never runs backwards within a partition
 * @param commandId the command that caused it; one command may cause several events
 * @param event what happened
 */
public record LedgerEvent(
        EventId eventId,
        OrganizationId organizationId,
        long organizationRevision,
        long revision,
        Instant occurredAt,
        CommandId commandId,
        Actor actor,
        KeyEvent event) {}
