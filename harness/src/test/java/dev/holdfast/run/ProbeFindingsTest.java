// SPDX-License-Identifier: BSD-2-Clause-Patent
package dev.holdfast.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.plan.Probe;
import dev.holdfast.plan.Probe.Outcome;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class ProbeFindingsTest {

    private static final Probe PROBE = new Probe("p", "a test", List.of(
            new Probe.Step("take", Optional.of(Outcome.DONE), OptionalLong.empty(), "a test"),
            new Probe.Step("ask", Optional.empty(), OptionalLong.empty(), "a test"),
            new Probe.Step("refuse", Optional.of(Outcome.REFUSED), OptionalLong.of(0xC0000018L), "a test"),
            new Probe.Step("give", Optional.of(Outcome.YES), OptionalLong.empty(), "a test")));
    private static final ProbeSeen.Step TAKE = new ProbeSeen.Step("take", "done", 0, 0x1000);
    private static final ProbeSeen.Step ASK = new ProbeSeen.Step("ask", "no", 0, 0);
    private static final ProbeSeen.Step REFUSE = new ProbeSeen.Step("refuse", "refused", 0xC0000018L, 0);
    private static final ProbeSeen.Step GIVE = new ProbeSeen.Step("give", "yes", 0, 1);

    @Test
    void stepsThatComeToWhatIsPromisedAreNoFindings() {
        assertThat(findings(TAKE, ASK, REFUSE, GIVE)).isEmpty();
    }

    @Test
    void aStepThatComesToSomethingElseIsOne() {
        assertThat(findings(new ProbeSeen.Step("take", "refused", 0xC000009AL, 0), ASK, REFUSE, GIVE))
                .containsExactly("step take: refused, 0xC000009A (STATUS_INSUFFICIENT_RESOURCES), expected done");
        assertThat(findings(TAKE, ASK, new ProbeSeen.Step("refuse", "refused", 0xC0000005L, 0), GIVE)).containsExactly(
                "step refuse: refused, 0xC0000005 (STATUS_ACCESS_VIOLATION), expected refused, 0xC0000018 (STATUS_CONFLICTING_ADDRESSES)");
        assertThat(findings(TAKE, new ProbeSeen.Step("ask", "maybe", 0, 0), REFUSE, GIVE))
                .containsExactly("step ask: maybe, which is no outcome");
    }

    @Test
    void aStepThatIsLeftOutRepeatedOrUnknownIsOne() {
        assertThat(findings(TAKE, ASK, GIVE)).containsExactly("the probe left out the step refuse");
        assertThat(findings(TAKE, ASK, REFUSE)).containsExactly("the probe left out the step give");
        assertThat(findings(TAKE, TAKE, ASK, REFUSE, GIVE)).containsExactly("the probe took the step take, which was not its turn");
        assertThat(findings(TAKE, ASK, REFUSE, GIVE, new ProbeSeen.Step("boast", "done", 0, 0)))
                .containsExactly("the probe took the step boast, which was not its turn");
    }

    @Test
    void stepsMayBeMissingBehindOneThatNobodyPromisedOrThatTheKernelLacks() {
        assertThat(findings(TAKE, new ProbeSeen.Step("ask", "raised", 0xC0000005L, 0), GIVE)).isEmpty();
        assertThat(findings(new ProbeSeen.Step("take", "unavailable", 0xC000007AL, 0))).isEmpty();
    }

    @Test
    void aBugCheckCutsAProbeShortAndNothingElseDoes() {
        Observation stopped = Observations.bugCheck(0xC4, 0x7F, 0, 1, 2).withProbe("p", -1, TAKE).observation();
        Observation silent = Observations.kept().withProbe("p", 3, TAKE, ASK, REFUSE, GIVE).observation();

        assertThat(ProbeFindings.of(PROBE, stopped)).isEmpty();
        assertThat(ProbeFindings.of(PROBE, silent)).containsExactly("the probe came to no end after 4 steps");
    }

    @Test
    void aProbeThatIsNotTheOneAskedForIsAFinding() {
        assertThat(ProbeFindings.of(PROBE, Observations.kept().observation())).containsExactly("the driver said nothing of the probe p");
        assertThat(ProbeFindings.of(PROBE, Observations.kept().withProbe("q", 0).observation()))
                .containsExactly("the driver ran the probe q, not p");
    }

    private static List<String> findings(ProbeSeen.Step... steps) {
        return ProbeFindings.of(PROBE, Observations.kept().withProbe("p", steps.length, steps).observation());
    }
}
