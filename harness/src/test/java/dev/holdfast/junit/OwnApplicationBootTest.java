// SPDX-License-Identifier: BSD-2-Clause-Patent
package dev.holdfast.junit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.guest.Home;
import dev.holdfast.machine.MachineFault;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Whatever else boots: the firmware's own shell, and an application that knows nothing of the session. */
@BootTest
@Tag("boot")
@Timeout(180)
class OwnApplicationBootTest {

    private static final byte[] PNG = {(byte) 0x89, 'P', 'N', 'G'};

    @Test
    void aShellIsSeenResetAndForkedAndEachGoesItsOwnWay(Boots boots) throws IOException {
        BootSession boot = boots.start(BootSpec.shell().withDisplay());
        boot.console().await("Shell>");
        assertThat(Files.readAllBytes(boot.screenshot())).startsWith(PNG);

        BootSnapshot prompt = boot.snapshot();
        boot.send("echo parent\r");
        boot.console().await("\nparent");

        BootSession fork = prompt.fork();
        BootSession another = prompt.fork();
        fork.send("echo child\r");
        fork.console().await("\nchild");
        another.memory().write(0x300000, new byte[] {1, 2, 3});
        assertThat(another.memory().read(0x300000, 3)).containsExactly(1, 2, 3);
        assertThat(fork.memory().read(0x300000, 3)).isNotEqualTo(new byte[] {1, 2, 3});
        assertThat(fork.console().text()).contains("Shell>").doesNotContain("parent");

        boot.reset();
        boot.console().await("UEFI Interactive Shell");
        assertThat(boot.qmp("query-status").path("status").asText()).isEqualTo("running");
        // A fork of a fork.
        BootSession grandchild = fork.snapshot().fork();
        grandchild.send("echo grandchild\r");
        grandchild.console().await("\ngrandchild");
    }

    @Test
    void anApplicationThatSaysNothingOfWhatIsWaitedForIsQuotedAndTheGuestBlamed(Boots boots) {
        BootSession boot = boots.start(BootSpec.ofApplication(Home.find().resolve("uefi-app/target/Holdfast.efi")));

        assertThatThrownBy(() -> boot.console().await("login:", Duration.ofSeconds(8))).isInstanceOf(AssertionError.class)
                .hasMessageStartingWith("the console did not say \"login:\" ");
        assertThatThrownBy(boot::result).isInstanceOf(UnsupportedOperationException.class).hasMessageContaining("there is no verdict");
        assertThat(boot.again()).contains("OwnApplicationBootTest#anApplicationThatSaysNothing");
    }

    @Test
    void aMachineThatIsKilledIsSaidToHaveGone(Boots boots) {
        BootSession boot = boots.start(BootSpec.shell().machine("128M"));
        boot.qmp("quit", Map.of());

        assertThatThrownBy(() -> boot.console().await("Shell>")).hasMessageContaining("before QEMU ended with status 0");
        assertThatThrownBy(() -> boot.memory().read(0, 16)).isInstanceOf(MachineFault.class);
        assertThatThrownBy(() -> boot.memory().read(0, 0)).hasMessage("1..67108864 bytes can be read at once, not 0");
    }
}
