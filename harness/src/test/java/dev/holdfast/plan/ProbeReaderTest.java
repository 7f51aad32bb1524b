// SPDX-License-Identifier: BSD-2-Clause-Patent
package dev.holdfast.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProbeReaderTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {probe: p, about: a, steps: [{step: s, outcome: dune, source: r}]} | 1:32: there is no outcome 'dune'; did you mean done?
            {probe: p, about: a, steps: [{step: s, outcome: perhaps, source: r}]} | 1:32: there is no outcome 'perhaps'; write open
            {probe: p, about: a, steps: [{step: s, source: r}]} | 1:32: a step needs the key outcome
            {probe: p, about: a, steps: [{outcome: open, source: r}]} | 1:32: a step needs the key step
            {probe: p, about: a, steps: [{step: s, outcome: open}]} | 1:32: a step needs the key source
            {probe: p, about: a, steps: [{step: s, outcome: open, source: r, statuss: 1}]} | a step has no key 'statuss'; did you mean status?
            {probe: p, about: a, steps: [{step: s, outcome: refused, status: STATUS_NO, source: r}]} | 1:68: there is no status 'STATUS_NO'
            {probe: p, about: a, steps: [{step: s, outcome: refused, status: 0x0, source: r}]} | 1:68: 0x0 says that a call succeeded
            {probe: p, about: a, steps: [{step: [], outcome: open, source: r}]} | 1:39: step wants a value, not a list
            {probe: p, about: a, steps: done} | 1:31: steps wants a list, not nothing
            {probe: p, about: a} | 1:3: a probe needs the key steps
            {about: a, steps: []} | 1:3: a probe needs the key probe
            {probe: p, abuot: a, steps: []} | a probe has no key 'abuot'; did you mean about?
            just a word | 1:3: a probe wants keys and values""")
    void aMistakeIsSaidInASentenceWithItsPlace(String probe, String words) {
        MatrixFault fault = catchThrowableOfType(MatrixFault.class, () -> ProbeReader.read("p.yaml", "- " + probe + "\n"));

        assertThat(fault.problems()).anySatisfy(problem -> assertThat(problem).startsWith("p.yaml:").contains(words));
    }

    @Test
    void aProbeThatIsSoundIsReadAsItStands() {
        List<Probe> probes = ProbeReader.read("p.yaml", """
                - probe: p
                  about: a
                  steps:
                  - {step: take, outcome: done, source: r}
                  - {step: ask, outcome: open, source: nobody}
                  - {step: refuse, outcome: refused, status: STATUS_CONFLICTING_ADDRESSES, source: r}
                """);

        assertThat(probes.get(0).steps()).extracting(Probe.Step::name).containsExactly("take", "ask", "refuse");
        assertThat(probes.get(0).steps().get(1).outcome()).isEmpty();
        assertThat(probes.get(0).steps().get(2).status()).hasValue(0xC0000018L);
        assertThat(probes.get(0).open().steps()).allMatch(step -> step.outcome().isEmpty() && step.status().isEmpty())
                .hasSameSizeAs(probes.get(0).steps());
    }
}
