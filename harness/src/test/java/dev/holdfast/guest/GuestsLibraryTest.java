// SPDX-License-Identifier: BSD-2-Clause-Patent
package dev.holdfast.guest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.machine.EnvironmentFault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What the library with the programs for guests holds, and what it does not. */
class GuestsLibraryTest {

    private static final Pattern INCLUDED = Pattern.compile("<include>([a-z-]+/target/[^<]+)</include>");

    @Test
    void theBuildPutsIntoItWhatIsLookedForInIt() throws IOException {
        String pom = Files.readString(Home.checkout().orElseThrow().resolve("harness/pom.xml"));

        assertThat(INCLUDED.matcher(pom).results().map(found -> Path.of(found.group(1))))
                .containsExactlyInAnyOrderElementsOf(new Artefacts(Path.of("")).neededByContract());
    }

    @Test
    void forLinuxACheckoutIsWanted() {
        assertThat(Home.forLinux(Optional.of(Path.of("checkout")))).isEqualTo(Path.of("checkout"));
        assertThatThrownBy(() -> Home.forLinux(Optional.empty())).isInstanceOf(EnvironmentFault.class).hasMessage("the library with the programs "
                + "for guests has no Linux guest, for Debian's kernel is not passed on with it; run mvn package in a checkout of the project, "
                + "and set HOLDFAST_HOME to its folder");
    }
}
