package io.keyledger.ingest.edge;

import io.keyledger.credential.Presented;
import io.keyledger.event.OrganizationId;
import io.keyledger.ingest.gate.Admission;
import io.keyledger.ingest.gate.Admission.Admitted;
import io.keyledger.ingest.gate.Denial;
import io.keyledger.ingest.gate.Verdict;
import io.keyledger.ingest.protocol.Answer;
import io.keyledger.ingest.protocol.Dialect;
import io.keyledger.ingest.protocol.Fault;
import io.keyledger.ingest.protocol.LineScanner;
import io.keyledger.ingest.protocol.PayloadLimits;
import io.keyledger.ingest.protocol.Precision;
import io.keyledger.ingest.protocol.Scanned;
import io.keyledger.ingest.protocol.ScannedLines;
import io.keyledger.ingest.telemetry.TelemetryLog;
import io.keyledger.ingest.telemetry.TelemetryUnavailableException;
import io.keyledger.ingest.usage.PushRecorder;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What becomes of one push: the key, the body, its lines and hosts, Kafka, the answer. */
final class PushHandler {

    private static final Logger LOG = LoggerFactory.getLogger(PushHandler.class);
    private static final Duration DRAIN_TIME = Duration.ofSeconds(1);

    private final ProvenGate gate;
    private final TelemetryLog log;
    private final PushRecorder recorder;
    private final Answers answers;
    private final ByteBudget budget;
    private final PushBodies bodies;
    private final PushProperties limits;
    private final PayloadLimits payloadLimits;
    private final InstantSource clock;

    PushHandler(
            ProvenGate gate,
            TelemetryLog log,
            PushRecorder recorder,
            ByteBudget budget,
            PushBodies bodies,
            PushProperties limits,
            PayloadLimits payloadLimits,
            InstantSource clock) {
        this.gate = gate;
        this.log = log;
        this.recorder = recorder;
        this.answers = new Answers(recorder.meters(), limits.sizes());
        this.budget = budget;
        this.bodies = bodies;
        this.limits = limits;
        this.payloadLimits = payloadLimits;
        this.clock = clock;
    }

    /** Takes a push; completes with the answer, whatever happens. */
    CompletableFuture<Answer> take(PushRequest request, Dialect dialect, RequestBody body) {
        recorder.meters().onRequest();
        var push = new Push(request, dialect, body, clock.instant());
        return Steps.onFailure(Steps.then(Steps.START, _ -> push.run()), push::onFailure);
    }

    /** One push on its way. */
    private final class Push {
        private final PushRequest request;
        private final Dialect dialect;
        private final RequestBody body;
        private final Instant receivedAt;

        Push(PushRequest request, Dialect dialect, RequestBody body, Instant receivedAt) {
            this.request = request;
            this.dialect = dialect;
            this.body = body;
            this.receivedAt = receivedAt;
        }

        CompletableFuture<Answer> run() {
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

        private CompletableFuture<Answer> withKey(Presented.Key key) {
            return Steps.then(gate.admit(key.reveal()), admission -> switch (admission) {
                case Admission.Stopped(var verdict) -> stopped(verdict, key);
                case Admitted admitted -> take(key, admitted);
            });
        }

        private CompletableFuture<Answer> stopped(Verdict.Stop verdict, Presented.Key key) {
            return switch (verdict) {
                case Verdict.Denied denied -> denied(denied, key.reveal());
                case Verdict.Unready unready -> unread(answers.unready(dialect, unready.cause()));
            };
        }

        private CompletableFuture<Answer> denied(Verdict.Denied denied, @Nullable String secret) {
            recorder.onDenied(denied, secret, List.of(), request.address(), receivedAt);
            return unread(answers.denied(dialect, denied));
        }

        private CompletableFuture<Answer> unread(Answer answer) {
            return PushHandler.unread(request, body, answer);
        }

        private CompletableFuture<Answer> take(Presented.Key key, Admitted admitted) {
            var fault = request.fault();
            if (fault.isPresent()) {
                return unread(answers.fault(dialect, fault.get()));
            }
            // Only of a client that splits has to be known whether it could.
            if (request.contentLength() > limits.maxBody().toBytes() && !dialect.splits()) {
                return unread(answers.tooLarge(dialect, false));
            }
            var share = budget.share(admitted.key().key().organizationId());
            // A step of its own: what it throws gives the share back as well.
            var answer = Steps.then(Steps.START, _ -> read(key, admitted, share));
            return Steps.lastly(answer, (_, _) -> share.close());
        }

        private CompletableFuture<Answer> read(Presented.Key key, Admitted admitted, ByteBudget.Share share) {
            var read = bodies.read(request, body, share);
            // Where nothing had to be waited for, the key is as it was a moment ago.
            var still = Steps.isThere(read) ? admitted : null;
            return Steps.then(read, collected -> switch (collected) {
                case Collected.Whole whole -> bodies.use(whole, () -> scan(key, still, whole, share));
                case Collected.TooLarge(var oneLine) -> unread(answers.tooLarge(dialect, oneLine));
                case Collected.Broken _ -> unread(answers.fault(dialect, Fault.BODY_UNREADABLE));
                case Collected.NoRoom _ -> unread(answers.unready(dialect, Verdict.Cause.OVERLOADED));
                case Collected.Slow _ -> unread(answers.unready(dialect, Verdict.Cause.SLOW_BODY));
            });
        }

        private CompletableFuture<Answer> scan(
                Presented.Key key, @Nullable Admitted admitted, Collected.Whole whole, ByteBudget.Share share) {
            var precision = request.precision().orElse(Precision.NANOSECONDS);
            var scanned =
                    LineScanner.scan(whole.bytes(), whole.length(), precision, nanos(receivedAt), payloadLimits, share);
            return switch (scanned) {
                case ScannedLines lines -> decide(key, PushBodies.isSmall(whole) ? admitted : null, lines, share);
                case Scanned.TooManyLines _ -> Steps.done(answers.tooLarge(dialect, false));
                case Scanned.NoRoom _ -> Steps.done(noRoom(share));
            };
        }

        private Answer noRoom(ByteBudget.Share share) {
            return share.outgrown()
                    ? answers.tooLarge(dialect, false)
                    : answers.unready(dialect, Verdict.Cause.OVERLOADED);
        }

        private CompletableFuture<Answer> decide(
                Presented.Key key, @Nullable Admitted admitted, ScannedLines lines, ByteBudget.Share share) {
            recorder.meters().onScanned(lines.malformed());
            if (lines.lines() == 0 && lines.malformed() > 0) {
                return Steps.done(answers.unusable(dialect, lines));
            }
            return Steps.then(gate.decide(key.reveal(), admitted, lines.hosts()), verdict -> switch (verdict) {
                case Verdict.Allowed allowed -> publish(allowed, lines, share);
                case Verdict.Unready unready -> Steps.done(answers.unready(dialect, unready.cause()));
                case Verdict.Denied denied -> {
                    recorder.onDenied(denied, null, lines.hosts(), request.address(), receivedAt);
                    yield Steps.done(answers.denied(dialect, denied));
                }
            });
        }

        private CompletableFuture<Answer> publish(Verdict.Allowed allowed, ScannedLines lines, ByteBudget.Share share) {
            if (allowed.key().organizationId().equals(OrganizationId.PROBER)) {
                recorder.meters().onCanary();
                return Steps.done(answers.accepted(dialect, allowed, lines));
            }
            // What the producer copies is held until it is acknowledged, as many records of it as may wait for that.
            var window = (long) TelemetryLog.UNACKNOWLEDGED_RECORDS * payloadLimits.recordBytes();
            if (!share.take(Math.min(lines.outputBytes(), window))) {
                return Steps.done(noRoom(share));
            }
            var acknowledged = log.append(new TelemetryRecords(allowed, lines, receivedAt, gate::isStale));
            return Steps.then(acknowledged.toCompletableFuture(), _ -> {
                recorder.onHosts(allowed.hosts());
                recorder.onAccepted(allowed, lines, lines.length(), request.address(), receivedAt);
                return Steps.done(answers.accepted(dialect, allowed, lines));
            });
        }

        /** Never 500: OTLP's senders drop on it, and what went wrong here may go right on the next try. */
        private CompletableFuture<Answer> onFailure(Throwable failure) {
            var cause =
                    failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
            if (cause instanceof TelemetryUnavailableException unavailable) {
                var why = unavailable.full() ? Verdict.Cause.OVERLOADED : Verdict.Cause.LOG_AWAY;
                return Steps.done(answers.unready(dialect, why));
            }
            if (cause instanceof StaleTablesException) {
                return Steps.done(answers.unready(dialect, Verdict.Cause.STALE));
            }
            LOG.atError().setCause(cause).log("A push failed by a fault of ours and is answered 503");
            return unread(answers.unready(dialect, Verdict.Cause.FAULT));
        }
    }

    /** Answers without looking at the body: a little of it is thrown away, so that the connection can go on. */
    static CompletableFuture<Answer> unread(PushRequest request, RequestBody body, Answer answer) {
        return request.expectsContinue()
                ? Steps.done(answer)
                : Steps.then(body.drain(DRAIN_TIME), _ -> Steps.done(answer));
    }

    private static long nanos(Instant at) {
        return at.getEpochSecond() * 1_000_000_000L + at.getNano();
    }
}
