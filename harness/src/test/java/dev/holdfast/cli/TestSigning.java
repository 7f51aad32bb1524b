// SPDX-License-Identifier: BSD-2-Clause-Patent
package dev.holdfast.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** A certificate for code signing, made for one test, and drivers that are signed with it. */
public final class TestSigning {

    private final Path folder;

    /**
     * Makes a certificate that is valid for a day from now on.
     *
     * @param folder      an empty one, for the key and all that is signed
     * @param environment what the maker's clock depends on
     */
    public TestSigning(Path folder, Map<String, String> environment) throws IOException, InterruptedException {
        this.folder = folder;
        run(environment, "openssl", "req", "-x509", "-newkey", "rsa:2048", "-sha256", "-nodes", "-days", "1", "-subj", "/CN=Another signer",
                "-addext", "keyUsage=critical,digitalSignature", "-addext", "extendedKeyUsage=codeSigning",
                "-keyout", folder.resolve("key").toString(), "-out", pem().toString());
        run(environment, "openssl", "x509", "-in", pem().toString(), "-outform", "DER", "-out", certificate().toString());
    }

    /** The certificate, DER. */
    public Path certificate() {
        return folder.resolve("certificate.cer");
    }

    /** A copy of an image that bears no signature, signed. */
    public Path sign(Path image) throws IOException, InterruptedException {
        Path signed = Files.createTempFile(folder, "signed", ".sys");
        Files.delete(signed);
        run(Map.of(), "osslsigncode", "sign", "-h", "sha256", "-certs", pem().toString(), "-key", folder.resolve("key").toString(),
                "-in", image.toString(), "-out", signed.toString());
        return signed;
    }

    private Path pem() {
        return folder.resolve("certificate.pem");
    }

    private void run(Map<String, String> environment, String... command) throws IOException, InterruptedException {
        Path log = folder.resolve("log");
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
        builder.environment().putAll(environment);
        assertThat(builder.start().waitFor()).as("%s: see %s", List.of(command), log).isZero();
    }
}
