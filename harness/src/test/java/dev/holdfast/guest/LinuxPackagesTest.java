// SPDX-License-Identifier: BSD-2-Clause-Patent
package dev.holdfast.guest;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the build says of Debian's packages in a folder that somebody has named. */
class LinuxPackagesTest {

    private static final String RELEASE = "6.1.0-9-cloud-amd64";

    @TempDir
    private Path folder;
    @TempDir
    private Path elsewhere;

    @Test
    void aWholeSetIsTakenAroundItsNewestKernel() throws Exception {
        packages("6.1.2-1");
        file("linux-image-6.1.0-8-cloud-amd64", "6.1.1-1", "amd64");

        assertThat(find("cloud")).isEmpty();
        assertThat(Files.readString(elsewhere.resolve("list"))).contains("release " + RELEASE + "\n").contains("version 6.1.2-1\n");
    }

    @Test
    void whatIsMissingIsNamed() throws Exception {
        assertThat(find("cloud")).endsWith("has no kernel package (linux-image-*-cloud-amd64).");
        packages("6.1.2-1");
        Files.delete(folder.resolve("linux-headers-" + RELEASE + "_6.1.2-1_amd64.deb"));
        assertThat(find("cloud")).endsWith("has the kernel " + RELEASE + " but not its headers (linux-headers-" + RELEASE + ").");
    }

    @Test
    void headersOfAnotherVersionAreRefused() throws Exception {
        packages("6.1.2-1");
        Files.delete(folder.resolve("linux-headers-" + RELEASE + "_6.1.2-1_amd64.deb"));
        file("linux-headers-" + RELEASE, "6.1.3-1", "amd64");

        assertThat(find("cloud")).contains("the kernel " + RELEASE + " in ").endsWith(" is 6.1.2-1, but its headers are 6.1.3-1.");
    }

    @Test
    void whatIsNoPackageAndNoFlavourIsSaid() throws Exception {
        Files.writeString(folder.resolve("linux-image-" + RELEASE + "_6.1.2-1_amd64.deb"), "junk");

        assertThat(find("cloud")).endsWith("linux-image-" + RELEASE + "_6.1.2-1_amd64.deb is not a Debian package.");
        assertThat(find("desktop")).isEqualTo("There is no Linux guest (desktop): no such flavour; there are cloud and generic.");
    }

    private void packages(String version) throws Exception {
        file("linux-image-" + RELEASE, version, "amd64");
        file("linux-headers-" + RELEASE, version, "amd64");
        file("linux-headers-6.1.0-9-common", version, "all");
        file("linux-kbuild-6.1", version, "amd64");
        file("busybox-static", "1.35.0-4", "amd64");
    }

    private void file(String name, String version, String architecture) throws Exception {
        Path tree = Files.createDirectories(elsewhere.resolve(name));
        Files.writeString(Files.createDirectories(tree.resolve("DEBIAN")).resolve("control"), "Package: " + name + "\nVersion: " + version
                + "\nArchitecture: " + architecture + "\nMaintainer: nobody <nobody@localhost>\nDescription: for a test\n");
        assertThat(said("dpkg-deb", "--build", tree.toString(),
                folder.resolve(name + "_" + version + "_" + architecture + ".deb").toString())).contains("building package");
    }

    /** What it says where it fails; empty where it does not. */
    private String find(String flavour) throws Exception {
        Path script = Home.checkout().orElseThrow().resolve("guest-driver/linux/packages/find");
        return said(script.toString(), flavour, elsewhere.resolve("list").toString());
    }

    private String said(String... command) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put("HOLDFAST_LINUX_PACKAGES", folder.toString());
        Process process = builder.start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isIn(List.of(0, 3));
        return said;
    }
}
