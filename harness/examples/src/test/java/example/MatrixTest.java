// SPDX-License-Identifier: BSD-2-Clause-Patent
package example;

import static dev.holdfast.junit.BootAssertions.assertThat;

import dev.holdfast.junit.BootSession;
import dev.holdfast.junit.BootTest;
import dev.holdfast.junit.MatrixSource;
import dev.holdfast.plan.Cell;
import org.junit.jupiter.params.ParameterizedTest;

/** One test a cell, each judged by what the specifications promise of it: of a shipped scenario, and of a matrix of one's own. */
@BootTest
class MatrixTest {

    @ParameterizedTest
    @MatrixSource("osr-thread")
    void everyCellIsAsPromised(Cell cell, BootSession boot) {
        assertThat(boot).isAsPromised();
    }

    @ParameterizedTest
    @MatrixSource(value = "src/test/resources/mine.yaml", filter = "*/no-verifier")
    void mineAreToo(Cell cell, BootSession boot) {
        assertThat(boot).isAsPromised();
    }
}
