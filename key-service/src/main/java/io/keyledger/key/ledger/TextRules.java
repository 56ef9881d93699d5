package io.keyledger.key.ledger;

import io.keyledger.key.ledger.Rejection.Fact;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What people may write. Lengths count code points: what people take for characters, most of the time. */
final class TextRules {

    private TextRules() {}

    /** Why {@code name} cannot be the name of {@code what}. */
    static Optional<Rejection> refuseName(String what, String name) {
        var length = name.codePointCount(0, name.length());
        if (length > Limits.NAME_LENGTH || name.isBlank()) {
            return invalid("Expected the name of %s to have 1 to %d characters, not all of them spaces, but it has %d."
                    .formatted(what, Limits.NAME_LENGTH, length));
        }
        for (var i = 0; i < name.length(); i++) {
            if (Character.isISOControl(name.charAt(i))) {
                return invalid("Expected the name of %s without control characters, but there is one at position %d."
                        .formatted(what, i));
            }
        }
        return Optional.empty();
    }

    /** Why {@code comment} cannot stand in an event. */
    static Optional<Rejection> refuseComment(@Nullable String comment) {
        if (comment == null) {
            return Optional.empty();
        }
        var length = comment.codePointCount(0, comment.length());
        if (length > Limits.COMMENT_LENGTH) {
            return invalid("Expected a comment of at most %d characters, but it has %d."
                    .formatted(Limits.COMMENT_LENGTH, length));
        }
        return Optional.empty();
    }

    private static Optional<Rejection> invalid(String message) {
        return Optional.of(new Rejection(Fact.INVALID, message));
    }
}
