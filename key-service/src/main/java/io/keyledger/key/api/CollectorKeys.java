package io.keyledger.key.api;

import io.keyledger.event.KeyKind;
import io.keyledger.event.RevocationReason;
import io.keyledger.event.SystemId;
import io.keyledger.key.ledger.Answer;
import io.keyledger.key.ledger.Command;
import io.keyledger.key.secret.Secret;
import io.keyledger.key.secret.SecretSealer;
import io.keyledger.key.session.NewSecrets;
import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;

/** What can be done to the global key and to an override alike; a null System means the global key. */
final class CollectorKeys {

    /** What callers have to know of a regeneration. */
    static final String REGENERATION =
            "The secret before is refused from then on, or after the overlap (at most 30 days,"
                    + " else 422), which finish ends sooner. One that was in an overlap already ends at once.";

    private final NewSecrets secrets;
    private final SecretSealer sealer;

    CollectorKeys(NewSecrets secrets, SecretSealer sealer) {
        this.secrets = secrets;
        this.sealer = sealer;
    }

    /** What there is to say of a change that has no choices: a body is not needed, and a field in it is a mistake. */
    record Nothing() {}

    /** Why a key is revoked. */
    record Revocation(
            @Nullable RevocationReason reason,

            @Schema(description = "kept for ever in the record: name no person") @Nullable
            String comment) {}

    NewSecrets secrets() {
        return secrets;
    }

    /** How a secret is replaced. */
    record Regeneration(
            @Schema(
                    description =
                            "for how long the secret before passes too, an ISO-8601 duration; none: it ends at once",
                    example = "PT24H")
            @Nullable
            String overlap) {}

    ResponseEntity<KeyView> regenerate(Change change, @Nullable SystemId system, @Nullable Regeneration body) {
        var overlap = body == null ? null : Text.duration("overlap", body.overlap());
        var secret = secrets.generate(system == null ? KeyKind.GLOBAL : KeyKind.SYSTEM);
        var carried = secrets.recoverable(change.organization(), secret);
        var done = change.apply(new Command.RegenerateCollectorKey(system, carried, overlap));
        return done.secret(view(done, secret));
    }

    ResponseEntity<KeyView> finish(Change change, @Nullable SystemId system) {
        var done = change.apply(new Command.FinishOverlap(system));
        return done.ok(null, KeyView.of(done.answer(Answer.OfKey.class), null));
    }

    ResponseEntity<KeyView> reveal(Change change, @Nullable SystemId system) {
        var done = change.apply(new Command.RevealCollectorKey(system));
        var answer = done.answer(Answer.OfKey.class);
        var sealed = answer.sealed();
        if (done.replayed() || sealed == null) {
            return done.secret(KeyView.of(answer, null));
        }
        var secret = sealer.open(change.organization(), answer.key().hash(), sealed);
        return done.secret(KeyView.of(answer, secret));
    }

    ResponseEntity<KeyView> revoke(Change change, @Nullable SystemId system, @Nullable Revocation body) {
        var reason = body == null || body.reason() == null ? RevocationReason.UNSPECIFIED : body.reason();
        var comment = body == null ? null : Text.comment(body.comment());
        var done = change.apply(new Command.RevokeCollectorKey(system, reason, comment));
        return done.ok(null, KeyView.of(done.answer(Answer.OfKey.class), null));
    }

    /** The key with the secret that was made for it; a repeated request made another, which is nobody's. */
    static KeyView view(Done done, Secret made) {
        return KeyView.of(done.answer(Answer.OfKey.class), done.replayed() ? null : made);
    }
}
