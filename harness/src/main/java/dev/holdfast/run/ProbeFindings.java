// SPDX-License-Identifier: BSD-2-Clause-Patent
package dev.holdfast.run;

import dev.holdfast.plan.Codes;
import dev.holdfast.plan.Probe;
import dev.holdfast.plan.Probe.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Where the steps of a probe differ from what is expected of them. A driver leaves out steps that make no sense after one that was
 * refused or raised. That is its right where nobody promised that step, or where the kernel lacks the routine; a bug check cuts any
 * probe short, and whether there may be one is not the probe's to say.
 */
final class ProbeFindings {

    private final Probe probe;
    private final List<String> findings = new ArrayList<>();
    private int next;
    private boolean mayLeaveOut;

    private ProbeFindings(Probe probe) {
        this.probe = probe;
    }

    static List<String> of(Probe probe, Observation observed) {
        boolean stopped = observed.bugCheck().isPresent();
        if (observed.probe().isEmpty()) {
            return List.of("the driver said nothing of the probe " + probe.name());
        }
        ProbeSeen seen = observed.probe().get();
        if (!seen.name().equals(probe.name())) {
            return List.of("the driver ran the probe " + seen.name() + ", not " + probe.name());
        }
        ProbeFindings steps = new ProbeFindings(probe);
        seen.steps().forEach(steps::take);
        if (!stopped) {
            steps.end(seen);
        }
        return steps.findings;
    }

    private void take(ProbeSeen.Step seen) {
        int at = IntStream.range(next, probe.steps().size()).filter(i -> probe.steps().get(i).name().equals(seen.name())).findFirst()
                .orElse(-1);
        if (at < 0) {
            findings.add("the probe took the step " + seen.name() + ", which was not its turn");
            return;
        }
        leaveOut(at);
        Probe.Step expected = probe.steps().get(at);
        compare(expected, seen);
        boolean failed = seen.is(Outcome.REFUSED) || seen.is(Outcome.RAISED);
        mayLeaveOut |= seen.is(Outcome.UNAVAILABLE) || failed && expected.outcome().isEmpty();
        next = at + 1;
    }

    private void leaveOut(int end) {
        if (!mayLeaveOut) {
            probe.steps().subList(next, end).forEach(step -> findings.add("the probe left out the step " + step.name()));
        }
    }

    private void compare(Probe.Step expected, ProbeSeen.Step seen) {
        if (Stream.of(Outcome.values()).noneMatch(seen::is)) {
            findings.add("step " + seen.words() + ", which is no outcome");
        } else if (!seen.is(Outcome.UNAVAILABLE) && !asPromised(expected, seen)) {
            findings.add("step " + seen.words() + ", expected " + expected.outcome().orElseThrow().word() + expected.status().stream()
                    .mapToObj(status -> ", " + Codes.inWords(Codes.Space.NTSTATUS, status)).findFirst().orElse(""));
        }
    }

    private static boolean asPromised(Probe.Step expected, ProbeSeen.Step seen) {
        return expected.outcome().isEmpty()
                || seen.is(expected.outcome().get()) && expected.status().orElse(seen.status()) == seen.status();
    }

    private void end(ProbeSeen seen) {
        leaveOut(probe.steps().size());
        if (!seen.ended().equals(Optional.of((long) seen.steps().size()))) {
            findings.add("the probe came to no end after " + seen.steps().size() + " steps");
        }
    }
}
