package io.keyledger.key.ledger.streams;

import io.keyledger.codec.LedgerCodec;
import io.keyledger.codec.RegistryUnavailableException;
import io.keyledger.codec.SchemaCatalog;
import io.keyledger.codec.SchemaRegistrar;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.common.KafkaException;
import org.springframework.boot.Banner;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.core.NestedExceptionUtils;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * {@code --check} and {@code --rebuild}: does it with the service's configuration, prints what came of it as JSON, and ends:
 * 0 if all is well, 1 if the ledger is not, 2 if it could not be done.
 */
@EnableConfigurationProperties({LedgerProperties.class, KafkaProperties.class, RegistryProperties.class})
public class LedgerCommand {

    /** Compares everything with the events, and changes nothing. */
    public static final String CHECK = "--check";

    /** Makes everything anew from the events. */
    public static final String REBUILD = "--rebuild";

    private static final Duration TELL_EVERY = Duration.ofSeconds(2);

    private static final JsonMapper JSON =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    /** Whether the arguments ask for one of them. */
    public static boolean isAsked(String... args) {
        return Arrays.asList(args).contains(CHECK) || Arrays.asList(args).contains(REBUILD);
    }

    /** Does what the arguments ask for; returns the exit code. */
    public static int run(String... args) {
        var application = new SpringApplicationBuilder(LedgerCommand.class)
                .web(WebApplicationType.NONE)
                .bannerMode(Banner.Mode.OFF)
                .logStartupInfo(false)
                .properties("logging.level.root=WARN");
        try (var context = application.run(args)) {
            var kafka = context.getBean(KafkaProperties.class);
            var ledger = context.getBean(LedgerProperties.class);
            return Arrays.asList(args).contains(REBUILD)
                    ? rebuild(kafka, ledger, context.getBean(RegistryProperties.class))
                    : check(kafka, ledger);
        } catch (LedgerRebuild.BrokenEvents e) {
            System.err.println(e.getMessage());
            print(e.findings());
            return 1;
        } catch (LedgerRefusesException e) {
            System.err.println(e.getMessage());
            return 2;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return 2;
        } catch (KafkaException | RegistryUnavailableException | ExecutionException | TimeoutException e) {
            System.err.println("It could not be done: "
                    + NestedExceptionUtils.getMostSpecificCause(e).getMessage());
            return 2;
        }
    }

    private static int check(KafkaProperties kafka, LedgerProperties ledger) {
        var catalog = new SchemaCatalog();
        LedgerIdentity.learnSchemas(kafka, catalog);
        var report = new LedgerCheck(kafka, new LedgerCodec(catalog), ledger.partitions(), progress()).run();
        print(report);
        return report.wrong() == 0 ? 0 : 1;
    }

    private static int rebuild(KafkaProperties kafka, LedgerProperties ledger, RegistryProperties registry)
            throws InterruptedException, ExecutionException, TimeoutException {
        KafkaTopics.make(kafka, LedgerTopics.all(ledger.partitions()));
        var catalog = new SchemaCatalog();
        new LedgerIdentity(kafka, new SchemaRegistrar(registry.url())).registerSchemas(catalog);
        print(new LedgerRebuild(kafka, new LedgerCodec(catalog), ledger.partitions(), progress()).run());
        return 0;
    }

    private static Progress progress() {
        return new Progress(TELL_EVERY, System.err::println);
    }

    private static void print(Object report) {
        // The report is what the command is for: it goes to standard output, as the logs do not have to.
        System.out.println(JSON.writeValueAsString(report));
    }
}
