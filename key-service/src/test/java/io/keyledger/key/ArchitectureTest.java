package io.keyledger.key;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import io.keyledger.HouseRules;
import io.keyledger.key.secret.Secret;
import java.util.Set;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

@AnalyzeClasses(packages = "io.keyledger.key", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    private static final Set<String> CALLERS = Set.of("Read", "Change", "Operator", "Asking", "Onlooker");

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
    static final ArchRule THE_RULES_ARE_TOLD_THE_TIME_AND_EVERY_ID =
            noClasses().that().resideInAPackage(RULES).should(HouseRules.ASK_FOR_THE_TIME_OR_FOR_CHANCE);

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
            .haveNameNotMatching(
                    "io\\.keyledger\\.key\\.api\\.(JsonConfiguration.*|OrganizationResource)|io\\.keyledger\\.key\\.prober\\.HttpCanaryPush")
            .should()
            .callMethod(Secret.class, "reveal");

    /** First: a body is read only when it is known who sends it. */
    @ArchTest
    static void everyCallSaysWhoMayCallIt(JavaClasses classes) {
        var open = classes.stream()
                .filter(type -> type.isAnnotatedWith(RestController.class))
                .flatMap(type -> type.getMethods().stream())
                .filter(method -> method.isMetaAnnotatedWith(RequestMapping.class))
                .filter(method -> method.getRawParameterTypes().stream()
                        .limit(1)
                        .noneMatch(parameter -> CALLERS.contains(parameter.getSimpleName())))
                .map(method -> method.getFullName())
                .toList();

        assertThat(open).isEmpty();
    }

    @ArchTest
    static final ArchRule NO_CYCLES = HouseRules.noCyclesBelow("io.keyledger.key");

    @ArchTest
    static final ArchRule EVERY_PACKAGE_IS_NULL_MARKED = HouseRules.EVERY_PACKAGE_IS_NULL_MARKED;
}
