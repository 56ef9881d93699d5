package io.keyledger.ingest.edge;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Supplier;

/**
 * The bodies of pushes, read whole and decompressed. What is large takes milliseconds, for which all other connections
 * of the event loop would wait: it is done elsewhere.
 */
final class PushBodies {

    /** So many bytes are decompressed and looked through within a millisecond. */
    static final int AT_ONCE = 256 * 1024;

    private final PushProperties limits;
    private final Executor elsewhere;

    PushBodies(PushProperties limits, Executor elsewhere) {
        this.limits = limits;
        this.elsewhere = elsewhere;
    }

    /** Reads and decompresses it. */
    CompletableFuture<Collected> read(PushRequest request, RequestBody body, ByteBudget.Share share) {
        var encoding = request.encoding().orElse(Encoding.IDENTITY);
        var collector = new ByteCollector(
                share, (int) limits.maxBody().toBytes(), request.contentLength(), ByteCollector.FIRST, encoding);
        var sent = body.collect(collector, limits.bodyTimeout());
        return encoding == Encoding.IDENTITY
                ? sent
                : Steps.then(
                        sent, it -> it instanceof Collected.Whole whole ? decompressed(whole, share) : Steps.done(it));
    }

    private CompletableFuture<Collected> decompressed(Collected.Whole sent, ByteBudget.Share share) {
        var limit = (int) limits.maxDecompressed().toBytes();
        if (isSmall(sent) && Gunzip.announced(sent) <= AT_ONCE) {
            var small = Gunzip.decompress(sent, share, Math.min(limit, AT_ONCE));
            // Whoever announces too little has it done twice.
            if (!(small instanceof Collected.TooLarge)) {
                return Steps.done(small);
            }
        }
        return CompletableFuture.supplyAsync(() -> Gunzip.decompress(sent, share, limit), elsewhere);
    }

    /** Whether it may be looked through at once. */
    static boolean isSmall(Collected.Whole body) {
        return body.length() <= AT_ONCE;
    }

    /** Looks through it, where that may take its time. */
    <R> CompletableFuture<R> use(Collected.Whole body, Supplier<CompletableFuture<R>> use) {
        return isSmall(body) ? use.get() : Steps.START.thenComposeAsync(_ -> use.get(), elsewhere);
    }
}
