package io.keyledger.audit;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import org.jspecify.annotations.NullMarked;

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
            .should()
            .callMethod(java.time.Instant.class, "now")
            .orShould()
            .callMethod(java.util.UUID.class, "randomUUID")
            .orShould()
            .dependOnClassesThat()
            .areAssignableTo(java.util.Random.class);

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
    static final ArchRule noCycles =
            slices().matching("io.keyledger.audit.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule everyPackageIsNullMarked =
            classes().that().haveSimpleName("package-info").should().beAnnotatedWith(NullMarked.class);

    @ArchTest
    static final ArchRule everyClassIsInAPackageThatSaysWhatItIsFor = classes()
            .should(com.tngtech.archunit.lang.conditions.ArchConditions.be(
                    new DescribedPredicate<JavaClass>("in a package with a package-info") {
                        @Override
                        public boolean test(JavaClass type) {
                            return type.getPackage().tryGetPackageInfo().isPresent();
                        }
                    }));
}
