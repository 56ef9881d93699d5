package io.keyledger.ingest.edge;

import io.keyledger.credential.Presented;
import io.keyledger.event.SystemId;
import io.keyledger.ingest.edge.PushRequest.Encoding;
import io.keyledger.ingest.gate.Admission;
import io.keyledger.ingest.gate.Denial;
import io.keyledger.ingest.gate.Verdict;
import io.keyledger.ingest.protocol.Answer;
import io.keyledger.ingest.protocol.Dialect;
import io.keyledger.ingest.protocol.Fault;
import io.keyledger.ingest.protocol.LineCutter;
import io.keyledger.ingest.protocol.LineRecord;
import io.keyledger.ingest.protocol.LineScanner;
import io.keyledger.ingest.protocol.Precision;
import io.keyledger.ingest.protocol.ScannedLines;
import io.keyledger.ingest.telemetry.TelemetryLog;
import io.keyledger.ingest.telemetry.TelemetryRecord;
import io.keyledger.ingest.telemetry.TelemetryUnavailableException;
import io.keyledger.ingest.usage.PushRecorder;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.BitSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What becomes of one push: the key, the body, its lines and hosts, Kafka, the answer. */
final class PushHandler {

    private static final Logger LOG = LoggerFactory.getLogger(PushHandler.class);
    static final Duration DRAIN_TIME = Duration.ofSeconds(1);

    private final ProvenGate gate;
    private final TelemetryLog log;
    private final PushRecorder recorder;
    private final Answers answers;
    private final ByteBudget budget;
    private final PushProperties limits;
    private final int recordLimit;
    private final InstantSource clock;

    PushHandler(
            ProvenGate gate,
            TelemetryLog log,
            PushRecorder recorder,
            ByteBudget budget,
            PushProperties limits,
            int recordLimit,
            InstantSource clock) {
        this.gate = gate;
        this.log = log;
        this.recorder = recorder;
        this.answers = new Answers(recorder.meters());
        this.budget = budget;
        this.limits = limits;
        this.recordLimit = recordLimit;
        this.clock = clock;
    }

    /** Takes a push; completes with the answer, whatever happens. */
    CompletionStage<Answer> take(PushRequest request, Dialect dialect, RequestBody body) {
        recorder.meters().onRequest();
        var push = new Push(request, dialect, body, budget.new Share(), clock.instant());
        CompletionStage<Answer> answer;
        try {
            answer = push.run();
        } catch (RuntimeException e) {
            answer = CompletableFuture.failedStage(e);
        }
        return answer.exceptionallyCompose(push::onFailure).whenComplete((_, _) -> push.share.close());
    }

    /** One push on its way. */
    private final class Push {
        private final PushRequest request;
        private final Dialect dialect;
        private final RequestBody body;
        private final ByteBudget.Share share;
        private final Instant receivedAt;

        Push(PushRequest request, Dialect dialect, RequestBody body, ByteBudget.Share share, Instant receivedAt) {
            this.request = request;
            this.dialect = dialect;
            this.body = body;
            this.share = share;
            this.receivedAt = receivedAt;
        }

        CompletionStage<Answer> run() {
            return switch (request.presented()) {
                case Presented.Key key -> withKey(key);
                case Presented.Flaw.MISSING_KEY -> denied(new Verdict.Denied(Denial.MISSING_KEY, null, false), null);
                case Presented.Flaw.BEARER_NOT_ACCEPTED ->
                    denied(new Verdict.Denied(Denial.BEARER_NOT_ACCEPTED, null, false), null);
                case Presented.Flaw.MALFORMED_KEY ->
                    denied(new Verdict.Denied(Denial.MALFORMED_KEY, null, false), null);
                case Presented.Flaw.TWO_CREDENTIALS -> unread(answers.fault(dialect, Fault.TWO_CREDENTIALS));
                case Presented.Flaw.KEY_IN_URL -> unread(answers.fault(dialect, Fault.KEY_IN_URL));
            };
        }

        private CompletionStage<Answer> withKey(Presented.Key key) {
            return gate.admit(key.reveal()).thenCompose(admission -> switch (admission) {
                case Admission.Stopped(var verdict) -> stopped(verdict, key);
                case Admission.Admitted _ -> read(key);
            });
        }

        private CompletionStage<Answer> stopped(Verdict.Stop verdict, Presented.Key key) {
            return switch (verdict) {
                case Verdict.Denied denied -> denied(denied, key.reveal());
                case Verdict.Unready unready -> unread(answers.unready(dialect, unready.cause()));
            };
        }

        private CompletionStage<Answer> denied(Verdict.Denied denied, @Nullable String secret) {
            recorder.onDenied(denied, secret, List.of(), request.address(), receivedAt);
            return unread(answers.denied(dialect, denied.denial()));
        }

        /** Answers without looking at the body: a little of it is thrown away, so that the connection can go on. */
        private CompletionStage<Answer> unread(Answer answer) {
            return request.expectsContinue()
                    ? CompletableFuture.completedStage(answer)
                    : body.drain(DRAIN_TIME).thenApply(_ -> answer);
        }

        private CompletionStage<Answer> read(Presented.Key key) {
            var fault = request.fault(limits.maxBody().toBytes());
            if (fault.isPresent()) {
                return unread(answers.fault(dialect, fault.get()));
            }
            var collector = new ByteCollector(share, (int) limits.maxBody().toBytes(), request.contentLength());
            return body.collect(collector, limits.bodyTimeout()).thenCompose(collected -> switch (decoded(collected)) {
                case Collected.Whole whole -> scan(key, whole);
                case Collected.TooLarge(var oneLine) -> unread(answers.fault(dialect, tooLarge(oneLine)));
                case Collected.Broken _ -> unread(answers.fault(dialect, Fault.BODY_UNREADABLE));
                case Collected.NoRoom _ -> unread(answers.unready(dialect, Verdict.Cause.OVERLOADED));
                case Collected.Slow _ -> unread(answers.unready(dialect, Verdict.Cause.SLOW_BODY));
            });
        }

        private Collected decoded(Collected collected) {
            return collected instanceof Collected.Whole whole
                            && request.encoding().equals(Optional.of(Encoding.GZIP))
                    ? Gunzip.decompress(
                            whole, share, (int) limits.maxDecompressed().toBytes())
                    : collected;
        }

        /** v2's client halves what is too large until it passes, and would send a single line for ever. */
        private Fault tooLarge(boolean oneLine) {
            return oneLine && dialect == Dialect.V2 ? Fault.LINE_TOO_LONG : Fault.BODY_TOO_LARGE;
        }

        private CompletionStage<Answer> scan(Presented.Key key, Collected.Whole whole) {
            var precision = request.precision().orElse(Precision.NANOSECONDS);
            var lines = LineScanner.scan(whole.bytes(), whole.length(), precision, nanos(receivedAt), recordLimit);
            recorder.meters().onScanned(lines.malformed());
            if (lines.lines() == 0 && lines.malformed() > 0) {
                return CompletableFuture.completedStage(answers.unusable(dialect, lines));
            }
            return gate.decide(key.reveal(), lines.hosts()).thenCompose(verdict -> switch (verdict) {
                case Verdict.Allowed allowed -> publish(allowed, lines, whole.length());
                case Verdict.Unready unready ->
                    CompletableFuture.completedStage(answers.unready(dialect, unready.cause()));
                case Verdict.Denied denied -> {
                    recorder.onDenied(denied, null, lines.hosts(), request.address(), receivedAt);
                    yield CompletableFuture.completedStage(answers.denied(dialect, denied.denial()));
                }
            });
        }

        private CompletionStage<Answer> publish(Verdict.Allowed allowed, ScannedLines lines, int bytes) {
            var passing = new BitSet();
            for (var host = 0; host < allowed.hosts().size(); host++) {
                passing.set(host, allowed.hosts().get(host).passes());
            }
            var records = LineCutter.cut(lines, passing).stream()
                    .map(part -> record(allowed, lines, part))
                    .toList();
            return log.append(records).thenApply(_ -> {
                recorder.onHosts(allowed.hosts());
                recorder.onAccepted(allowed, lines, bytes, request.address(), receivedAt);
                return answers.accepted(dialect, allowed, lines);
            });
        }

        private TelemetryRecord record(Verdict.Allowed allowed, ScannedLines lines, LineRecord part) {
            var key = allowed.key();
            return new TelemetryRecord(
                    key.organizationId(),
                    lines.hosts().get(part.firstHost()).orElse(null),
                    systems(allowed, part.hosts()),
                    key.keyId(),
                    receivedAt,
                    part.value());
        }

        private List<SystemId> systems(Verdict.Allowed allowed, BitSet hosts) {
            return hosts.stream()
                    .mapToObj(host -> allowed.hosts().get(host).system())
                    .filter(Objects::nonNull)
                    .distinct()
                    .toList();
        }

        /** Never 500: OTLP's senders drop on it, and what went wrong here may go right on the next try. */
        private CompletionStage<Answer> onFailure(Throwable failure) {
            var cause =
                    failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
            if (cause instanceof TelemetryUnavailableException) {
                return CompletableFuture.completedStage(answers.unready(dialect, Verdict.Cause.LOG_AWAY));
            }
            LOG.atError().setCause(cause).log("A push failed by a fault of ours and is answered 503");
            return unread(answers.unready(dialect, Verdict.Cause.FAULT));
        }
    }

    private static long nanos(Instant at) {
        return at.getEpochSecond() * 1_000_000_000L + at.getNano();
    }
}
