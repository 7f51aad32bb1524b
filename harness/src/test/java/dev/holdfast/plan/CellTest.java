// SPDX-License-Identifier: BSD-2-Clause-Patent
package dev.holdfast.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CellTest {

    private static final ModelReading PFN_RAM = new ModelReading(ModelSwitch.PFN, "ram");

    @Test
    void theThreadsCellsHaveTheIdsThatEarlierResultsBear() {
        assertThat(Scenarios.OSR_THREAD.cells().map(Cell::id)).containsExactly(
                "contract/EfiReservedMemoryType@first-free/scan/MmMapIoSpace.cached/no-verifier",
                "contract/EfiReservedMemoryType@first-free/scan/MmMapIoSpace.cached/verifier",
                "contract/EfiReservedMemoryType@first-free/scan/MmAllocateMdlForIoSpace.cached/verifier",
                "contract/EfiReservedMemoryType@first-free/scan/ZwMapViewOfSection.cached/verifier",
                "contract/EfiReservedMemoryType@first-free/scan/MmProbeAndLockPages.cached/verifier",
                "contract/EfiLoaderData@first-free/scan/MmMapIoSpace.cached/no-verifier",
                "contract/EfiBootServicesData@first-free/scan/MmMapIoSpace.cached/no-verifier",
                "contract/unreserved@first-free/scan/MmMapIoSpace.cached/no-verifier");
    }

    @Test
    void cellsThatDifferInAnyOneThingHaveDifferentIds() {
        Cell cell = Scenarios.OSR_THREAD.cells().toList().get(0);
        List<Cell> variants = List.of(cell,
                new Cell(cell.guest(), new Reservation(MemoryType.LOADER_DATA, Placement.FirstFree.THREAD, 16), cell.locating(),
                        cell.mapping(), cell.verifier()),
                withPlacement(cell, new Placement.At(0x100000), 16),
                withPlacement(cell, new Placement.Below(0x100000), 16),
                withPlacement(cell, new Placement.Any(), 16),
                withPlacement(cell, new Placement.FirstFree(0x100000, 0x1000000, 0x200000), 16),
                withPlacement(cell, Placement.FirstFree.THREAD, 1),
                new Cell(cell.guest(), cell.reservation(), new Locating.Scan(0, 0x1000000, 0x1000), cell.mapping(),
                        cell.verifier()),
                new Cell(cell.guest(), cell.reservation(), Locating.Published.VARIABLE, cell.mapping(), cell.verifier()),
                new Cell(cell.guest(), cell.reservation(), Locating.Published.ACPI_TABLE, cell.mapping(), cell.verifier()),
                new Cell(cell.guest(), cell.reservation(), cell.locating(), Mapping.cached(MapApi.MDL_FOR_IO_SPACE), cell.verifier()),
                new Cell(cell.guest(), cell.reservation(), cell.locating(),
                        new Mapping(MapApi.MM_MAP_IO_SPACE, CacheType.NON_CACHED, MapVariant.PLAIN), cell.verifier()),
                new Cell(cell.guest(), cell.reservation(), cell.locating(), Mapping.cached(MapApi.MM_MAP_IO_SPACE_EX), cell.verifier()),
                new Cell(cell.guest(), cell.reservation(), cell.locating(),
                        new Mapping(MapApi.MM_MAP_IO_SPACE_EX, CacheType.CACHED, MapVariant.READ_ONLY), cell.verifier()),
                new Cell(cell.guest(), cell.reservation(), cell.locating(), cell.mapping(), VerifierFlags.STANDARD),
                new Cell(cell.guest(), cell.reservation(), cell.locating(), cell.mapping(), new VerifierFlags(1)),
                new Cell(cell.guest(), cell.reservation(), cell.locating(), cell.mapping(), cell.verifier(),
                        MachineShape.named("256M").orElseThrow()),
                new Cell(cell.guest(), cell.reservation(), cell.locating(), cell.mapping(), cell.verifier(),
                        MachineShape.named("256M-split").orElseThrow()),
                withModel(cell, Optional.of(Probe.TABLE.get(0)), Model.USUAL),
                withModel(cell, Optional.of(Probe.TABLE.get(1)), Model.USUAL),
                withModel(cell, Optional.empty(), new Model(Set.of(PFN_RAM), ModelVersion.WINDOWS_11)),
                withModel(cell, Optional.empty(), new Model(Set.of(PFN_RAM, new ModelReading(ModelSwitch.MDL_RAM, "described")), ModelVersion.WINDOWS_11)),
                withModel(cell, Optional.empty(), new Model(Set.of(), ModelVersion.WINDOWS_8_1)),
                withModel(cell, Optional.of(Probe.TABLE.get(0)), new Model(Set.of(PFN_RAM), ModelVersion.WINDOWS_7)));

        Set<String> ids = new HashSet<>(variants.stream().map(Cell::id).toList());

        assertThat(ids).hasSameSizeAs(variants);
        assertThat(variants).allSatisfy(variant -> assertThat(Cell.named(variant.id())).contains(variant));
    }

    @Test
    void anIdNamesTheProbeTheReadingAndTheVersionWhereTheyAreNotTheUsual() {
        Cell cell = Scenarios.OSR_THREAD.cells().toList().get(0);
        Cell asked = new Cell(cell.guest(), cell.reservation(), cell.locating(), cell.mapping(), cell.verifier(),
                MachineShape.named("256M").orElseThrow(), Probe.named("osr-nonpaged"),
                new Model(Set.of(new ModelReading(ModelSwitch.CACHE_CONFLICT, "kept"), PFN_RAM), ModelVersion.WINDOWS_8_1));

        assertThat(asked.id()).isEqualTo(cell.id() + "/256M/osr-nonpaged/pfn:ram,cache-conflict:kept/windows-8.1");
        assertThat(Cell.named(asked.id())).contains(asked);
        assertThat(Cell.named(cell.id() + "/date:2040-02-29")).map(named -> named.model().reading()).contains("date:2040-02-29");
        assertThat(Cell.named(cell.id() + "/date:2041-02-29")).isEmpty();
        assertThat(withModel(cell, Probe.named("osr-growable"), Model.USUAL).id()).isEqualTo(cell.id() + "/osr-growable");
        assertThat(Cell.named(cell.id() + "/osr-growable")).flatMap(Cell::probe).map(Probe::name).contains("osr-growable");
    }

    @Test
    void anIdNamesWhatABlockIsPutThroughWhereItIsNotWhatItsGuestUsuallyDoes() {
        Cell linux = Cell.named("linux/EfiReservedMemoryType@first-free/scan/memremap.cached/no-verifier").orElseThrow();
        Cell contract = Scenarios.OSR_THREAD.cells().toList().get(0);

        assertThat(linux.trial()).isEqualTo(new Trial(Pressure.FULL, Reboot.NONE));
        assertThat(contract.trial()).isEqualTo(new Trial(Pressure.NONE, Reboot.NONE));
        for (String more : List.of("/pressure-none", "/reboot-kexec", "/reboot-reset", "/512M/pressure-none/reboot-reset")) {
            assertThat(Cell.named(linux.id() + more)).as(more).map(Cell::id).contains(linux.id() + more);
        }
        assertThat(Cell.named(linux.id() + "/pressure-none/reboot-kexec")).map(Cell::trial)
                .contains(new Trial(Pressure.NONE, Reboot.KEXEC));
        assertThat(Cell.named(contract.id() + "/pressure-full/pfn:ram")).map(Cell::trial).contains(new Trial(Pressure.FULL, Reboot.NONE));
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "linux/EfiLoaderData@any/scan/MmMapIoSpace.cached/no-verifier", "contract/EfiLoaderData@any/scan/memremap.cached/no-verifier",
        "linux/EfiLoaderData@any/scan/memremap.cached/verifier", "linux/EfiLoaderData@any/scan/memremap.cached/no-verifier/pfn:ram",
        "linux/EfiLoaderData@any/scan/memremap.cached/no-verifier/windows-7",
        "linux/EfiLoaderData@any/scan/memremap.cached/no-verifier/osr-growable",
        "linux/EfiLoaderData@any/scan/memremap.cached/no-verifier/pressure-full",
        "linux/EfiLoaderData@any/scan/memremap.cached/no-verifier/reboot-none",
        "linux/EfiLoaderData@any/scan/memremap.cached/no-verifier/reboot-kexec/pressure-none",
        "linux/EfiLoaderData@any/scan/memremap.cached/no-verifier/256M",
        "linux/EfiLoaderData@any/scan/ioremap.cached/no-verifier",
        "contract/EfiLoaderData@any/scan/MmMapIoSpace.cached/no-verifier/reboot-kexec",
        "contract/EfiLoaderData@any/scan/MmMapIoSpace.writethrough/no-verifier"})
    void whatAGuestDoesNotHaveIsNoCellOfIts(String id) {
        assertThat(Cell.named(id)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/osr-growabl", "/pfn:described", "/pfn:ram,pfn:ram", "/mdl-ram:described,pfn:ram", "/pfn:ram/osr-growable",
            "/windows-11", "/windows-9", "/windows-7/pfn:ram", "/strict", "/pfn:", "/none", "/pfn:ram/windows-7/256M",
            "/osr-growable/osr-nonpaged", "/256M/osr-growable/pfn:ram/windows-7/more"})
    void whatAnIdDoesNotSpellInItsOneWayIsNoId(String more) {
        assertThat(Cell.named(Scenarios.OSR_THREAD.cells().toList().get(0).id() + more)).isEmpty();
    }

    @Test
    void aReservationOfNoPagesOrMoreThanFourGibibytesIsRefused() {
        assertThatThrownBy(() -> new Reservation(MemoryType.RESERVED, new Placement.Any(), 0))
                .hasMessageContaining("1..1048576 pages, not 0");
        assertThatThrownBy(() -> new Reservation(MemoryType.RESERVED, new Placement.Any(), 0x100001)).hasMessageContaining("not 1048577");
    }

    @Test
    void aPlacementOffAPageBoundaryOrWithoutAnAddressIsRefused() {
        assertThatThrownBy(() -> new Placement.At(0x100001)).hasMessageContaining("0x100001 is not a multiple of a page");
        assertThatThrownBy(() -> new Placement.FirstFree(0x2000, 0x1000, 0x1000)).hasMessageContaining("is empty");
        assertThatThrownBy(() -> new Placement.FirstFree(0x1000, 0x2000, 0)).hasMessageContaining("is empty");
    }

    @Test
    void aPlacementTellsWhichAddressesItAllows() {
        assertThat(Placement.FirstFree.THREAD.allows(0x100000, 4096)).isTrue();
        assertThat(Placement.FirstFree.THREAD.allows(0xF00000, 4096)).isTrue();
        assertThat(Placement.FirstFree.THREAD.allows(0x1000000, 4096)).isFalse();
        assertThat(Placement.FirstFree.THREAD.allows(0x180000, 4096)).isFalse();
        assertThat(new Placement.Below(0x2000).allows(0x1000, 0x1000)).isTrue();
        assertThat(new Placement.Below(0x2000).allows(0x1000, 0x2000)).isFalse();
        assertThat(new Placement.Below(0x1FFF).allows(0x1000, 0x1000)).isFalse();
        assertThat(new Placement.Below(0x1000).allows(0xFFFFFFFFFFFFF000L, 0x1000)).isFalse();
        assertThat(new Placement.At(0x1000).allows(0x2000, 0x1000)).isFalse();
    }

    @Test
    void memoryTypesAreFoundByNameAndByNumberWithinTheirRanges() {
        assertThat(MemoryType.named("efiloaderdata")).contains(MemoryType.LOADER_DATA);
        assertThat(MemoryType.numbered(0)).contains(MemoryType.RESERVED);
        assertThat(MemoryType.named("0x70000001")).map(MemoryType::number).contains(0x70000001L);
        assertThat(MemoryType.numbered(16)).map(MemoryType::allocatable).contains(false);
        assertThat(MemoryType.numbered(0x6FFFFFFFL)).map(MemoryType::allocatable).contains(false);
        assertThat(MemoryType.numbered(0x70000000L)).map(MemoryType::allocatable).contains(true);
        assertThat(MemoryType.numbered(0xFFFFFFFFL)).isEmpty();
        assertThat(MemoryType.numbered(-1)).isEmpty();
        assertThat(MemoryType.named("EfiNonsense")).isEmpty();
    }

    private static Cell withModel(Cell cell, Optional<Probe> probe, Model model) {
        return new Cell(cell.guest(), cell.reservation(), cell.locating(), cell.mapping(), cell.verifier(), cell.machine(), probe, model);
    }

    private static Cell withPlacement(Cell cell, Placement placement, long pages) {
        return new Cell(cell.guest(), new Reservation(cell.reservation().type(), placement, pages), cell.locating(), cell.mapping(),
                cell.verifier());
    }
}
