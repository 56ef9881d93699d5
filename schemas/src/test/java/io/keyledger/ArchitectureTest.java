package io.keyledger;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(
        packages = {
            "io.keyledger.event",
            "io.keyledger.credential",
            "io.keyledger.table",
            "io.keyledger.codec",
            "io.keyledger.client",
            "io.keyledger.avro"
        },
        importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    @ArchTest
    static final ArchRule NOTHING_OF_SPRING_OR_JDBC = noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.springframework..", "java.sql..", "javax.sql..", "jakarta..");

    @ArchTest
    static final ArchRule GENERATED_TYPES_ARE_SEEN_BY_THE_CODEC_ALONE = classes()
            .that()
            .resideInAPackage("io.keyledger.avro")
            .should()
            .onlyBeAccessed()
            .byAnyPackage("io.keyledger.avro", "io.keyledger.codec");

    @ArchTest
    static final ArchRule AVRO_IS_SEEN_BY_THE_CODEC_ALONE = noClasses()
            .that()
            .resideInAnyPackage(
                    "io.keyledger.event..",
                    "io.keyledger.credential..",
                    "io.keyledger.table..",
                    "io.keyledger.client..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.apache.avro..", "io.keyledger.avro..");

    @ArchTest
    static final ArchRule THE_TABLES_KNOW_NO_KAFKA = noClasses()
            .that()
            .resideInAPackage("io.keyledger.table..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.apache.kafka..");

    @ArchTest
    static final ArchRule THE_LANGUAGE_KNOWS_OF_KAFKA_ITS_HASH_ALONE = noClasses()
            .that()
            .resideInAPackage("io.keyledger.event..")
            .and()
            .doNotHaveSimpleName("Topics")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.apache.kafka..");

    @ArchTest
    static final ArchRule THE_LANGUAGE_ASKS_NO_CLOCK = noClasses()
            .that()
            .resideInAnyPackage("io.keyledger.event..", "io.keyledger.table..", "io.keyledger.codec..")
            // Its hash has a secret factor, which changes nothing of what it answers.
            .and()
            .doNotHaveSimpleName("HostTable")
            .should(HouseRules.ASK_FOR_THE_TIME_OR_FOR_CHANCE);

    @ArchTest
    static final ArchRule NO_CYCLES = HouseRules.noCyclesBelow("io.keyledger");

    @ArchTest
    static final ArchRule EVERY_PACKAGE_IS_NULL_MARKED = HouseRules.EVERY_PACKAGE_IS_NULL_MARKED;
}
