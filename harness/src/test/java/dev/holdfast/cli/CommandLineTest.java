// SPDX-License-Identifier: BSD-2-Clause-Patent
package dev.holdfast.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.plan.Scenarios;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CommandLineTest {

    @TempDir
    private Path folder;

    @Test
    void anUnknownScenarioIsAUsageErrorWithASuggestion() {
        Cli cli = Cli.run("run", "osr-thred");

        assertThat(cli.status()).isEqualTo(2);
        assertThat(cli.err()).contains("there is no scenario 'osr-thred'; did you mean osr-thread?");
        assertThat(Cli.run("run", "zzz").err()).contains("there is no scenario 'zzz'; see: holdfast list scenarios");
    }

    @Test
    void unknownWordsAreUsageErrorsWithSuggestions() {
        assertUsage("did you mean flip-byte?", "run", "--sabotage", "flip-bite");
        assertUsage("did you mean contract?", "run", "--guest", "kontract");
        assertUsage("did you mean contract/EfiLoaderData@first-free/scan/MmMapIoSpace.cached/no-verifier?",
                "replay", "contract/EfiLoaderData@first-free/scan/MmMapIoSpace.cached/noverifier");
        assertUsage("no cell of osr-thread matches", "run", "--filter", "linux/*");
        assertUsage("--timeout wants a number of seconds above 0, not 0", "run", "--timeout", "0");
        assertUsage("--jobs wants a number from 1 to 64, not 0", "run", "--jobs", "0");
        assertUsage("Unknown option", "run", "--nonsense");
    }

    @Test
    void aDriverThatIsNoX64ImageIsRefusedBeforeAnyBoot() throws IOException {
        Path text = Files.writeString(folder.resolve("driver.sys"), "not a driver");

        assertUsage("is no x64 PE image: it does not start with an MZ header", "run", "--driver", text.toString(), "--out", out());
        assertUsage("is not a file", "run", "--driver", folder.resolve("gone.sys").toString(), "--out", out());
        assertThat(Path.of(out())).doesNotExist();
    }

    @Test
    void anOutputFolderThatCannotBeWrittenToIsSaidBeforeAnyBoot() throws IOException {
        Path file = Files.createFile(folder.resolve("a-file"));

        Cli cli = Cli.run("run", "--out", file.resolve("out").toString());

        assertThat(cli.status()).isEqualTo(3);
        assertThat(cli.err()).contains("the output folder").contains("cannot be written to").contains("choose another with --out");
        assertThat(cli.err().lines()).hasSize(1);
        assertThat(cli.out()).isEmpty();
    }

    @Test
    void aComputerWithoutQemuIsSaidInOneSentence() throws Exception {
        Cli cli = Cli.runWith(Map.of("PATH", folder.toString()), "run", "--out", out());

        assertEnvironment(cli, "qemu-system-x86_64 is not on the PATH; install it (Debian: apt-get install qemu-system-x86)");
        assertThat(Path.of(out())).doesNotExist();
    }

    @Test
    void aComputerWithoutFirmwareIsSaidInOneSentence() throws Exception {
        Cli cli = Cli.runWith(Map.of("HOLDFAST_FIRMWARE_PATH", folder.toString()), "run", "--out", out());

        assertEnvironment(cli, "no UEFI firmware for x86-64 q35 machines without Secure Boot is described in " + folder
                + "; install it (Debian: apt-get install ovmf)");
    }

    @Test
    void aTreeThatIsNotBuiltIsSaidInOneSentence() throws Exception {
        Cli cli = Cli.runWith(Map.of("JAVA_TOOL_OPTIONS", ""), "-h");
        assertThat(cli.status()).isZero();

        String home = System.setProperty("holdfast.home", folder.toString());
        try {
            Cli unbuilt = Cli.run("run", "--out", out());
            assertEnvironment(unbuilt, "not built: ");
            assertThat(unbuilt.err()).contains("Holdfast.efi").contains("run mvn package");
            assertThat(Path.of(out())).doesNotExist();
            assertEnvironment(Cli.run("replay", Scenarios.OSR_THREAD.cells().findFirst().orElseThrow().id(), "--out", out()),
                    "not built: ");
            assertThat(Path.of(out())).doesNotExist();
        } finally {
            System.setProperty("holdfast.home", home);
        }
    }

    @Test
    void theDoctorNamesTheOneCommandThatMendsWhatIsMissing() throws Exception {
        Cli cli = Cli.runWith(Map.of("PATH", folder.toString()), "doctor");

        assertThat(cli.status()).isEqualTo(3);
        assertThat(cli.out()).contains("MISSING  QEMU").contains("To mend it: apt-get install mtools qemu-system-x86 util-linux");
    }

    @ParameterizedTest
    @ValueSource(strings = {"cells", "scenarios", "types", "mappings", "probes", "guests", "sabotages"})
    void everythingThatCanBeListedIs(String what) {
        Cli cli = Cli.run("list", what);

        assertThat(cli.status()).isZero();
        assertThat(cli.out().lines()).isNotEmpty().allMatch(line -> line.length() > 20);
    }

    @Test
    void codesAreExplainedWithTheirSource() {
        assertThat(Cli.run("explain", "0xC4/0x83").out()).contains("MmMapIoSpace").contains("source: windows-driver-docs");
        assertThat(Cli.run("explain", "0xDA/0x105").out()).contains("parameter 1 = 0x105").contains("bug-check-0xda--system-pte-misuse.md");
        assertThat(Cli.run("explain", "0xC1/0x24").out()).contains("parameter 4 = 0x24").contains("source: windows-driver-docs");
        assertThat(Cli.run("explain", "0xBE").out()).contains("ATTEMPTED_WRITE_TO_READONLY_MEMORY");
        assertUsage("there is no explanation for 0xDA/0x9999", "explain", "0xDA/0x9999");
        assertThat(Cli.run("explain", "c0000428").out()).contains("STATUS_INVALID_IMAGE_HASH");
        assertUsage("is no code", "explain", "banana");
        assertUsage("did you mean EPERM?", "explain", "EPERN");
        assertThat(Cli.run("explain", "EPERM").out()).contains("errno 0x1 EPERM: ").contains("source: Linux, include/uapi");
        assertThat(Cli.run("explain", "STATUS_ACCESS_DENIED").out()).contains("NTSTATUS 0xC0000022");
        assertUsage("there is no explanation for 0x123456", "explain", "0x123456");
    }

    @Test
    void whatIsTheContractGuestsIsNotAskedOfLinux() {
        String cell = "linux/EfiReservedMemoryType@first-free/scan/memremap.cached/no-verifier";

        assertUsage("--sabotage cut-frame is nothing for the guest linux", "replay", cell, "--sabotage", "cut-frame", "--out", folder.toString());
        assertUsage("no cell of osr-thread matches", "run", "--sabotage", "panic", "--out", folder.toString());
        assertUsage("no cell of linux-thread matches", "run", "linux-thread", "--guest", "contract", "--out", folder.toString());
        assertThat(Cli.run("list", "guests").out()).containsPattern("contract +\\(MODEL\\)").containsPattern("(?m)^linux +Debian");
        assertThat(Cli.run("list", "mappings").out()).containsPattern("(?m)^linux +memremap\\.cached\\|writethrough\\|writecombined +memremap with");
    }

    @Test
    void theCellsOfAMatrixFileAreListedByTheirIds() throws IOException {
        Path file = Files.writeString(folder.resolve("m.yaml"), "matrix: m\naxes: {type: [EfiPalCode, EfiLoaderData], verifier: all}\n");

        Cli cli = Cli.run("list", "cells", file.toString(), "--filter", "*/verifier");

        assertThat(cli.status()).as(cli.err()).isZero();
        assertThat(cli.out().lines()).containsExactly("contract/EfiPalCode@first-free/scan/MmMapIoSpace.cached/verifier",
                "contract/EfiLoaderData@first-free/scan/MmMapIoSpace.cached/verifier");
        assertThat(Cli.run("list", "cells", "nightly").out().lines()).hasSizeGreaterThan(1000);
    }

    @Test
    void aMatrixFileWithMistakesIsAUsageErrorThatNamesEachPlace() throws IOException {
        Path file = Files.writeString(folder.resolve("m.yaml"), "matrix: m\naxes: {type: EfiPalCod, verifier: maybe}\n");

        assertUsage(file + ":2:14: there is no memory type 'EfiPalCod'; did you mean EfiPalCode?", "run", file.toString(), "--out", out());
        assertUsage(file + ":2:35: 'maybe' is no Verifier setting", "list", "cells", file.toString());
        assertUsage("is no file of at most 1048576 bytes", "run", folder.resolve("gone.yaml").toString());
        assertUsage("is no file of at most 1048576 bytes", "replay", "--of", folder.resolve("gone.yaml").toString(),
                "contract/EfiPalCode@any/scan/MmMapIoSpace.cached/verifier");
        Files.write(file, new byte[] {(byte) 0xFF, (byte) 0xFE, 0});
        assertUsage("is no text in UTF-8", "run", file.toString());
        assertThat(Path.of(out())).doesNotExist();
    }

    @Test
    void aMillionCellsAreRefusedWithTheirNumberUnlessTheyAreWanted() throws IOException {
        Path file = Files.writeString(folder.resolve("m.yaml"), "matrix: m\naxes: {placement: each 0x100000..0x3e900000 step 0x100000, "
                + "pages: [1, 2, 3, 4, 5, 6], type: [EfiPalCode, EfiLoaderData], "
                + "verifier: all, mapping: all}\n");

        assertUsage("has 960,000 combinations, more than 100,000; narrow its axes, or say --yes", "run", file.toString(), "--out", out());
        assertUsage("has 960,000 combinations", "list", "cells", file.toString());
        assertThat(Cli.run("list", "cells", file.toString(), "--yes", "--filter", "*PalCode@0x100000,1p/*").out().lines()).hasSize(80);
    }

    @Test
    void aFilterMatchesAcrossSlashes() throws Exception {
        Pattern pattern = new Names.OfGlob().convert("contract/*verifier");

        assertThat(pattern.matcher("contract/a@b/scan/c.d/no-verifier").matches()).isTrue();
        assertThat(pattern.matcher("contract/a@b/scan/c.d/off").matches()).isFalse();
        assertThat(new Names.OfGlob().convert("a.c").matcher("abc").matches()).isFalse();
    }

    private static void assertUsage(String words, String... arguments) {
        Cli cli = Cli.run(arguments);
        assertThat(cli.status()).as(cli.err()).isEqualTo(2);
        assertThat(cli.err()).contains(words).doesNotContain("\tat ");
    }

    private static void assertEnvironment(Cli cli, String words) {
        assertThat(cli.status()).as(cli.err()).isEqualTo(3);
        assertThat(cli.err()).startsWith("holdfast: " + words).doesNotContain("\tat ");
        assertThat(cli.err().lines()).hasSize(1);
    }

    private String out() {
        return folder.resolve("out").toString();
    }
}
