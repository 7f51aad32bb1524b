// SPDX-License-Identifier: BSD-2-Clause-Patent
package dev.holdfast;

import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.syntax.ArchRuleDefinition;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.apache.commons.exec.DefaultExecuteResultHandler;

/** The packages stand in the order in which a cell flows through them, and each uses only those before it. */
@AnalyzeClasses(packages = "dev.holdfast", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    private static final List<String> ORDER = List.of("plan", "wire", "machine", "guest", "run", "report", "junit", "cli");

    @ArchTest
    static final ArchRule noCycles = slices().matching("dev.holdfast.(*)..").should().beFreeOfCycles();

    @ArchTest
    static void eachPackageUsesOnlyThoseBeforeIt(JavaClasses classes) {
        for (int i = 0; i < ORDER.size(); i++) {
            String[] later = ORDER.subList(i + 1, ORDER.size()).stream().map(name -> "dev.holdfast." + name + "..").toArray(String[]::new);
            if (later.length > 0) {
                ArchRuleDefinition.noClasses().that().resideInAPackage("dev.holdfast." + ORDER.get(i) + "..")
                        .should().dependOnClassesThat().resideInAnyPackage(later)
                        .check(classes);
            }
        }
    }

    @ArchTest
    static final ArchRule everyClassStandsInOneOfThem = ArchRuleDefinition.classes().should()
            .resideInAnyPackage(ORDER.stream().map(name -> "dev.holdfast." + name + "..").toArray(String[]::new));

    /** But for the texts that this program brings with it. */
    @ArchTest
    static final ArchRule whatIsPlannedDoesNoInputOrOutput = ArchRuleDefinition.noClasses().that().resideInAPackage("dev.holdfast.plan..")
            .and().doNotHaveFullyQualifiedName("dev.holdfast.plan.Shipped")
            .should().dependOnClassesThat().resideInAnyPackage("java.io..", "java.nio.file..", "java.net..");

    /** A clock that somebody sets must neither end a wait nor spoil a rate: only {@link System#nanoTime} measures. */
    @ArchTest
    static final ArchRule nothingIsMeasuredOnAClockThatSomebodyMaySet = ArchRuleDefinition.noClasses()
            .should().callMethod(System.class, "currentTimeMillis");

    /** It is only ever shown. */
    @ArchTest
    static final ArchRule theTimeOfDayIsAskedForOnce = ArchRuleDefinition.noClasses()
            .that().doNotHaveFullyQualifiedName("dev.holdfast.cli.Labs").should().callMethod(Instant.class, "now");

    /** Commons Exec measures with {@link System#currentTimeMillis} and {@link Instant#now}. */
    @ArchTest
    static final ArchRule nobodyWaitsOnAClockThatSomebodyMaySet = ArchRuleDefinition.noClasses()
            .should().dependOnClassesThat().haveFullyQualifiedName("org.apache.commons.exec.ExecuteWatchdog")
            .orShould().callMethod(DefaultExecuteResultHandler.class, "waitFor", Duration.class)
            .orShould().callMethod(DefaultExecuteResultHandler.class, "waitFor", long.class);
}
