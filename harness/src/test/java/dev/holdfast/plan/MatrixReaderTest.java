// SPDX-License-Identifier: BSD-2-Clause-Patent
package dev.holdfast.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MatrixReaderTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            axes: {type: EfiReservdMemoryType}     | 2:14: there is no memory type 'EfiReservdMemoryType'; did you mean EfiReservedMemoryType?
            axis: {}                               | 2:1: a matrix has no key 'axis'; did you mean axes?
            axes: {typ: all}                       | 2:8: axes has no key 'typ'; did you mean type?
            axes: {guest: contrakt}                | 2:15: there is no guest 'contrakt'; did you mean contract?
            axes: {machine: 57M}                   | 2:17: there is no machine '57M'; did you mean 56M?
            axes: {mapping: MmMapIoSpac.cached}    | 2:17: there is no mapping 'MmMapIoSpac.cached'; did you mean MmMapIoSpace.cached?
            axes: {mapping: Rtl*}                  | 2:17: 'Rtl*' matches no mapping
            axes: {verifier: maybe}                | 2:18: 'maybe' is no Verifier setting; write on, off or flags such as 0x209BB
            axes: {model: strickt}                 | 2:15: there is no switch of the model 'strickt'; did you mean strict?
            axes: {model: [strict, "pfm:ram"]}     | 2:24: there is no switch of the model 'pfm'; did you mean pfn?
            axes: {model: "pfn:rom"}               | 2:15: there is no value of pfn 'rom'; did you mean ram?
            axes: {model: "date:2041-02-29"}       | 2:15: there is no value of date '2041-02-29'
            axes: {model: cache-conflict}          | 2:15: the model's switch cache-conflict wants a value; write cache-conflict:large-page or cache-conflict:refused or cache-conflict:kept
            axes: {model: "pfn:"}                  | 2:15: there is no value of pfn ''
            axes: {model: pfn}                     | 2:15: the model's switch pfn wants a value; write pfn:described or pfn:ram
            axes: {model: "pfn:ram,pfn:described"} | 2:15: the model's switch pfn stands in 'pfn:ram,pfn:described' twice
            axes: {model: "pfn:ram,"}              | 2:15: there is no switch of the model ''
            axes: {model: "mmu*"}                  | 2:15: 'mmu*' matches no model
            axes: {version: 8}                     | 2:17: there is no version of Windows '8'; did you mean 7?
            axes: {version: vista}                 | 2:17: there is no version of Windows 'vista'; there are 7, 8.1, 10, 11
            exclude: [{model: "pfn:rim"}]          | 2:19: there is no value of pfn 'rim'; did you mean ram?
            axes: {placement: all}                 | 2:19: 'all' is no placement; write 'at ADDRESS'
            axes: {placement: at 0x1234}           | 2:19: address 0x1234 is not a multiple of a page (4096 bytes)
            axes: {placement: below 12}            | 2:19: there is no page below 0xC
            axes: {placement: at 99999999999999999999} | 2:19: 'at 99999999999999999999' is no placement
            axes: {placement: at 19999999999999999999} | 2:19: 'at 19999999999999999999' is no placement
            axes: {placement: each 0..0xFFFFFFFFFFFFF000 step 0x1000} | 2:19: 'each' names more than 4096 addresses
            axes: {placement: first-free 0x2000..0x1000 step 0x1000} | 2:19: the range 0x2000..0x1000 step 0x1000 is empty
            axes: {pages: 0}                       | 2:15: a block has 1..1048576 pages, not 0
            axes: {pages: 5GiB}                    | 2:15: a block has 1..1048576 pages, not 1310720
            axes: {pages: 3KiB}                    | 2:15: '3KiB' is no multiple of a page (4 KiB)
            axes: {probe: osr-growabel}            | 2:15: there is no probe 'osr-growabel'; did you mean osr-growable?
            axes: {locating: table}                | 2:18: 'table' is no way to locate a block; write 'default', 'variable', 'acpi-table' or 'scan
            axes: {locating: scan 1..2 step 0x1000} | 2:18: the scan's start 0x1 and step 0x1000 are not multiples of a page
            axes: {type: []}                       | 2:14: type wants at least one value
            axes: {type: [[EfiLoaderData]]}        | 2:15: type wants a value, not a list
            axes: [EfiLoaderData]                  | 2:7: axes wants keys and values, not a list
            include: {type: all}                   | 2:10: include wants a list, not keys and values
            exclude: [{fate: kept}]                | 2:18: there is no fate 'kept'; did you mean keep?
            import: [nightley]                     | 2:10: there is no matrix 'nightley' to import; did you mean nightly?
            promises: [{when: {}, promise: kept}]  | 2:12: a promise needs the keys when, promise and reason; here reason is missing
            promises: [{when: {}, promise: keept, reason: r}] | 2:32: there is no promise 'keept'; did you mean kept?
            promises: [{when: {}, promise: {refused: STATUS_CONFLICTING_ADDRESSE}, reason: r}] | did you mean STATUS_CONFLICTING_ADDRESSES?
            promises: [{when: {}, promise: {refused: 0x0}, reason: r}] | 0x0 says that a call succeeded
            promises: [{when: {}, promise: {bugcheck: C4}, reason: r}] | 'C4' is no number in hex
            promises: [{when: {}, promise: {bugcheck: 0xC4/1/2/3/4/5}, reason: r}] | a bug check has four parameters, not 5
            promises: [{when: {}, promise: {block: survives}, reason: r}] | a promise is one of kept, open
            axes: {type: all                       | expected ',' or '}'
            matrix: twice                          | 2:1: the key 'matrix' stands here twice
            import: []                             | has no cells
            """)
    void aMistakeIsSaidInASentenceWithItsPlace(String line, String words) {
        String axes = line.startsWith("promises") || line.startsWith("exclude") ? "\naxes: {}" : "";

        assertThat(problems("matrix: m\n" + line + axes)).anySatisfy(problem ->
                assertThat(problem).startsWith("m.yaml:").contains(words.replaceFirst("^(?=[0-9]+:)", "m.yaml:")));
    }

    @Test
    void everyMistakeIsFoundInTheOrderOfTheFile() {
        assertThat(problems("""
                promises:
                  - {when: {tpye: x}, promise: no, reason: r}
                axes: {type: EfiNo, pages: 0}
                """)).hasSize(5).isSortedAccordingTo((a, b) -> Integer.compare(lineOf(a), lineOf(b)))
                .anyMatch(problem -> problem.contains("'matrix' with the matrix's name is missing"));
    }

    @Test
    void aFileOfNothingButMistakesIsRefusedWithoutAnEndlessList() {
        assertThat(problems("matrix: m\naxes:\n  type:\n" + "  - EfiNo\n".repeat(1000))).hasSize(20);
    }

    @Test
    void whatIsNoMatrixAtAllIsSaid() {
        assertThat(problems("")).containsExactly("m.yaml: the file is empty");
        assertThat(problems("just words")).anyMatch(problem -> problem.contains("a matrix wants keys and values"));
        assertThat(problems("matrix: m\naxes: {guest: linux, mapping: MmMapIoSpace.cached}\n"))
                .containsExactly("m.yaml:2:7: none of its guests has any of its mappings (see: holdfast list mappings)");
        assertThat(problems("matrix: m\naxes: {pressure: ful, reboot: kexek}\n")).containsExactly(
                "m.yaml:2:18: there is no pressure 'ful'; did you mean full?", "m.yaml:2:31: there is no reboot 'kexek'; did you mean kexec?");
        assertThat(problems("matrix: m\nabout: one\n")).anyMatch(problem -> problem.contains("has no cells"));
        assertThat(problems("matrix: \u0007\u001b[31m")).allMatch(problem -> problem.chars().allMatch(c -> c >= 0x20 && c < 0x7F));
        assertThat(problems("#".repeat(300_000))).allMatch(problem -> problem.contains("more than 262144"));
    }

    @Test
    @Timeout(5)
    void aYamlBombIsRefusedAtOnce() {
        StringBuilder laughs = new StringBuilder("a0: &a0 [ha, ha, ha, ha, ha, ha, ha, ha, ha]\n");
        for (int i = 1; i < 9; i++) {
            laughs.append("a").append(i).append(": &a").append(i).append(" [").append(("*a" + (i - 1) + ", ").repeat(9)).append("]\n");
        }

        assertThat(problems(laughs.toString())).anyMatch(problem -> problem.contains("more than 64 aliases"));
        assertThat(problems("matrix: m\naxes: &a {type: *a}\n")).anyMatch(problem -> problem.contains("type wants a value"));
        assertThat(problems("[".repeat(200_000))).anyMatch(problem -> problem.contains("nested more than 12 deep"));
        assertThat(problems("- ".repeat(100_000))).anyMatch(problem -> problem.contains("nested more than 12 deep"));
    }

    @Test
    @Timeout(60)
    void anyChangeToASoundMatrixGivesAMatrixOrAFault() {
        String sound = Shipped.text("placements.yaml");
        Random random = new Random(1);
        for (int i = 0; i < 2000; i++) {
            StringBuilder changed = new StringBuilder(sound);
            for (int k = random.nextInt(4); k >= 0; k--) {
                int at = random.nextInt(changed.length());
                changed.replace(at, Math.min(changed.length(), at + random.nextInt(8)), randomText(random));
            }
            try {
                MatrixReader.read("m.yaml", changed.toString(), Scenarios.ALL).combinations();
            } catch (MatrixFault fault) {
                assertThat(fault.problems()).isNotEmpty().allMatch(problem -> problem.startsWith("m.yaml"));
            }
        }
    }

    private static String randomText(Random random) {
        String[] pieces = {"", "[", "]", "{", "}", ":", "- ", "\n", "*a", "&a ", "0x", "'", "\"", "|", "#", "9", "-1", "~", "\u00e9", "? "};
        return pieces[random.nextInt(pieces.length)];
    }

    private static int lineOf(String problem) {
        return Integer.parseInt(problem.split(":")[1]);
    }

    private static List<String> problems(String text) {
        MatrixFault fault = catchThrowableOfType(MatrixFault.class, () -> MatrixReader.read("m.yaml", text, Scenarios.ALL));
        assertThat(fault).as(text.lines().findFirst().orElse("")).isNotNull();
        return fault.problems();
    }
}
