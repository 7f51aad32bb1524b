// SPDX-License-Identifier: BSD-2-Clause-Patent
package dev.holdfast.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import org.junit.jupiter.api.Test;

class ObservationKeyTest {

    private static final String USUAL = step("grow-1", "done", "0x0", "0xFFFF800000001000");

    @Test
    void aProbeCountsByTheNamesTheOutcomesAndTheStatusesOfItsSteps() throws JsonProcessingException {
        assertThat(key(probe(USUAL))).contains("; probe=grow-1 done 0x0; ")
                .isNotEqualTo(key(probe(step("grow-2", "done", "0x0", "0x0"))))
                .isNotEqualTo(key(probe(step("grow-1", "refused", "0x0", "0x0"))))
                .isNotEqualTo(key(probe(step("grow-1", "done", "0x103", "0x0"))))
                .isNotEqualTo(key(probe(USUAL + "," + USUAL)))
                .isNotEqualTo(key(probe("")));
    }

    @Test
    void whatAStepReadIsNoPartOfIt() throws JsonProcessingException {
        assertThat(key(probe(USUAL))).isEqualTo(key(probe(step("grow-1", "done", "0x0", "0x7"))));
    }

    @Test
    void aCellWithoutAProbeHasTheKeyThatOlderResultsHave() throws JsonProcessingException {
        assertThat(key("null")).doesNotContain("probe").isEqualTo(ObservationKey.of(Json.MAPPER.readTree("{\"observed\": {}}")));
    }

    @Test
    void aStepThatDiffersIsNamedInADifference() throws JsonProcessingException {
        assertThat(ObservationKey.difference(key(probe(USUAL)), key(probe(step("grow-1", "raised", "0xC0000005", "0x0")))))
                .isEqualTo("probe grow-1 raised 0xC0000005, was grow-1 done 0x0");
    }

    @Test
    void neitherManyStepsNorWordsThatPartMembersBreakTheKey() throws JsonProcessingException {
        String many = (step("s", "done", "0x0", "0x0") + ",").repeat(1000) + USUAL;

        assertThat(key(probe(many))).hasSizeLessThan(64 * 20 + 400);
        assertThat(key(probe(step("a; host=16/16", "done", "0x0", "0x0")))).contains("probe=a, host=16/16 done 0x0; ended=");
    }

    @Test
    void aKernelsComplaintsCountByTheirKindAndItsMapsByTheirNames() throws JsonProcessingException {
        String one = kernel("ioremap-ram", "[ 1.0] ioremap on RAM at 0x100000", "Reserved");

        assertThat(one).isEqualTo(kernel("ioremap-ram", "[ 2.5] ioremap on RAM at 0x200000", "Reserved"))
                .contains("regions=iomem Reserved; complaints=ioremap.noncached ioremap-ram; afterReset=none; ");
        assertThat(ObservationKey.difference(one, kernel("oops", "x", "System RAM")))
                .isEqualTo("regions iomem System RAM, was iomem Reserved; complaints ioremap.noncached oops, was ioremap.noncached ioremap-ram");
    }

    private static String kernel(String kind, String text, String name) throws JsonProcessingException {
        return ObservationKey.of(Json.MAPPER.readTree(String.format("{\"observed\": {\"kernel\": {\"regions\": [{\"source\": \"iomem\", "
                + "\"name\": \"%s\"}], \"complaints\": [{\"kind\": \"%s\", \"text\": \"%s\", \"during\": \"ioremap.noncached\"}]}}}",
                name, kind, text)));
    }

    private static String probe(String steps) {
        return "{\"name\": \"p\", \"steps\": [" + steps + "], \"ended\": true}";
    }

    private static String step(String name, String outcome, String status, String value) {
        return String.format("{\"step\": \"%s\", \"outcome\": \"%s\", \"status\": \"%s\", \"value\": \"%s\"}", name, outcome, status,
                value);
    }

    private static String key(String probe) throws JsonProcessingException {
        return ObservationKey.of(Json.MAPPER.readTree("{\"observed\": {\"probe\": " + probe + "}}"));
    }
}
