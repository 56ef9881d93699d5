package io.keyledger.key.ledger.streams;

import io.keyledger.event.Actor;
import io.keyledger.event.OrganizationId;
import io.keyledger.key.ledger.Answer;
import io.keyledger.key.ledger.CommandReply;
import io.keyledger.key.ledger.CommandRequest;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import org.apache.kafka.common.utils.Bytes;
import org.jspecify.annotations.Nullable;

/**
 * The first answers by {@code Idempotency-Key}, for 24 hours: by (organization, actor, key), and by time for the purge.
 * Not derived from events: this is a source of its own.
 */
final class IdempotencyRecords {

    static final Duration KEPT = Duration.ofHours(24);

    private static final byte[] PRESENT = {1};
    private static final byte BY_KEY = 'e';
    private static final byte BY_TIME = 't';
    private static final int TIME_PREFIX = 1 + Long.BYTES;
    private static final Bytes ALL_DATED = Bytes.wrap(new byte[] {BY_TIME});
    private static final Bytes NO_KEY = Bytes.wrap(new byte[0]);

    /** Of what is too old by now, each new entry takes so many away: the store shrinks under any load. */
    private static final int PURGED_BY_EACH = 4;

    private final StateRecords store;
    /** No entry is older, in milliseconds: where the purge begins, past the tombstones of what it took away. */
    private long oldest;

    /**
     * A first answer.
     *
     * @param fingerprint of the request
     * @param at Unix time in milliseconds
     */
    record Entry(String fingerprint, long at, CommandReply reply) {}

    IdempotencyRecords(StateRecords store) {
        this.store = store;
    }

    /**
     * The first answer, if there is one that is not too old.
     *
     * @throws UnreadableJsonException if another version has kept it
     */
    Optional<Entry> find(CommandRequest request, CommandRequest.Idempotency idempotency, Instant now) {
        var json = store.get(key(request.organizationId(), request.actor(), idempotency.key()));
        return Optional.ofNullable(json)
                .map(found -> LedgerJson.read(found, Entry.class))
                .filter(entry -> entry.at() > now.minus(KEPT).toEpochMilli());
    }

    /** The JSON to keep, made before anything is written. */
    static byte[] encode(CommandRequest.Idempotency idempotency, CommandReply reply, Instant now) {
        return LedgerJson.write(new Entry(idempotency.fingerprint(), now.toEpochMilli(), withoutSecret(reply)));
    }

    void put(CommandRequest request, CommandRequest.Idempotency idempotency, byte[] entry, Instant now) {
        var key = key(request.organizationId(), request.actor(), idempotency.key());
        store.put(key, entry);
        store.put(byTime(now.toEpochMilli(), key), PRESENT);
        oldest = Math.min(oldest, now.toEpochMilli());
        purge(now, PURGED_BY_EACH);
    }

    /**
     * Forgets what is older than 24 hours.
     *
     * @param most entries in one step: a step holds up commands
     * @return how many were forgotten
     */
    int purge(Instant now, int most) {
        var until = now.minus(KEPT).toEpochMilli();
        if (oldest > until) {
            return 0;
        }
        var purged = 0;
        var next = now.toEpochMilli();
        for (var dated : store.keys(byTime(oldest, NO_KEY), ALL_DATED, most + 1)) {
            next = ByteBuffer.wrap(dated.get()).getLong(1);
            if (next > until || purged == most) {
                break;
            }
            var key = Bytes.wrap(Arrays.copyOfRange(dated.get(), TIME_PREFIX, dated.get().length));
            // The key may have been used anew since: then the newer entry has its own date.
            if (isOf(store.get(key), next)) {
                store.put(key, null);
            }
            store.put(dated, null);
            purged++;
            next = now.toEpochMilli();
        }
        oldest = next;
        return purged;
    }

    private static boolean isOf(byte @Nullable [] json, long at) {
        try {
            return json != null && LedgerJson.read(json, Entry.class).at() == at;
        } catch (UnreadableJsonException _) {
            // Of another version, and too old by its date: a purge that stops here would stop for ever.
            return true;
        }
    }

    private static CommandReply withoutSecret(CommandReply reply) {
        return reply instanceof CommandReply.Applied applied
                        && applied.answer() instanceof Answer.OfKey(var key, var system, var _)
                ? new CommandReply.Applied(
                        applied.commandId(),
                        applied.organizationId(),
                        applied.partition(),
                        applied.revision(),
                        applied.at(),
                        applied.events(),
                        applied.touched(),
                        new Answer.OfKey(key, system, null),
                        applied.replayed())
                : reply;
    }

    private static Bytes byTime(long at, Bytes key) {
        return Bytes.wrap(ByteBuffer.allocate(TIME_PREFIX + key.get().length)
                .put(BY_TIME)
                .putLong(at)
                .put(key.get())
                .array());
    }

    private static Bytes key(OrganizationId organization, Actor actor, String key) {
        var digest = sha256();
        // A user stays the same actor with another token; without a user the key is the actor.
        var who = actor.user() != null ? actor.user() : actor.key();
        digest.update((actor.kind() + "/" + who + "/" + key).getBytes(StandardCharsets.UTF_8));
        return Bytes.wrap(ByteBuffer.allocate(1 + 2 * Long.BYTES + digest.getDigestLength())
                .put(BY_KEY)
                .put(StateKeys.bytes(organization.value()))
                .put(digest.digest())
                .array());
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256.", e);
        }
    }
}
