package io.keyledger.audit;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import io.keyledger.HouseRules;

/** The house of STYLE.md, as far as a machine can check it. */
@AnalyzeClasses(packages = "io.keyledger.audit", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    @ArchTest
    static final ArchRule theChainIsPure = noClasses()
            .that()
            .resideInAPackage("..audit.chain..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "org.springframework..",
                    "org.apache..",
                    "java.sql..",
                    "javax.sql..",
                    "io.keyledger.avro..",
                    "tools.jackson..");

    @ArchTest
    static final ArchRule theVerifierKnowsNoDatabase = noClasses()
            .that()
            .haveSimpleNameStartingWith("Verifi")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.springframework..", "org.apache..", "java.sql..", "javax.sql..");

    @ArchTest
    static final ArchRule timeAndChanceAreAtTheEdge = noClasses()
            .that()
            .resideInAnyPackage("..audit.chain..", "..audit.record..", "..audit.search..", "..audit.verify..")
            .should(HouseRules.ASK_FOR_THE_TIME_OR_FOR_CHANCE);

    @ArchTest
    static final ArchRule nobodyButTheCodecSeesGeneratedTypes =
            noClasses().should().dependOnClassesThat().resideInAPackage("io.keyledger.avro..");

    @ArchTest
    static final ArchRule storageDoesNotKnowTheWeb = noClasses()
            .that()
            .resideInAnyPackage("..audit.chain..", "..audit.record..", "..audit.search..", "..audit.verify..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("..audit.web..", "jakarta.servlet..", "org.springframework.web..");

    @ArchTest
    static final ArchRule noCycles = HouseRules.noCyclesBelow("io.keyledger.audit");

    @ArchTest
    static final ArchRule everyPackageIsNullMarked = HouseRules.EVERY_PACKAGE_IS_NULL_MARKED;
}
