package io.keyledger.key;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import io.keyledger.key.secret.Secret;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.NullMarked;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

@AnalyzeClasses(packages = "io.keyledger.key", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    private static final Set<String> CALLERS = Set.of("Read", "Change", "Operator", "Asking");

    /** The package alone, without what is below it. */
    private static final String RULES = "io.keyledger.key.ledger";

    @ArchTest
    static final ArchRule THE_RULES_KNOW_NOTHING_BUT_THE_LANGUAGE = noClasses()
            .that()
            .resideInAPackage(RULES)
            .should()
            .dependOnClassesThat()
            .resideOutsideOfPackages(
                    RULES,
                    "io.keyledger.event",
                    "io.keyledger.table",
                    "java.lang..",
                    "java.time..",
                    "java.util..",
                    "org.jspecify..");

    @ArchTest
    static final ArchRule THE_RULES_ARE_TOLD_THE_TIME_AND_EVERY_ID = noClasses()
            .that()
            .resideInAPackage(RULES)
            .should()
            .callMethod(Instant.class, "now")
            .orShould()
            .callMethod(System.class, "currentTimeMillis")
            .orShould()
            .callMethod(System.class, "nanoTime")
            .orShould()
            .callMethod(UUID.class, "randomUUID")
            .orShould()
            .callMethod(Math.class, "random")
            .orShould()
            .dependOnClassesThat()
            .belongToAnyOf(Clock.class, Random.class, SecureRandom.class, ThreadLocalRandom.class);

    @ArchTest
    static final ArchRule KAFKA_STREAMS_IS_THE_LEDGERS_ALONE = noClasses()
            .that()
            .resideOutsideOfPackage("io.keyledger.key.ledger.streams..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.apache.kafka.streams..");

    @ArchTest
    static final ArchRule PLAINTEXT_LIVES_WHERE_SECRETS_ARE_MADE_AND_AT_THE_EDGE = noClasses()
            .that()
            .resideOutsideOfPackage("io.keyledger.key.secret")
            .and()
            .haveNameNotMatching("io\\.keyledger\\.key\\.api\\.(JsonConfiguration.*|OrganizationResource)")
            .should()
            .callMethod(Secret.class, "reveal");

    @ArchTest
    static void everyCallSaysWhoMayCallIt(JavaClasses classes) {
        var open = classes.stream()
                .filter(type -> type.isAnnotatedWith(RestController.class))
                .flatMap(type -> type.getMethods().stream())
                .filter(method -> method.isMetaAnnotatedWith(RequestMapping.class))
                .filter(method -> method.getRawParameterTypes().stream()
                        .noneMatch(parameter -> CALLERS.contains(parameter.getSimpleName())))
                .map(method -> method.getFullName())
                .toList();

        assertThat(open).isEmpty();
    }

    @ArchTest
    static final ArchRule NO_CYCLES =
            slices().matching("io.keyledger.key.(*)..").should().beFreeOfCycles();

    @ArchTest
    static void everyPackageIsNullMarked(JavaClasses classes) {
        var unmarked = classes.stream()
                .map(type -> type.getPackage())
                .distinct()
                .filter(found -> !found.isAnnotatedWith(NullMarked.class))
                .toList();

        assertThat(unmarked).isEmpty();
    }
}
