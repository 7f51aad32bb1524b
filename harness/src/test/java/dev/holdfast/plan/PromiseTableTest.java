// SPDX-License-Identifier: BSD-2-Clause-Patent
package dev.holdfast.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PromiseTableTest {

    @Test
    void theThreadsCellsGetThePromisesThatTheDocumentationMakes() {
        assertThat(Scenarios.OSR_THREAD.cells().map(PromiseTable::of).map(Promise::kind))
                .containsExactly("kept", "bugcheck", "kept", "kept", "bugcheck", "open", "open", "open");
    }

    @Test
    void mappingUnlockedPagesUnderVerifierIsPromisedToBugcheckWithTheBlocksOwnNumbers() {
        Promise.BugCheck promise = (Promise.BugCheck) PromiseTable.of(Scenarios.OSR_THREAD.cells().toList().get(1));

        assertThat(promise.code()).isEqualTo(0xC4);
        assertThat(promise.parameters().stream().map(parameter -> parameter.expected(0x300000, 0x10000).orElseThrow()))
                .containsExactly(0x83L, 0x300000L, 0x10000L, 0x300L);
        assertThat(promise.blockSurvives()).isTrue();
    }

    @Test
    void everyCellThatCanBeNamedHasAPromiseOfARowThatCitesAPage() {
        assertThat(PromiseTable.RULES).allSatisfy(rule -> {
            assertThat(rule.name()).isNotBlank();
            assertThat(rule.promise().source()).as(rule.name()).containsPattern("UEFI specification 2.10, section|windows-driver-docs|Linux, ");
        });
        assertThat(everyCombination()).allMatch(cell -> PromiseTable.of(cell) != null);
    }

    @Test
    void everyRowIsSomeCellsPromise() {
        Set<Promise> made = everyCombination().map(PromiseTable::of).collect(Collectors.toSet());

        assertThat(PromiseTable.RULES).extracting(PromiseRule::promise).allMatch(made::contains).doesNotHaveDuplicates();
    }

    @Test
    void nothingIsPromisedOfMemoryThatAnOsMayTake() {
        assertThat(everyCombination().filter(cell -> cell.reservation().type().allocatable()))
                .filteredOn(cell -> cell.reservation().type().fate() != Fate.KEEP)
                .isNotEmpty()
                .allSatisfy(cell -> assertThat(PromiseTable.of(cell)).as(cell.id()).isInstanceOf(Promise.Open.class));
    }

    @ParameterizedTest
    @CsvSource({
        "EfiConventionalMemory,      MmMapIoSpace.cached,               off, refused",
        "EfiPersistentMemory,        ZwMapViewOfSection.cached,         on,  refused",
        "0x10,                       MmMapIoSpace.cached,               off, refused",
        "0x6FFFFFFF,                 MmMapIoSpace.noncached,            on,  refused",
        "EfiUnusableMemory,          MmAllocateMdlForIoSpace.cached,    on,  kept",
        "EfiACPIMemoryNVS,           ZwMapViewOfSection.cached,         off, kept",
        "EfiACPIReclaimMemory,       MmMapIoSpace.cached,               off, open",
        "EfiRuntimeServicesData,     MmMapIoSpace.writecombined,        on,  bugcheck",
        "EfiRuntimeServicesData,     MmMapIoSpace.writecombined,        off, open",
        "EfiReservedMemoryType,      MmAllocateMdlForIoSpace.noncached, on,  open",
        "EfiReservedMemoryType,      MmProbeAndLockPages.cached,        off, open",
        "EfiReservedMemoryType,      MmMapIoSpace.cached,               0x1, bugcheck",
        "EfiMemoryMappedIO,          MmMapIoSpace.cached,               off, kept",
        "EfiMemoryMappedIO,          MmMapIoSpace.cached,               on,  open",
        "EfiMemoryMappedIO,          MmProbeAndLockPages.cached,        on,  open",
        "EfiMemoryMappedIOPortSpace, MmAllocateMdlForIoSpace.cached,    on,  kept",
        "EfiReservedMemoryType,      MmMapIoSpaceEx.cached-ro,          off, kept",
        "EfiReservedMemoryType,      MmMapIoSpaceEx.cached,             on,  open",
        "EfiReservedMemoryType,      MmMapIoSpaceEx.noncached-ro,       off, open",
        "EfiMemoryMappedIO,          MmMapIoSpaceEx.cached-ro,          off, kept",
        "EfiMemoryMappedIO,          MmMapIoSpaceEx.cached,             on,  open",
        "EfiPalCode,                 MmAllocateMdlForIoSpace.cached-ranges, on, kept",
        "EfiPalCode,                 ZwMapViewOfSection.cached-ro-share, on,  kept",
        "EfiPalCode,                 ZwMapViewOfSection.writecombined-share, on, open",
        "EfiPalCode,                 MmCopyMemory.cached,               off, open",
        "EfiPalCode,                 MmAllocateMappingAddress.cached,   off, open",
        "EfiPalCode,                 MmAllocateMappingAddressEx.noncached-divisible, off, open",
        "0x70000000,                 MmMapIoSpace.cached,               off, open",
        "0x80000001,                 MmAllocateMdlForIoSpace.cached,    on,  open",
        "unreserved,                 MmAllocateMdlForIoSpace.cached,    off, open"})
    void aPromiseFollowsFromTypeMappingAndVerifier(String type, String mapping, String verifier, String kind) {
        Cell cell = new Cell(GuestKind.CONTRACT, new Reservation(Axis.TYPE.parse(type).get(0), new Placement.Any(), 1), Locating.THREAD,
                Axis.MAPPING.parse(mapping).get(0), Axis.VERIFIER.parse(verifier).get(0));

        assertThat(PromiseTable.of(cell).kind()).isEqualTo(kind);
    }

    @ParameterizedTest
    @CsvSource({
        "EfiReservedMemoryType,  memremap.cached,            kept",
        "EfiReservedMemoryType,  ioremap.noncached,          kept",
        "EfiReservedMemoryType,  direct-map.cached,          open",
        "EfiReservedMemoryType,  memremap.cached/reboot-kexec, open",
        "EfiReservedMemoryType,  memremap.cached/reboot-reset, open",
        "EfiReservedMemoryType,  memremap.cached/pressure-none, kept",
        "EfiPalCode,             devmem-mmap.cached,         kept",
        "EfiACPIMemoryNVS,       memremap.cached,            kept",
        "EfiACPIMemoryNVS,       memremap.writethrough,      open",
        "EfiACPIMemoryNVS,       request_mem_region.cached,  EBUSY",
        "EfiUnusableMemory,      devmem-read.cached,         EPERM",
        "EfiUnusableMemory,      memremap.cached,            open",
        "EfiACPIReclaimMemory,   memremap.cached,            open",
        "EfiBootServicesData,    ioremap.noncached,          open",
        "EfiConventionalMemory,  memremap.cached,            EFI_INVALID_PARAMETER",
        "0x70000000,             memremap.cached,            open"})
    void aPromiseOfLinuxFollowsFromWhatItsKernelMakesOfTheType(String type, String mappingAndMore, String promised) {
        String[] parts = mappingAndMore.split("/", 2);
        Cell cell = Cell.named("linux/" + type + "@any/scan/" + parts[0] + "/no-verifier" + (parts.length > 1 ? "/" + parts[1] : ""))
                .orElseThrow();

        Promise promise = PromiseTable.of(cell);

        assertThat(promise instanceof Promise.Refused refused ? Codes.inWords(refused.space(), refused.status()) : promise.kind())
                .contains(promised);
    }

    @ParameterizedTest
    @CsvSource({
        "pfn:ram,                     MmMapIoSpace.cached,            verifier,    open",
        "pfn:ram,                     MmMapIoSpace.cached,            no-verifier, kept",
        "'mdl-ram:described,pfn:ram', MmProbeAndLockPages.cached,     verifier,    open",
        "section-handle:any,          MmMapIoSpace.cached,            verifier,    bugcheck",
        "mdl-ram:described,           MmAllocateMdlForIoSpace.cached, verifier,    open",
        "pfn:ram,                     MmAllocateMdlForIoSpace.cached, verifier,    kept",
        "e3-view-unmap:violation,     ZwMapViewOfSection.cached,      verifier,    open",
        "e3-view-unmap:violation,     ZwMapViewOfSection.cached,      no-verifier, kept",
        "section-cache:override,      ZwMapViewOfSection.cached,      verifier,    kept"})
    void aReadingUndoesThePromisesThatRestOnTheOther(String reading, String mapping, String verifier, String kind) {
        Cell cell = new Cell(GuestKind.CONTRACT, new Reservation(MemoryType.RESERVED, new Placement.Any(), 1), Locating.THREAD,
                Axis.MAPPING.parse(mapping).get(0), Axis.VERIFIER.parse(verifier).get(0), GuestKind.CONTRACT.machine(), Optional.empty(),
                new Model(Axis.MODEL.parse(reading).get(0), ModelVersion.WINDOWS_7));

        assertThat(PromiseTable.of(cell).kind()).isEqualTo(kind);
    }

    @Test
    void anAddressWhereTheMachineHasNoRamIsNobodysPromise() {
        Cell high = Cell.named("contract/EfiPalCode@0x100000000/scan/MmMapIoSpace.cached/no-verifier").orElseThrow();
        Cell there = Cell.named(high.id() + "/256M-split").orElseThrow();

        assertThat(PromiseTable.of(high)).isInstanceOf(Promise.Open.class);
        assertThat(PromiseTable.of(there)).isInstanceOf(Promise.Kept.class);
    }

    private static Stream<Cell> everyCombination() {
        return MatrixReader.read("all.yaml", """
                matrix: all
                axes:
                  type: all
                  placement: [any, first-free, at 0x100000, at 0x100000000]
                  pages: [1, 64MiB]
                  mapping: all
                  verifier: [on, off, 0x1]
                  machine: all
                include:
                  - {probe: all, verifier: [on, off, 0x1]}
                  - {type: all, mapping: all, verifier: all, model: all}
                  - {guest: linux, type: all, mapping: all, pressure: all, reboot: all}""", List.of()).cells();
    }
}
