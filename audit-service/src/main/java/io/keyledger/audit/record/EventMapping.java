package io.keyledger.audit.record;

import io.keyledger.audit.chain.AlarmKind;
import io.keyledger.audit.chain.ChainTip.Fault;
import io.keyledger.audit.chain.Evidence;
import io.keyledger.codec.Decoded;
import io.keyledger.event.LedgerEvent;
import java.util.Optional;

/** Derives a row from the bytes of an event, on arrival and again when the record is verified. */
public final class EventMapping {

    private final EventReader reader;
    private final EventIndex index = new EventIndex();

    public EventMapping(EventReader reader) {
        this.reader = reader;
    }

    /**
     * What the bytes give.
     *
     * @param fault what is wrong with what they say, chain apart
     */
    public record Mapped(SearchColumns columns, Optional<RevokedToken> revoked, Optional<Fault> fault) {}

    /** Reads the event; one that cannot be read gives a row all the same. */
    public Mapped map(Evidence evidence) {
        return switch (reader.read(evidence)) {
            case Decoded.Value<LedgerEvent>(var event) -> map(evidence, event);
            case Decoded.Unreadable<LedgerEvent>(var reason, var message) ->
                unreadable(evidence, "cannot be read (" + reason + "): " + message);
        };
    }

    /** The row of an event of which nothing but its bytes can be kept. */
    Mapped unreadable(Evidence evidence, String why) {
        return new Mapped(
                index.unreadable(evidence),
                Optional.empty(),
                Optional.of(new Fault(
                        AlarmKind.UNREADABLE_EVENT,
                        "Revision " + evidence.revision() + " in partition " + evidence.partition() + " " + why)));
    }

    /** The same of an event that was read already. */
    Mapped map(Evidence evidence, LedgerEvent event) {
        return new Mapped(index.columns(event), RevokedToken.of(event), mismatch(evidence, event));
    }

    private static Optional<Fault> mismatch(Evidence evidence, LedgerEvent event) {
        boolean ofItsOrganization = EventIndex.organization(evidence)
                .filter(event.organizationId()::equals)
                .isPresent();
        if (event.revision() == evidence.revision() && ofItsOrganization) {
            return Optional.empty();
        }
        return Optional.of(new Fault(
                AlarmKind.ENVELOPE_MISMATCH,
                "Revision " + evidence.revision() + " in partition " + evidence.partition()
                        + " says that it is revision "
                        + event.revision() + " of organization " + event.organizationId()
                        + ", which its record does not."));
    }
}
