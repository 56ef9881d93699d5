package io.keyledger.key.ledger;

import io.keyledger.event.CommandId;
import io.keyledger.event.OrganizationId;
import java.util.concurrent.CompletionStage;

/** How the edge reaches the ledger: a port. */
public interface CommandGateway {

    /**
     * Sends a command. The stage completes with the reply once this process has itself read, committed, every row that
     * the change touched, or that a refusal rests on; or exceptionally with {@link NotAnswered}, when the deadline passes first or Kafka cannot be
     * reached: the outcome can then be asked by the command's id.
     */
    CompletionStage<CommandReply> submit(CommandRequest request);

    /** What became of a command of the last hour, also of one sent before a restart or by another instance. */
    CommandStatus status(OrganizationId organization, CommandId command);

    /** What is known of a command. */
    sealed interface CommandStatus {
        /** It is in the ledger's queue. */
        record Pending() implements CommandStatus {}

        /** It has been answered. */
        record Answered(CommandReply reply) implements CommandStatus {}

        /** None of that id in the last hour. */
        record NotKnown() implements CommandStatus {}
    }

    /** No answer in time, or none to be had. */
    final class NotAnswered extends Exception {
        private static final long serialVersionUID = 1L;

        private final boolean sent;

        /**
         * No answer.
         *
         * @param sent whether the command may have reached the ledger
         */
        public NotAnswered(String message, boolean sent) {
            super(message);
            this.sent = sent;
        }

        /** Whether the command may have been applied; false: it was never sent. */
        public boolean sent() {
            return sent;
        }
    }
}
