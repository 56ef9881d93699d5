package io.keyledger.key.ledger.streams;

import io.keyledger.event.CommandId;
import io.keyledger.event.OrganizationId;
import io.keyledger.event.Topics;
import io.keyledger.key.ledger.CommandRequest;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

/** A record of {@code key-commands}, read as far as it can be. */
sealed interface CommandRecord {

    /** A command. */
    record Legible(CommandRequest request) implements CommandRecord {}

    /**
     * Something else.
     *
     * @param sender who waits for a reply, if the record's headers and key say it
     * @param why for the log and the sender; it holds nothing of the contents
     */
    record Illegible(Optional<Sender> sender, String why) implements CommandRecord {}

    /** Who waits for a reply. */
    record Sender(CommandId command, OrganizationId organization, String instance) {}

    static CommandRecord read(byte @Nullable [] key, byte @Nullable [] value, Headers headers) {
        if (value == null) {
            return new Illegible(findSender(key, headers), "Expected a command, but the record is empty.");
        }
        try {
            var request = LedgerJson.read(value, CommandRequest.class);
            return request.organizationId().equals(findOrganization(key).orElse(null))
                    ? new Legible(request)
                    : new Illegible(
                            findSender(key, headers), "Expected the command's organization as the record's key.");
        } catch (UnreadableJsonException e) {
            return new Illegible(findSender(key, headers), "" + e.getMessage());
        }
    }

    /** A command that stands in a partition of which its organization is not. */
    static Illegible misplaced(CommandRequest request, int partition, int partitions) {
        return new Illegible(
                Optional.of(new Sender(request.id(), request.organizationId(), request.instance())),
                "Expected the command in partition " + Topics.partition(request.organizationId(), partitions)
                        + ", its organization's, but it stands in " + partition
                        + ": its sender counts on another number of partitions than " + partitions + ".");
    }

    /** The organization of a record of {@code key-commands} or {@code key-command-replies}. */
    static Optional<OrganizationId> findOrganization(byte @Nullable [] key) {
        try {
            return key == null
                    ? Optional.empty()
                    : Optional.of(OrganizationId.of(new String(key, StandardCharsets.UTF_8)));
        } catch (IllegalArgumentException _) {
            return Optional.empty();
        }
    }

    private static Optional<Sender> findSender(byte @Nullable [] key, Headers headers) {
        var command = CommandHeaders.findCommand(headers);
        var organization = findOrganization(key);
        var instance = CommandHeaders.findInstance(headers);
        return command.isPresent() && organization.isPresent() && instance.isPresent()
                ? Optional.of(new Sender(command.get(), organization.get(), instance.get()))
                : Optional.empty();
    }
}
