// SPDX-License-Identifier: BSD-2-Clause-Patent
package dev.holdfast.junit;

import static dev.holdfast.junit.BootAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.machine.Machine;
import dev.holdfast.plan.Cell;
import dev.holdfast.wire.Block;
import dev.holdfast.wire.Transcript;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.platform.engine.reporting.FileEntry;
import org.junit.platform.engine.reporting.ReportEntry;
import org.junit.platform.testkit.engine.EngineExecutionResults;
import org.junit.platform.testkit.engine.Event;

/** Tests as users write them, run by JUnit's own engine. */
@Tag("boot")
@Timeout(180)
class BootTestBootTest {

    private static final Set<Thread> THREADS = ConcurrentHashMap.newKeySet();

    @TempDir
    private Path out;

    @Test
    void anAnnotationOnTheClassHoldsUnlessAMethodSaysOtherwise() {
        EngineExecutionResults results = Runs.all(out, Annotated.class, Map.of());

        assertThat(Runs.failures(results)).allSatisfy((test, failure) -> assertThat(failure).as(test).isEmpty()).hasSize(5);
        assertThat(out.resolve(Annotated.class.getName().replace('$', '_') + ".thatOfTheMethod")).isDirectoryContaining("glob:**MmMapIoSpace.cached*");
    }

    @Test
    void whatIsKeptOfABootIsAttachedToItsTest() {
        EngineExecutionResults results = Runs.one(out, Annotated.class, "thatOfTheClass", BootSession.class);

        List<String> attached = results.allEvents().fileEntryPublished().stream()
                .map(event -> event.getRequiredPayload(FileEntry.class).getPath().getFileName().toString())
                .toList();
        assertThat(attached).contains("frames.txt", "console.log", "plan.txt", "qemu.sh");
    }

    @Test
    void aTestThatFailsShowsTheCommandThatShowsItAgain() {
        EngineExecutionResults results = Runs.all(out, Failing.class, Map.of());
        Map<String, String> failures = Runs.failures(results);

        assertThat(failures.get("theSentence(BootSession)")).startsWith("expected that the system stopped with bug check 0xC4 (0x83), but it did "
                + "not stop: mapped").containsPattern("\n  again: .*holdfast replay contract/.*MmAllocateMdlForIoSpace.cached/verifier$");
        assertThat(failures.get("anotherSentence(BootSession)")).isEqualTo("something else");
        assertThat(results.testEvents().reportingEntryPublished().stream()
                .map(event -> event.getRequiredPayload(ReportEntry.class).getKeyValuePairs().get("holdfast.again")))
                .hasSize(2).allSatisfy(command -> assertThat(command).contains("holdfast replay contract/"));
    }

    @Test
    void aBlockThatIsSpoiltFromOutsideIsMissed() {
        assertThat(Runs.failures(Runs.all(out, Spoilt.class, Map.of())).get("theHostSeesIt(BootSession, Block)"))
                .startsWith("expected that the block survived, but the host sees 15 of 16 pages intact; page 3 of 16 at ");
    }

    @Test
    void aMatrixIsOneInvocationACellAndJudgedByItsOwnPromises() {
        Map<String, String> failures = Runs.failures(Runs.all(out, OfMatrix.class, Map.of()));

        assertThat(failures).hasSize(9);
        assertThat(failures.values().stream().filter(failure -> !failure.isEmpty())).singleElement().asString()
                .startsWith("expected that the promise of contract/").contains("a test's own promise").containsPattern("replay --of \\S+wrong.yaml ");
    }

    @Test
    void testsThatRunAtTheSameTimeHaveMachinesOfTheirOwn() {
        THREADS.clear();
        Map<String, String> failures = Runs.failures(Runs.all(out, Parallel.class, Map.of(
                "junit.jupiter.execution.parallel.enabled", "true", "junit.jupiter.execution.parallel.mode.default", "concurrent",
                "junit.jupiter.execution.parallel.config.strategy", "fixed", "junit.jupiter.execution.parallel.config.fixed.parallelism", "3")));

        assertThat(failures).allSatisfy((test, failure) -> assertThat(failure).as(test).isEmpty()).hasSize(3);
        assertThat(THREADS).hasSizeGreaterThan(1);
    }

    @Test
    void anExtensionThatIsRegisteredIsWhatAnnotationsStartFrom() {
        assertThat(Runs.failures(Runs.all(out, Registered.class, Map.of()))).allSatisfy((test, failure) ->
                assertThat(failure).as(test).isEmpty()).hasSize(3);
    }

    @Test
    void whatMakesNoSenseIsSaidInASentence() {
        Map<String, String> failures = Runs.failures(Runs.all(out, Senseless.class, Map.of()));

        assertThat(failures.get("aCellThatThereIsNot(BootSession)")).isEqualTo(
                "IllegalArgumentException: there is no cell 'contract/Nothing'; see: holdfast list cells");
        assertThat(failures.get("aFileWithoutAPlace(BootSession)")).contains("is no file for an EFI system partition; write /PATH/IN/IT=FILE");
        assertThat(failures.get("aDriverThatTheGuestCannotLoad(BootSession)")).isEqualTo("IllegalArgumentException: a driver and a certificate "
                + "of your own are nothing for the guest linux, which loads no .sys file");
        assertThat(failures.get("aRuleThatTheGuestDoesNotHave(BootSession)")).isEqualTo(
                "IllegalArgumentException: the guest linux has no verifier 'on'");
        assertThat(failures.get("aCellsBootCannotBeForked(BootSession)")).contains("snapshots are for applications of your own");
        String ofAll = Runs.all(out, BeforeAllTests.class, Map.of()).allEvents().failed().stream().findFirst().map(Event::toString).orElse("");
        assertThat(ofAll).contains("a boot belongs to one test: take a BootSession as a parameter of the test");
    }

    /** A test's failure is its guest's; where a computer lacks something no guest has failed. */
    @Test
    void whatThisComputerLacksIsNoAssertionThatFailed() {
        String home = System.setProperty("holdfast.home", out.toString());
        try {
            assertThat(Runs.failures(Runs.all(out, Failing.class, Map.of())).values()).hasSize(2).allSatisfy(failure ->
                    assertThat(failure).startsWith("EnvironmentFault: not built: ").endsWith("; run mvn package in the project's folder"));
        } finally {
            System.setProperty("holdfast.home", home);
        }
    }

    @BootTest(mapping = "MmAllocateMdlForIoSpace.cached", verifier = "on")
    static class Annotated {

        @Test
        void thatOfTheClass(BootSession boot) {
            assertThat(boot).blockSurvived().driverMappedTheBlock().verifierStayedQuiet().driverWasUnloaded().isAsPromised();
        }

        @Test
        @BootTest(mapping = "MmMapIoSpace.cached")
        void thatOfTheMethod(BootSession boot) {
            assertThat(boot).bugChecked(0xC4, 0x83).blockSurvived();
        }

        @Test
        void allOfItsPartsAreOfOneBoot(BootSession boot, Block block, Machine machine, Transcript transcript) {
            assertThat(machine).isSameAs(boot.machine());
            assertThat(block.address()).isEqualTo(boot.observed().reservedAt().orElseThrow());
            assertThat(transcript.lastWords()).isPresent();
        }

        @Test
        void itsMemoryIsReadWhileItRuns(BootSession boot, Block block) {
            assertThat(boot.await("guest.end")).isPresent();
            assertThat(boot.memory().read(block.address(), 4096)).isEqualTo(block.page(0));
            assertThat(boot.qmp("query-status").path("running").asBoolean()).isTrue();
            assertThat(boot).blockSurvived();
        }

        @Nested
        class Inside {
            @Test
            @BootTest(verifier = "off")
            void anOuterClassHoldsHereToo(BootSession boot) {
                assertThat(boot.result().cell().id()).endsWith("MmAllocateMdlForIoSpace.cached/no-verifier");
            }
        }
    }

    @BootTest(mapping = "MmAllocateMdlForIoSpace.cached", verifier = "on")
    static class Failing {

        @Test
        void theSentence(BootSession boot) {
            assertThat(boot).bugChecked(0xC4, 0x83);
        }

        @Test
        void anotherSentence(BootSession boot) {
            assertThat(boot).blockSurvived();
            throw new AssertionError("something else");
        }
    }

    @BootTest(mapping = "MmAllocateMdlForIoSpace.cached")
    static class Spoilt {

        @Test
        void theHostSeesIt(BootSession boot, Block block) {
            boot.await("guest.end");
            boot.memory().write(block.address() + 3 * 4096 + 17, new byte[] {0, 0, 0, 0});
            assertThat(boot).blockSurvived();
        }
    }

    @BootTest
    static class OfMatrix {

        @ParameterizedTest
        @MatrixSource("osr-thread")
        void everyCell(Cell cell, BootSession boot) {
            assertThat(boot.result().cell()).isEqualTo(cell);
            assertThat(boot).isAsPromised();
        }

        @ParameterizedTest
        @MatrixSource(value = "src/test/resources/dev/holdfast/junit/wrong.yaml", filter = "*")
        void aFiles(Cell cell, BootSession boot) {
            assertThat(boot).isAsPromised();
        }
    }

    @BootTest(verifier = "on", mapping = "MmAllocateMdlForIoSpace.cached")
    static class Parallel {

        @Test
        void one(BootSession boot) throws InterruptedException {
            survives(boot);
        }

        @Test
        void another(BootSession boot) throws InterruptedException {
            survives(boot);
        }

        @Test
        void aThird(BootSession boot) throws InterruptedException {
            survives(boot);
        }

        private static void survives(BootSession boot) throws InterruptedException {
            THREADS.add(Thread.currentThread());
            Thread.sleep(200);
            assertThat(boot).blockSurvived().verifierStayedQuiet();
        }
    }

    static class Registered {

        @RegisterExtension
        static final BootExtension BOOTS = new BootExtension(BootSpec.contract().mapping("MmAllocateMdlForIoSpace.cached").verifier(true));

        @Test
        void itsSpecificationHolds(BootSession boot) {
            assertThat(boot).verifierStayedQuiet().driverMappedTheBlock();
        }

        @Test
        @BootTest(mapping = "MmMapIoSpace.cached")
        void aMethodSaysWhatIsDifferent(BootSession boot) {
            assertThat(boot).bugChecked(0xC4, 0x83);
        }

        @Test
        void moreThanOneBootsInATest(Boots boots) {
            BootSession on = boots.start(boots.usual());
            BootSession off = boots.start(boots.usual().verifier(false));
            assertThat(on).blockSurvived();
            assertThat(off).blockSurvived();
            assertThat(on.folder()).isNotEqualTo(off.folder());
            assertThat(Files.exists(off.folder().resolve("frames.txt"))).isTrue();
        }
    }

    @BootTest
    static class Senseless {

        @Test
        @BootTest(cell = "contract/Nothing")
        void aCellThatThereIsNot(BootSession boot) {
            assertThat(boot).isAsPromised();
        }

        @Test
        @BootTest(files = "startup.nsh")
        void aFileWithoutAPlace(BootSession boot) {
            assertThat(boot).isAsPromised();
        }

        @Test
        @BootTest(guest = "linux", driver = "../guest-driver/target/nt/holdfast.sys")
        void aDriverThatTheGuestCannotLoad(BootSession boot) {
            assertThat(boot).isAsPromised();
        }

        @Test
        @BootTest(guest = "linux", verifier = "on")
        void aRuleThatTheGuestDoesNotHave(BootSession boot) {
            assertThat(boot).isAsPromised();
        }

        @Test
        void aCellsBootCannotBeForked(BootSession boot) {
            boot.snapshot();
        }
    }

    @BootTest
    static class BeforeAllTests {

        @BeforeAll
        static void boot(BootSession boot) {
            assertThat(boot).isAsPromised();
        }

        @Test
        void nothing() {
            assertThat(true).isTrue();
        }
    }
}
