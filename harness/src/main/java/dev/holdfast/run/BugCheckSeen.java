// SPDX-License-Identifier: BSD-2-Clause-Patent
package dev.holdfast.run;

import dev.holdfast.plan.Hex;
import dev.holdfast.wire.Frame;
import dev.holdfast.wire.Printable;
import java.util.List;
import java.util.stream.Stream;

/**
 * A bug check, or a Verifier rule that led to one, as a guest reported it.
 *
 * @param parameters the four of KeBugCheckEx
 * @param text       the guest's own words or the name of its rule; untrusted, made printable
 */
public record BugCheckSeen(long code, List<Long> parameters, String text) {

    public BugCheckSeen {
        parameters = List.copyOf(parameters);
    }

    static BugCheckSeen of(Frame frame) {
        List<Long> parameters = Stream.of("p1", "p2", "p3", "p4").map(key -> frame.number(key).orElse(0L)).toList();
        String text = frame.text("rule").or(() -> frame.text("text")).orElse("");
        return new BugCheckSeen(frame.number("code").orElse(0L), parameters, Printable.excerpt(text, 120));
    }

    /** Whether code and parameters are the same. */
    boolean sameAs(BugCheckSeen other) {
        return code == other.code && parameters.equals(other.parameters);
    }

    /** Such as {@code 0xC4 (0x83, 0x100000, 0x10000, 0x100)}. */
    public String words() {
        return Hex.of(code) + " (" + String.join(", ", parameters.stream().map(Hex::of).toList()) + ")";
    }
}
