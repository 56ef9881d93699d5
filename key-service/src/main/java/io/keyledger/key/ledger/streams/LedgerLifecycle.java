package io.keyledger.key.ledger.streams;

import io.keyledger.client.LedgerTablesLoader;
import io.keyledger.codec.LedgerCodec;
import io.keyledger.codec.LedgerHeaders;
import io.keyledger.codec.SchemaCatalog;
import io.keyledger.event.Topics;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * Starts the ledger in its order: topics, the ledger's id and schemas, Kafka Streams, tables, gateway. Each step waits
 * for as long as it takes, on a thread of its own, so that the service itself is up, and says that it is not ready.
 */
final class LedgerLifecycle implements SmartLifecycle, LedgerId, OwnedPartitions {

    private static final Logger LOG = LoggerFactory.getLogger(LedgerLifecycle.class);
    private static final Duration PAUSE = Duration.ofSeconds(1);
    private static final Duration LOOK = Duration.ofMillis(20);
    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(15);

    private final LedgerProperties ledger;
    private final KafkaProperties kafka;
    private final LedgerIdentity identity;
    private final SchemaCatalog catalog;
    private final LedgerTablesLoader loader;
    private final KafkaCommandGateway gateway;
    private final LedgerStreams streams;
    private final LedgerMeters meters;
    private final InstantSource clock;
    private final RandomGenerator random;
    private final FatalEnd end;
    private volatile @Nullable Thread thread;
    private volatile String step = "start";
    private volatile boolean started;
    private volatile @Nullable UUID known;

    LedgerLifecycle(
            LedgerProperties ledger,
            KafkaProperties kafka,
            LedgerIdentity identity,
            SchemaCatalog catalog,
            LedgerTablesLoader loader,
            KafkaCommandGateway gateway,
            LedgerStreams streams,
            LedgerMeters meters,
            InstantSource clock,
            RandomGenerator random,
            FatalEnd end) {
        this.ledger = ledger;
        this.kafka = kafka;
        this.identity = identity;
        this.catalog = catalog;
        this.loader = loader;
        this.gateway = gateway;
        this.streams = streams;
        this.meters = meters;
        this.clock = clock;
        this.random = random;
        this.end = end;
    }

    /** Whether commands are ruled on and answered: once it was, Kafka's absence does not make it false. */
    boolean ready() {
        return started && loader.isReady() && gateway.ready() && streams.running();
    }

    @Override
    public Optional<UUID> find() {
        return Optional.ofNullable(known);
    }

    @Override
    public boolean owns(int partition) {
        return ready() && streams.owns(partition);
    }

    /** How each part is, for people. */
    Map<String, String> parts() {
        return Map.of(
                "step",
                step,
                "tables",
                loader.isReady() ? "LOADED" : loader.problem().orElse("LOADING"),
                "gateway",
                gateway.ready() ? "POSITIONED" : "WAITING",
                "streams",
                streams.state());
    }

    /** Before the web server, and so ended after it: what is asked while it drains is still answered. */
    @Override
    public int getPhase() {
        return DEFAULT_PHASE - 4096;
    }

    @Override
    public void start() {
        var _ = loader.whenFailed().thenAccept(why -> end.because("" + why.getMessage(), why));
        thread = Thread.ofPlatform().name("ledger-start").daemon().start(this::run);
    }

    @Override
    public void stop() {
        var starting = thread;
        thread = null;
        started = false;
        if (starting != null) {
            starting.interrupt();
            try {
                starting.join(CLOSE_TIMEOUT);
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
            }
        }
        // The gateway first: who waits for an answer learns at once that there will be none from here.
        gateway.close();
        streams.close();
    }

    @Override
    public boolean isRunning() {
        return thread != null;
    }

    private void run() {
        try {
            patiently("topics", () -> {
                KafkaTopics.make(kafka, LedgerTopics.all(ledger.partitions()));
                return true;
            });
            UUID ledgerId = patiently("ledger id", identity::requireLedgerId);
            known = ledgerId;
            patiently("schemas", () -> {
                identity.registerSchemas(catalog);
                return true;
            });
            // Before the tables are there: the stores are restored while these are loaded.
            patiently("streams", () -> {
                var generation = LedgerGeneration.inService(kafka);
                // Kafka Streams would make them, each led by another broker than the rest of a transaction.
                KafkaTopics.make(kafka, LedgerTopics.changelogs(generation, ledger.partitions()));
                streams.start(
                        generation,
                        new LedgerParts(
                                ledgerId,
                                ledger.partitions(),
                                written(),
                                new LedgerCodec(catalog),
                                clock,
                                random,
                                meters));
                return true;
            });
            patiently("tables", () -> loader.whenLoaded().toCompletableFuture().get());
            patiently("gateway", () -> {
                gateway.start();
                return true;
            });
            await(gateway::ready);
            started = true;
            await(streams::running);
            step = "running";
            LOG.atInfo()
                    .addKeyValue("ledger", ledgerId)
                    .addKeyValue("partitions", ledger.partitions())
                    .addKeyValue("instance", ledger.instanceId())
                    .log("The ledger runs");
        } catch (InterruptedException _) {
            LOG.info("The ledger's start was ended before it was done");
        } catch (RuntimeException | Error e) {
            end.because("" + e.getMessage(), e);
        }
    }

    private Map<Integer, Long> written() {
        var revisions = new HashMap<Integer, Long>();
        new WholeTopic(kafka, Topics.KEY_EVENTS, ledger.partitions())
                .last()
                .forEach((partition, record) -> revisions.put(
                        partition, LedgerHeaders.findRevision(record.headers()).orElse(0)));
        return revisions;
    }

    private void await(java.util.function.BooleanSupplier done) throws InterruptedException {
        while (!done.getAsBoolean()) {
            Thread.sleep(LOOK);
        }
    }

    /** Tries until it works; says once why it does not, and again when the reason changes. */
    private <T> T patiently(String what, Callable<T> attempt) throws InterruptedException {
        step = what;
        var told = "";
        while (true) {
            try {
                return attempt.call();
            } catch (LedgerRefusesException | InterruptedException e) {
                throw e;
            } catch (Exception e) {
                refuseIfFinal(e);
                var why = rootOf(e).toString();
                if (!why.equals(told)) {
                    LOG.warn(
                            "The ledger waits at its step \"{}\" (Kafka at {}), and tries again every second: {}",
                            what,
                            kafka.bootstrapServers(),
                            why);
                    told = why;
                }
                Thread.sleep(PAUSE);
            }
        }
    }

    private static void refuseIfFinal(Exception e) {
        if (rootOf(e) instanceof io.keyledger.client.PartitionCountException wrong) {
            throw new LedgerRefusesException("" + wrong.getMessage(), wrong);
        }
    }

    private static Throwable rootOf(Exception e) {
        var cause = e.getCause();
        return (e instanceof ExecutionException || e instanceof CompletionException) && cause != null ? cause : e;
    }
}
