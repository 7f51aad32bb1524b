// SPDX-License-Identifier: BSD-2-Clause-Patent
package dev.holdfast.machine;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** A program that keeps two forks of a shell running until it is killed. Argument: a folder, which is on their command lines. */
final class ForkingHarness {

    private ForkingHarness() {
    }

    public static void main(String[] arguments) throws InterruptedException {
        PreparedQemu prepared = new PreparedQemu(new Qemu(ForkServerTest.SHELL), ForkServerTest.LIBRARY, Workspace.open(),
                System.out::println);
        List<String> line = List.of(ForkServerTest.SHELL.toString(), "-c", "while :; do :; done; : " + arguments[0]);
        for (int i = 0; i < 2; i++) {
            prepared.launch(line, new MachineSpec.Origin.Forked(Path.of("/"), Path.of("/dev/null")), Duration.ofSeconds(50));
        }
        System.out.println("started");
        Thread.sleep(50_000);
    }
}
