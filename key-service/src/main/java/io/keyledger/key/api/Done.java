package io.keyledger.key.api;

import io.keyledger.key.directory.LedgerPosition;
import io.keyledger.key.ledger.Answer;
import io.keyledger.key.ledger.CommandReply;
import java.net.URI;
import org.jspecify.annotations.Nullable;
import org.springframework.http.CacheControl;
import org.springframework.http.ResponseEntity;

/** A change that was made, and the headers of its answer. */
final class Done {

    static final String REVISION = "Keyledger-Revision";
    static final String COMMAND = "Keyledger-Command";
    static final String REPLAYED = "Idempotent-Replayed";

    private final CommandReply.Applied applied;

    Done(CommandReply.Applied applied) {
        this.applied = applied;
    }

    /** Whether this is the first answer again: what was made for this request is not the key's. */
    boolean replayed() {
        return applied.replayed();
    }

    /** What the caller gets to see. */
    <A extends Answer> A answer(Class<A> type) {
        return type.cast(applied.answer());
    }

    /** Where the change stands in the ledger. */
    String revision() {
        return new LedgerPosition(applied.partition(), applied.revision()).toString();
    }

    <T> ResponseEntity<T> ok(@Nullable Long version, T body) {
        return withVersion(withHeaders(ResponseEntity.ok()), version).body(body);
    }

    <T> ResponseEntity<T> created(String location, @Nullable Long version, T body) {
        return withVersion(withHeaders(ResponseEntity.created(URI.create(location))), version)
                .body(body);
    }

    ResponseEntity<Void> noContent() {
        return withHeaders(ResponseEntity.status(204)).build();
    }

    /** Like {@link #ok}, for what holds a secret. */
    <T> ResponseEntity<T> secret(T body) {
        return withHeaders(ResponseEntity.ok())
                .cacheControl(CacheControl.noStore())
                .body(body);
    }

    /** Like {@link #created}, for what holds a secret. */
    <T> ResponseEntity<T> createdSecret(String location, T body) {
        return withHeaders(ResponseEntity.created(URI.create(location)))
                .cacheControl(CacheControl.noStore())
                .body(body);
    }

    private ResponseEntity.BodyBuilder withHeaders(ResponseEntity.BodyBuilder response) {
        response.header(REVISION, revision());
        response.header(COMMAND, applied.commandId().toString());
        if (applied.replayed()) {
            response.header(REPLAYED, "true");
        }
        return response;
    }

    private static ResponseEntity.BodyBuilder withVersion(ResponseEntity.BodyBuilder response, @Nullable Long version) {
        return version == null ? response : response.eTag(EntityVersion.tag(version));
    }
}
