package io.keyledger.bench;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.core.importer.Location;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import io.keyledger.HouseRules;

@AnalyzeClasses(
        packages = "io.keyledger.bench",
        importOptions = {DoNotIncludeTests.class, ArchitectureTest.DoNotIncludeGenerated.class})
class ArchitectureTest {

    /** JMH's generator makes a package of its own, which knows no annotations. */
    static final class DoNotIncludeGenerated implements ImportOption {
        @Override
        public boolean includes(Location location) {
            return !location.contains("/jmh_generated/");
        }
    }

    @ArchTest
    static final ArchRule WHAT_IS_RECKONED_IS_TOLD_WHAT_WAS_MEASURED = noClasses()
            .that()
            .haveNameMatching(".*\\.(Figures|Times|RateStep|Payload)(\\$.*)?")
            .should(HouseRules.ASK_FOR_THE_TIME_OR_FOR_CHANCE);

    @ArchTest
    static final ArchRule KEY_SERVICE_AND_AUDIT_SERVICE_ARE_REACHED_AS_BY_ANYBODY =
            noClasses().should().dependOnClassesThat().resideInAnyPackage("io.keyledger.key..", "io.keyledger.audit..");

    @ArchTest
    static final ArchRule ONE_CLASS_ALONE_CHANGES_A_COLLECTOR = noClasses()
            .that()
            .doNotHaveSimpleName("DiscardingCollector")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.springframework..");

    @ArchTest
    static final ArchRule EVERY_PACKAGE_IS_NULL_MARKED = HouseRules.EVERY_PACKAGE_IS_NULL_MARKED;
}
