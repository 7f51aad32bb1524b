// SPDX-License-Identifier: BSD-2-Clause-Patent
package dev.holdfast.plan;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** The texts that are part of this program. */
final class Shipped {

    private Shipped() {
    }

    /** @throws IllegalStateException if this build lacks it */
    static String text(String name) {
        try (InputStream in = Shipped.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException("this build lacks " + name);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
