// SPDX-License-Identifier: BSD-2-Clause-Patent
package dev.holdfast.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class BlockTest {

    private static final Nonce NONCE = Nonce.of("000102030405060708090a0b0c0d0e0f");

    private final Block block = new Block(NONCE, 16, 0x100000, 0);

    @Test
    void theHeaderPageHoldsItsFieldsWhereTheLayoutPutsThem() {
        byte[] page = block.page(0);

        assertThat(HexFormat.of().formatHex(page, 0, 16)).isEqualTo(Block.MAGIC_HEX);
        assertThat(HexFormat.of().formatHex(page, 16, 24)).isEqualTo("0100000050000000");
        assertThat(HexFormat.of().formatHex(page, 24, 40)).isEqualTo(NONCE.toString());
        assertThat(HexFormat.of().formatHex(page, 40, 60)).isEqualTo("1000000000000000" + "0000100000000000" + "00000000");
    }

    @Test
    void aPayloadPageNamesItselfAndTheNonce() {
        byte[] page = block.page(3);

        assertThat(HexFormat.of().formatHex(page, 0, 8)).isEqualTo("0300000000000000");
        // n0 ^ n1 ^ 3, byte by byte: 00^08^03, 01^09, ...
        assertThat(HexFormat.of().formatHex(page, 8, 16)).isEqualTo("0b08080808080808");
    }

    @Test
    void noTwoPagesAndNoTwoNoncesGiveTheSameBytes() {
        assertThat(block.page(1)).isNotEqualTo(block.page(2));
        assertThat(new Block(Nonce.fresh(), 16, 0x100000, 0).page(1)).isNotEqualTo(block.page(1));
    }

    @Test
    void aBlockAsItWasWrittenIsIntact() throws IOException {
        BlockCheck check = block.check(new ByteArrayInputStream(bytes(block)));

        assertThat(check.whole()).isTrue();
        assertThat(check.damages()).isEmpty();
    }

    @Test
    void aBlockOfOnePageHasNoPayloadAndIsChecked() throws IOException {
        Block one = new Block(NONCE, 1, 0x200000, 0xFFFFFFFFL);

        assertThat(one.check(new ByteArrayInputStream(bytes(one))).whole()).isTrue();
        assertThat(HexFormat.of().formatHex(one.page(0), 56, 64)).isEqualTo("ffffffff" + "00000000");
    }

    @Test
    void aDamagedPageIsNamedWithTheFirstByteThatDiffers() throws IOException {
        byte[] bytes = bytes(block);
        bytes[4096 + 4095] ^= 0x01;

        BlockCheck check = block.check(new ByteArrayInputStream(bytes));

        assertThat(check.intact()).isEqualTo(15);
        int expected = block.page(1)[4095] & 0xFF;
        assertThat(check.damages()).containsExactly(new BlockCheck.Damage(1, 0x101000, 4095, expected, expected ^ 1));
        assertThat(check.damages().get(0).words(16)).startsWith("page 1 of 16 at 0x101000 differs at offset 4095: expected 0x");
    }

    @Test
    void everyPageIsCountedAndTheFirstEightAreNamedWhereAllAreLost() throws IOException {
        BlockCheck check = block.check(new ByteArrayInputStream(new byte[16 * 4096]));

        assertThat(check.intact()).isZero();
        assertThat(check.damages()).hasSize(8);
    }

    @Test
    void aDumpThatIsTooShortIsAnError() {
        byte[] bytes = Arrays.copyOf(bytes(block), 5 * 4096 + 17);

        assertThatThrownBy(() -> block.check(new ByteArrayInputStream(bytes))).hasMessageContaining("ends within page 5 of 16");
    }

    private static byte[] bytes(Block block) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (long i = 0; i < block.pages(); i++) {
            bytes.writeBytes(block.page(i));
        }
        return bytes.toByteArray();
    }
}
