package io.keyledger.local;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import org.jspecify.annotations.NullMarked;

@AnalyzeClasses(packages = "io.keyledger.local", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {
    /** Other modules' tests use the parts alone. */
    @ArchTest
    static final ArchRule partsDoNotKnowTheSuite = noClasses()
            .that()
            .haveSimpleNameStartingWith("Local")
            .should()
            .dependOnClassesThat()
            .haveNameMatching(".*\\.(Suite.*|Supervisor|.*Part)");

    @ArchTest
    static final ArchRule noFramework = noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.springframework..", "io.keyledger.event..", "io.keyledger.client..");

    @ArchTest
    static final ArchRule nullMarked =
            classes().that().haveSimpleName("package-info").should().beAnnotatedWith(NullMarked.class);
}
