// SPDX-License-Identifier: BSD-2-Clause-Patent
package example;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.holdfast.junit.BootSession;
import dev.holdfast.junit.BootSnapshot;
import dev.holdfast.junit.BootTest;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** A UEFI application of one's own, seen from outside: src/main/c/keeper.c, which keeps a word at a fixed address. */
@BootTest(application = "target/keeper.efi", machine = "128M")
class OwnApplicationTest {

    private static final long ADDRESS = 0x20_0000;

    @Test
    void whatItKeepsIsWhereItSays(BootSession boot) {
        boot.console().await("kept at 0x200000");

        byte[] page = boot.memory().read(ADDRESS, 4096);
        assertEquals("a word of mine", new String(page, 0, 14, US_ASCII));
    }

    @Test
    void eachForkGoesItsOwnWay(BootSession boot) {
        boot.console().await("press a key");
        BootSnapshot waiting = boot.snapshot();

        BootSession spoilt = waiting.fork();
        spoilt.memory().write(ADDRESS, "another".getBytes(US_ASCII));
        spoilt.send("x");
        spoilt.console().await("it is gone");

        BootSession untouched = waiting.fork();
        untouched.send("x");
        untouched.console().await("it is still there");
        assertArrayEquals("a word".getBytes(US_ASCII), Arrays.copyOf(untouched.memory().read(ADDRESS, 64), 6));
    }
}
