// SPDX-License-Identifier: BSD-2-Clause-Patent
package dev.holdfast.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.holdfast.guest.Artefacts;
import dev.holdfast.guest.Guest;
import dev.holdfast.guest.Home;
import dev.holdfast.plan.Cell;
import dev.holdfast.plan.MapApi;
import dev.holdfast.plan.ModelVersion;
import dev.holdfast.plan.Pressure;
import dev.holdfast.plan.VerifierFlags;
import dev.holdfast.wire.Frame;
import dev.holdfast.wire.GuestOptions;
import dev.holdfast.wire.Transcript;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The contract guest's open questions and its versions: each switch does what it says, and says where it stands. */
@Tag("boot")
@Timeout(60)
class ModelBootTest {

    private static final String UNAVAILABLE = "0xC000007A";
    private static final int ACPI_RECLAIM = 9;
    private static final long MUCH = 0x2000000;

    @TempDir
    private static Path folder;
    private static GuestRuns questions;
    private static GuestRuns driver;

    @BeforeAll
    static void open() {
        questions = new GuestRuns(folder, GuestRuns.VIOLATIONS);
        driver = new GuestRuns(folder, "nt/holdfast.sys");
    }

    @AfterAll
    static void close() {
        questions.close();
        driver.close();
    }

    /** A switch, its two values, a task, whether with Verifier, and the outcome with either value. */
    @ParameterizedTest
    @CsvSource({
            "pfn, described, ram, map-block, true, 0xC4/0x83, address",
            "mdl-ram, reclaimable, described, mdl-for-block, true, 0x0, 0xC00000EF",
            "section-cache, conflict, override, view-other-cache-type, false, 0xC0000018, 0x0",
            "section-handle, kernel-only, any, user-handle-as-kernel, true, 0xC4/0xF6, quiet",
            "e3-view-unmap, quiet, violation, view-at-page, true, 0x0, 0xC4/0xE3",
            "free-page-map, bugcheck, mapped, map-io-space-of-free-page, false, 0x1A/0x1233, address",
            "page-table-map, refused, mapped, map-page-table, false, 0x0, address",
            "cache-conflict, large-page, refused, map-two-cache-types, false, address, 0x0",
            "cache-conflict, large-page, refused, map-mdl-other-cache-type, false, address, 0x1A/0x1000",
            "cache-conflict, large-page, kept, map-large-page, false, 0x0, address"})
    void aSwitchDoesWhatItSays(String name, String usual, String other, String task, boolean verifier, String strict, String loose) {
        GuestOptions options = GuestOptions.USUAL.withTask(task);
        long flags = verifier ? VerifierFlags.STANDARD.bits() : 0;

        assertOutcome(questions.of(options, flags), name, usual, strict);
        assertOutcome(questions.of(options.withSwitch(name, usual), flags), name, usual, strict);
        assertOutcome(questions.of(options.withSwitch(name, other), flags), name, other, loose);
    }

    @Test
    void sectionOffsetsAreRoundedAsTheSwitchSays() {
        GuestOptions options = GuestOptions.USUAL.withTask("view-at-page");
        Transcript strict = questions.of(options, 0);
        Transcript loose = questions.of(options.withSwitch("section-offset", "page"), 0);

        assertThat(GuestRuns.value(strict, "offset")).isEqualTo(0x100000);
        assertThat(GuestRuns.value(loose, "offset")).isEqualTo(0x101000);
        assertThat(switches(loose)).containsEntry("section-offset", "page");
        assertThat(switches(strict, "guest.decided")).containsEntry("section-offset", "64k");
        assertThat(switches(loose, "guest.decided")).containsEntry("section-offset", "page");
    }

    @Test
    void aSwitchThatMakesNoDifferenceIsNotSaidToHaveDecided() {
        assertThat(switches(questions.of(GuestOptions.USUAL.withTask("map-block"), 0), "guest.decided")).isEmpty();
        assertThat(switches(driver.of(GuestOptions.USUAL.withSwitch("section-cache", "override"), 0), "guest.decided"))
                .containsExactly(Map.entry("mdl-ram", "reclaimable"));
    }

    /** Of the kernel's own page both of the conflicting types are refused, and its own is not. */
    @Test
    void aLargePageIsMappedWithItsOwnCacheTypeAlone() {
        Transcript seen = questions.of(GuestOptions.USUAL.withTask("map-large-page"), 0);

        assertThat(GuestRuns.value(seen, "cached")).isNegative();
        assertThat(seen.all("driver.value").filter(frame -> frame.text("name").orElse("").equals("result"))
                .map(frame -> frame.number("value").orElseThrow())).containsExactly(0L, 0L);
    }

    /** The forum's question about cache types, which the documentation leaves open: each reading shows in its own steps. */
    @ParameterizedTest
    @CsvSource({"large-page, done, refused", "kept, done, done", "refused, refused, refused"})
    void theProbeSeesWhatTheModelMakesOfCacheTypesThatConflict(String reading, String elsewhere, String inLargePage) {
        Transcript seen = driver.of(GuestOptions.USUAL.withTask("osr-forensics").withSwitch("cache-conflict", reading), 0);
        Map<String, String> steps = seen.all("driver.probe").collect(Collectors.toMap(
                frame -> frame.text("step").orElse(""), frame -> frame.text("outcome").orElse("")));

        assertThat(steps).containsEntry("conflict-iospace", elsewhere).containsEntry("large-page-conflict", inLargePage);
        assertThat(switches(seen)).containsEntry("cache-conflict", reading);
    }

    @Test
    void acpiReclaimMemoryIsReclaimedAfterTheRestWhereTheSwitchSaysSo() {
        GuestOptions options = GuestOptions.USUAL.withTask("mdl-for-block");
        Transcript kept = questions.of(options, 0);
        Transcript reclaimed = questions.of(options.withSwitch("acpi-reclaim", "reclaimed"), 0);

        assertThat(stages(kept)).containsExactly("boot");
        assertThat(stages(reclaimed)).containsExactly("boot", "acpi");
        assertThat(reclaimed(reclaimed, "boot")).isEqualTo(reclaimed(kept, "boot"));
        assertThat(reclaimed(reclaimed, "acpi")).isEqualTo(pagesOfType(reclaimed, ACPI_RECLAIM)).isPositive();
    }

    /** QEMU writes over memory where it can be asked to, which is sooner done; the processor does it as thoroughly. */
    @Test
    void memoryIsOverwrittenAsWellWhereThereIsNoDeviceForIt() {
        GuestOptions options = GuestOptions.USUAL.withTask("look-at-free-memory");
        Cell loaderData = Cell.named("contract/EfiLoaderData@first-free/scan/MmMapIoSpace.cached/no-verifier").orElseThrow();
        Guest guest = GuestRuns.contract(new Artefacts(Home.find()).driver(GuestRuns.VIOLATIONS));

        Transcript device = questions.of(options, 0);
        try (GuestRuns runs = new GuestRuns(folder, GuestRuns.withoutFwCfg(guest))) {
            Transcript processor = runs.of(options, 0);

            for (String name : List.of("word", "pages", "alike")) {
                assertThat(GuestRuns.value(processor, name)).as(name).isEqualTo(GuestRuns.value(device, name));
            }
            assertThat(GuestRuns.value(processor, "word")).isEqualTo(0xDEADF1E1D5EAF00DL);
            assertThat(GuestRuns.value(processor, "alike")).isGreaterThan(GuestRuns.value(processor, "pages") * 99 / 100);
            assertThat(reclaimed(processor, "boot")).isEqualTo(reclaimed(device, "boot"));
            assertThat(reclaimed(runs.of(loaderData, options), "boot")).isEqualTo(reclaimed(questions.of(loaderData, options), "boot"));
        }
    }

    /** What ACPIReclaim memory held is gone, as far as the host can see, and the rest of the firmware's is not. */
    @Test
    void aBlockInAcpiReclaimMemoryLastsUntilTheTablesWereRead() {
        Cell cell = Cell.named("contract/EfiACPIReclaimMemory@first-free/scan/MmMapIoSpace.cached/no-verifier").orElseThrow();

        assertThat(driver.of(cell, GuestOptions.USUAL).first("driver.checked")).isPresent();
        assertThat(driver.of(cell, GuestOptions.USUAL.withSwitch("acpi-reclaim", "reclaimed")).first("driver.not-located")).isPresent();
    }

    @Test
    void underPressureNoMemoryIsLeftAndTheBlockLasts() {
        GuestOptions options = GuestOptions.USUAL.withTask("allocate-much");
        Transcript usual = questions.of(options, 0);
        Transcript full = questions.of(options.withPressure(Pressure.FULL), 0);

        assertThat(GuestRuns.value(usual, "allocated")).isEqualTo(MUCH);
        assertThat(stages(usual)).containsExactly("boot");
        assertThat(stages(full)).containsExactly("boot", "pressure");
        assertThat(reclaimed(full, "pressure")).isCloseTo(reclaimed(full, "boot"), withinPercentage(1));
        assertThat(GuestRuns.value(full, "allocated")).isBetween(1L, MUCH / 8);

        Frame checked = driver.of(GuestOptions.USUAL.withPressure(Pressure.FULL), 0).first("driver.checked").orElseThrow();
        assertThat(checked.text("intact")).isEqualTo(checked.text("pages"));
    }

    @Test
    void whatIsPromisedIsKeptUnderPressure() throws IOException {
        Path matrix = Files.writeString(folder.resolve("pressed.yaml"), """
                matrix: pressed
                about: Ways of mapping that keep their promise.
                axes:
                  pressure: full
                  verifier: on
                  mapping: [MmAllocateMdlForIoSpace.cached, ZwMapViewOfSection.cached]
                """);
        Path out = Files.createTempDirectory(folder, "out");
        Cli cli = Cli.run("run", matrix.toString(), "--out", out.toString());

        assertThat(cli.status()).as(cli.out() + cli.err()).isZero();
        assertThat(new ObjectMapper().readTree(out.resolve("results.json").toFile()).path("cells")).hasSize(2).allSatisfy(cell -> {
            assertThat(cell.path("id").asText()).contains("/pressure-full");
            assertThat(cell.path("promise").path("kind").asText()).isEqualTo("kept");
            assertThat(cell.path("verdict").asText()).isEqualTo("pass");
        });
    }

    @ParameterizedTest
    @CsvSource({"pfm,ram,pfm:ram", "pfn,rom,pfn:rom", "pfn,'',pfn:"})
    void aSwitchThatIsNoneEndsTheBootWithItsName(String name, String value, String detail) {
        Transcript seen = questions.of(GuestOptions.USUAL.withSwitch(name, value), 0);

        Frame fatal = seen.first("guest.fatal").orElseThrow();
        assertThat(fatal.fields()).containsEntry("reason", "no-such-model-switch").containsEntry("detail", detail);
        assertThat(seen.lastWords().orElseThrow().text("outcome")).contains("fatal");
    }

    @Test
    void severalSwitchesStandAtOnceAndTheOthersStayStrict() {
        Transcript seen = questions.of(GuestOptions.USUAL.withTask("map-block").withSwitch("pfn", "ram").withSwitch("mdl-ram", "described"),
                VerifierFlags.STANDARD.bits());

        assertThat(switches(seen)).containsEntry("pfn", "ram").containsEntry("mdl-ram", "described")
                .containsEntry("cache-conflict", "large-page").containsEntry("version", "11").hasSize(11);
    }

    /** Some of the cells of the shipped matrix, and the answers in which its readings differ. */
    @Test
    void cellsOfTheMatrixBootUnderTheReadingAndTheVersionThatTheirIdsName() throws IOException {
        assertThat(ran("*@first-free/scan/MmMapIoSpace.cached/verifier/pfn:ram")).containsExactlyInAnyOrder(
                "EfiReservedMemoryType observed null null", "EfiACPIReclaimMemory observed null null");
        assertThat(ran("*Reserved*/scan/MmMapIoSpace.cached/verifier/section-handle:any")).containsExactlyInAnyOrder(
                "EfiReservedMemoryType pass 0xC4 null");
        assertThat(ran("*Reserved*/scan/MmAllocateMdlForIoSpace.cached/no-verifier/mdl-ram:described")).containsExactlyInAnyOrder(
                "EfiReservedMemoryType observed null null");
        assertThat(ran("*/ZwMapViewOfSection.cached/verifier/e3-view-unmap:violation")).contains(
                "EfiReservedMemoryType observed 0xC4 null");
        assertThat(ran("*/scan/MmAllocateMdlForIoSpace.cached/no-verifier/windows-*")).containsExactlyInAnyOrder(
                "EfiReservedMemoryType observed null 0xC000007A", "EfiReservedMemoryType pass null null",
                "EfiReservedMemoryType pass null null");
        assertThat(ran("*/osr-forensics/*cache*")).containsExactlyInAnyOrder(
                "EfiReservedMemoryType pass null null", "EfiReservedMemoryType pass null null", "EfiReservedMemoryType pass null null");
    }

    /** Type, verdict, bug check and a status of the mapping that is not success. */
    private List<String> ran(String filter) throws IOException {
        Path out = Files.createTempDirectory(folder, "out");
        Cli cli = Cli.run("run", "model-readings", "--filter", filter, "--out", out.toString());
        assertThat(cli.status()).as(cli.out() + cli.err()).isZero();
        List<String> cells = new ArrayList<>();
        for (JsonNode cell : new ObjectMapper().readTree(out.resolve("results.json").toFile()).path("cells")) {
            JsonNode seen = cell.path("observed");
            String status = seen.path("mapStatus").asText();
            assertThat(seen.path("model").path("version").asText()).isEqualTo(cell.path("version").asText());
            assertThat(cell.path("reason").asText().contains("; rests on ")).isEqualTo(!seen.path("decided").isEmpty());
            cells.add(String.join(" ", cell.path("reservation").path("type").asText(), cell.path("verdict").asText(),
                    seen.path("bugcheck").path("code").asText("null"), status.equals("0x0") ? "null" : status));
        }
        return cells;
    }

    @Test
    void aDriverThatImportsWhatAVersionLacksIsNotLoaded() {
        Transcript seen = questions.of(GuestOptions.USUAL.withVersion(ModelVersion.WINDOWS_7), 0);

        assertThat(seen.all("guest.fatal").map(frame -> frame.text("reason").orElse("") + " " + frame.text("detail").orElse("")))
                .containsExactly("unknown-import ntoskrnl.exe!MmAllocateMdlForIoSpace");
        assertThat(seen.first("guest.driver")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
            "MDL_FOR_IO_SPACE,WINDOWS_7,WINDOWS_8_1,MmAllocateMdlForIoSpace",
            "MM_MAP_IO_SPACE_EX,WINDOWS_8_1,WINDOWS_10,MmMapIoSpaceEx",
            "COPY,WINDOWS_7,WINDOWS_8_1,MmCopyMemory",
            "RESERVED_MAPPING_EX,WINDOWS_10,WINDOWS_11,MmAllocateMappingAddressEx"})
    void aDriverThatLooksARoutineUpSaysThatAVersionLacksIt(MapApi api, ModelVersion old, ModelVersion young, String routine) {
        Frame lacking = driver.of(GuestOptions.USUAL.withVersion(old), 0, api).first("driver.mapped").orElseThrow();
        Transcript had = driver.of(GuestOptions.USUAL.withVersion(young), 0, api);

        assertThat(lacking.fields()).containsEntry("status", UNAVAILABLE).containsEntry("step", routine);
        assertThat(had.first("driver.mapped").orElseThrow().text("status")).as(had.frames().toString()).isNotEqualTo(UNAVAILABLE);
        assertThat(switches(had)).containsEntry("version", young.word());
    }

    private static void assertOutcome(Transcript seen, String name, String value, String outcome) {
        String all = seen.frames().toString();
        assertThat(switches(seen)).as(all).containsEntry(name, value);
        assertThat(switches(seen, "guest.decided")).as(all).containsEntry(name, value);
        if (outcome.contains("/")) {
            Frame bugCheck = seen.first("guest.bugcheck").orElseThrow(() -> new AssertionError(all));
            assertThat(bugCheck.text("code").orElse("") + "/" + bugCheck.text("p1").orElse("")).isEqualTo(outcome);
            return;
        }
        assertThat(seen.first("guest.bugcheck")).as(all).isEmpty();
        if (outcome.equals("address")) {
            assertThat(GuestRuns.value(seen, "result")).as(all).isNegative();
        } else if (!outcome.equals("quiet")) {
            assertThat(GuestRuns.value(seen, "result")).as(all).isEqualTo(Long.decode(outcome));
        }
    }

    private static List<String> stages(Transcript seen) {
        return seen.all("guest.reclaimed").map(frame -> frame.text("stage").orElse("")).toList();
    }

    private static long reclaimed(Transcript seen, String stage) {
        return seen.all("guest.reclaimed").filter(frame -> frame.text("stage").orElse("").equals(stage)).findFirst()
                .flatMap(frame -> frame.number("pages")).orElseThrow();
    }

    /** Pages of a type in the map that the firmware left. */
    private static long pagesOfType(Transcript seen, int type) {
        return seen.all("uefi.map").flatMap(frame -> Stream.of(frame.text("entries").orElse("").split(",")))
                .map(entry -> entry.split(":")).filter(entry -> Long.decode(entry[0]) == type)
                .mapToLong(entry -> Long.decode(entry[2])).sum();
    }

    private static Map<String, String> switches(Transcript seen) {
        return switches(seen, "guest.model");
    }

    private static Map<String, String> switches(Transcript seen, String event) {
        return seen.all(event).collect(Collectors.toMap(
                frame -> frame.text("name").orElse(""), frame -> frame.text("value").orElse("")));
    }
}
