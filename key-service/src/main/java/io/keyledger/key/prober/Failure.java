package io.keyledger.key.prober;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What could not be measured, or went wrong.
 *
 * @param collector null: it was none of theirs
 * @param change null: before any
 */
public record Failure(
        Instant at, @Nullable String collector, @Nullable CanaryChange change, Why why) {

    /** Why. */
    public enum Why {
        /** It told no address at which agents reach it. */
        NO_ADDRESS,
        UNREACHABLE,
        /** It answered 503 until patience was out. */
        UNREADY,
        /** Something else answers there. */
        UNEXPECTED,
        /** It went on accepting what is refused, or refused what has been accepted already. */
        DID_NOT_FOLLOW,
        /** The ledger did not apply the change, or it is not known which Collectors there are. */
        LEDGER;

        static Why of(PushReply reply) {
            return switch (reply) {
                case ACCEPTED, REFUSED -> DID_NOT_FOLLOW;
                case UNREADY -> UNREADY;
                case UNEXPECTED -> UNEXPECTED;
                case UNREACHABLE -> UNREACHABLE;
            };
        }
    }
}
