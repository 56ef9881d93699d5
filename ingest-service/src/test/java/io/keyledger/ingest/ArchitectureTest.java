package io.keyledger.ingest;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import io.keyledger.HouseRules;

@AnalyzeClasses(packages = "io.keyledger.ingest", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    @ArchTest
    static final ArchRule THE_GATE_AND_THE_PROTOCOLS_KNOW_NO_FRAMEWORK = noClasses()
            .that()
            .resideInAnyPackage("..ingest.gate..", "..ingest.protocol..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "org.springframework..",
                    "org.apache.kafka..",
                    "org.apache.avro..",
                    "io.netty..",
                    "reactor..",
                    "io.micrometer..",
                    "java.net..",
                    "java.sql..");

    @ArchTest
    static final ArchRule THE_GATE_AND_THE_PROTOCOLS_ARE_TOLD_THE_TIME = noClasses()
            .that()
            .resideInAnyPackage("..ingest.gate..", "..ingest.protocol..")
            // Its hash has a secret factor, which changes nothing of what it answers.
            .and()
            .doNotHaveSimpleName("HostIndex")
            .should(HouseRules.ASK_FOR_THE_TIME_OR_FOR_CHANCE);

    @ArchTest
    static final ArchRule NO_CYCLES = HouseRules.noCyclesBelow("io.keyledger.ingest");

    @ArchTest
    static final ArchRule EVERY_PACKAGE_IS_NULL_MARKED = HouseRules.EVERY_PACKAGE_IS_NULL_MARKED;
}
