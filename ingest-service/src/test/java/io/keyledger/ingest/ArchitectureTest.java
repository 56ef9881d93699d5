package io.keyledger.ingest;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.Random;
import java.util.UUID;

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
            .should()
            .callMethod(Instant.class, "now")
            .orShould()
            .callMethod(System.class, "currentTimeMillis")
            .orShould()
            .callMethod(System.class, "nanoTime")
            .orShould()
            .callMethod(UUID.class, "randomUUID")
            .orShould()
            .dependOnClassesThat()
            .belongToAnyOf(Clock.class, Random.class, SecureRandom.class);

    @ArchTest
    static final ArchRule NO_CYCLES =
            slices().matching("io.keyledger.ingest.(*)..").should().beFreeOfCycles();
}
