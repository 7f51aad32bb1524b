// SPDX-License-Identifier: BSD-2-Clause-Patent
package dev.holdfast.junit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.cli.TestSigning;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Drivers that know nothing of this project, signed by somebody else, as a driver team would bring them. */
final class OwnDrivers {

    private final Path folder;
    private final TestSigning signing;

    /** @param folder an empty one */
    OwnDrivers(Path folder) throws IOException, InterruptedException {
        this.folder = folder;
        this.signing = new TestSigning(Files.createDirectory(folder.resolve("signing")), Map.of());
    }

    Path certificate() {
        return signing.certificate();
    }

    /**
     * Builds a driver.
     *
     * @param body     of DriverEntry, in C
     * @param routines that it calls, each without parameters
     */
    Path build(String name, String body, String... routines) throws IOException, InterruptedException {
        StringBuilder source = new StringBuilder();
        StringBuilder definitions = new StringBuilder("LIBRARY ntoskrnl.exe\nEXPORTS\n");
        for (String routine : routines) {
            source.append("__declspec(dllimport) void ").append(routine).append("(void);\n");
            definitions.append(routine).append("\n");
        }
        source.append("long DriverEntry(void *Driver, void *Path) { ").append(body).append(" }\n");
        Path code = Files.writeString(folder.resolve(name + ".c"), source);
        Path object = folder.resolve(name + ".obj");
        Path image = folder.resolve(name + "-unsigned.sys");
        run("clang-19", "--target=x86_64-w64-mingw32", "-ffreestanding", "-O1", "-fasynchronous-unwind-tables", "-Wno-unused-parameter",
                "-c", "-o", object.toString(), code.toString());
        List<String> link = new ArrayList<>(List.of("lld-link-19", "/nologo", "/driver", "/subsystem:native,6.01", "/entry:DriverEntry",
                "/base:0x140000000", "/dynamicbase", "/release", "/nodefaultlib", "/out:" + image, object.toString()));
        if (routines.length > 0) {
            Path library = folder.resolve(name + ".lib");
            run("llvm-dlltool-19", "-m", "i386:x86-64", "-d", Files.writeString(folder.resolve(name + ".def"), definitions).toString(),
                    "-l", library.toString());
            link.add(library.toString());
        }
        run(link.toArray(String[]::new));
        return signing.sign(image);
    }

    private void run(String... command) throws IOException, InterruptedException {
        Path log = folder.resolve("log");
        assertThat(new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile()).start().waitFor())
                .as(() -> List.of(command) + ": " + log).isZero();
    }
}
