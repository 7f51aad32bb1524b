// SPDX-License-Identifier: BSD-2-Clause-Patent
package dev.holdfast.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class MachineShapeTest {

    @Test
    void ramLeavesOutTheLegacyHoleAndEndsWhereItIsUsedUp() {
        MachineShape shape = new MachineShape("256M", 256, 256);

        assertThat(shape.isRam(0x100000, 0x10000)).isTrue();
        assertThat(shape.isRam(0x0FFFF000, 0x1000)).isTrue();
        assertThat(shape.isRam(0x0FFFF000, 0x2000)).isFalse();
        assertThat(shape.isRam(0xA0000, 0x1000)).isFalse();
        assertThat(shape.isRam(0x9F000, 0x2000)).isFalse();
        assertThat(shape.isRam(0x1_0000_0000L, 0x1000)).isFalse();
        assertThat(shape.isRam(0xFFFFFFFFFFFFF000L, 0x1000)).isFalse();
        assertThat(shape.isRam(0x100000, -1)).isFalse();
        assertThat(shape.isRam(0x100000, Long.MAX_VALUE)).isFalse();
    }

    @Test
    void whatASplitMachineHasNotBelowFourGibibytesItHasAbove() {
        MachineShape split = MachineShape.named("256M-split").orElseThrow();

        assertThat(split.isRam(0x07FFF000, 0x1000)).isTrue();
        assertThat(split.isRam(0x08000000, 0x1000)).isFalse();
        assertThat(split.isRam(0xFFFFF000L, 0x1000)).isFalse();
        assertThat(split.isRam(0x1_0000_0000L, 0x1000)).isTrue();
        assertThat(split.isRam(0x1_07FF_F000L, 0x1000)).isTrue();
        assertThat(split.isRam(0x1_07FF_F000L, 0x2000)).isFalse();
        assertThat(split.end()).isEqualTo(0x1_0800_0000L);
        assertThat(split.lowEnd()).isEqualTo(0x0800_0000L);
    }

    @Test
    void noMachineHasMoreBelowFourGibibytesThanItHasAtAll() {
        assertThatThrownBy(() -> new MachineShape("x", 64, 128)).hasMessageContaining("128 of 64 MiB below 4 GiB");
        assertThatThrownBy(() -> new MachineShape("x", 0, 0)).isInstanceOf(IllegalArgumentException.class);
    }
}
