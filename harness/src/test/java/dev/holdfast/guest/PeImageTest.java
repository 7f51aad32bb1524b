// SPDX-License-Identifier: BSD-2-Clause-Patent
package dev.holdfast.guest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.junit.jupiter.api.Test;

class PeImageTest {

    private static final int PE = 0x80;
    private static final int TEXT = 0x200;

    @Test
    void anX64ImageIsAccepted() {
        assertThat(PeImage.whyNotX64(image())).isEmpty();
    }

    @Test
    void anythingElseIsRefusedWithAReason() {
        assertThat(PeImage.whyNotX64(new byte[0])).contains("it does not start with an MZ header");
        assertThat(PeImage.whyNotX64("#!/bin/sh\n".repeat(20).getBytes())).contains("it does not start with an MZ header");

        byte[] noPe = image();
        noPe[PE] = 0;
        assertThat(PeImage.whyNotX64(noPe)).contains("it has no PE header");

        byte[] farPe = image();
        ByteBuffer.wrap(farPe).order(ByteOrder.LITTLE_ENDIAN).putInt(0x3C, 0x7FFFFFFF);
        assertThat(PeImage.whyNotX64(farPe)).contains("it has no PE header");
        ByteBuffer.wrap(farPe).order(ByteOrder.LITTLE_ENDIAN).putInt(0x3C, -1);
        assertThat(PeImage.whyNotX64(farPe)).contains("it has no PE header");

        byte[] i386 = image();
        ByteBuffer.wrap(i386).order(ByteOrder.LITTLE_ENDIAN).putShort(PE + 4, (short) 0x14C);
        assertThat(PeImage.whyNotX64(i386)).contains("it is built for machine type 0x14C, not for x64 (0x8664)");
    }

    @Test
    void tamperingChangesOneByteOfTheCode() {
        byte[] image = image();
        byte[] changed = PeImage.withCodeChanged(image);

        assertThat(changed).hasSameSizeAs(image);
        for (int i = 0; i < image.length; i++) {
            assertThat(changed[i] != image[i]).as("byte " + i).isEqualTo(i == TEXT + 0x80);
        }
    }

    @Test
    void anImageWithoutCodeCannotBeTamperedWith() {
        byte[] image = image();
        ByteBuffer.wrap(image).order(ByteOrder.LITTLE_ENDIAN).putInt(PE + 24 + 240 + 36, 0x40);

        assertThatThrownBy(() -> PeImage.withCodeChanged(image)).hasMessage("the image has no code section");
    }

    /** The least that has the headers of a driver with one section of 256 bytes of code. */
    private static byte[] image() {
        ByteBuffer image = ByteBuffer.allocate(0x400).order(ByteOrder.LITTLE_ENDIAN);
        image.put(0, (byte) 'M').put(1, (byte) 'Z').putInt(0x3C, PE);
        image.putInt(PE, 0x4550).putShort(PE + 4, (short) 0x8664).putShort(PE + 6, (short) 1).putShort(PE + 20, (short) 240);
        image.putShort(PE + 24, (short) 0x20B);
        int section = PE + 24 + 240;
        image.putInt(section + 8, 0x100).putInt(section + 16, 0x200).putInt(section + 20, TEXT).putInt(section + 36, 0x60000020);
        return image.array();
    }
}
