package io.keyledger;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.conditions.ArchConditions.be;
import static com.tngtech.archunit.lang.conditions.ArchConditions.callMethod;
import static com.tngtech.archunit.lang.conditions.ArchConditions.dependOnClassesThat;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.NullMarked;

/** What the architecture tests of all modules have in common; each names what holds for it. */
public final class HouseRules {

    /** Avro's generator makes a package of its own, which knows no annotations. */
    public static final ArchRule EVERY_PACKAGE_IS_NULL_MARKED = classes()
            .that()
            .resideOutsideOfPackage("io.keyledger.avro")
            .should(be(describe(
                    "in a package that is @NullMarked",
                    type -> type.getPackage().isAnnotatedWith(NullMarked.class))));

    /** For pure code, in {@code noClasses()}: the edge tells it the time, and every id. */
    public static final ArchCondition<JavaClass> ASK_FOR_THE_TIME_OR_FOR_CHANCE = callMethod(Instant.class, "now")
            .or(callMethod(System.class, "currentTimeMillis"))
            .or(callMethod(System.class, "nanoTime"))
            .or(callMethod(UUID.class, "randomUUID"))
            .or(callMethod(Math.class, "random"))
            .or(dependOnClassesThat(JavaClass.Predicates.belongToAnyOf(
                    Clock.class, Random.class, SecureRandom.class, ThreadLocalRandom.class)));

    private HouseRules() {}

    /** The packages below this one depend on each other in one direction. */
    public static ArchRule noCyclesBelow(String home) {
        return slices().matching(home + ".(*)..").should().beFreeOfCycles();
    }
}
