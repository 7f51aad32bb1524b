// SPDX-License-Identifier: BSD-2-Clause-Patent
package dev.holdfast.junit;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Says what boots for a test that has a parameter of type {@link BootSession}, {@link dev.holdfast.wire.Block},
 * {@link dev.holdfast.wire.Transcript} or {@link dev.holdfast.machine.InteractiveMachine}: each test gets a boot of its own, which ends
 * with it. On a class it holds for all tests in it; on a method it says what is different there. What nobody says is as
 * {@code holdfast run} has it. All words are those of matrix files.
 *
 * <table>
 * <caption>Guests, and what a {@link BootAssert} may ask of each</caption>
 * <tr><th>guest</th><th>what boots</th><th>its mappings</th><th>how it complains</th></tr>
 * <tr><td>{@code contract}, the default</td><td>the NT contract guest, a model, with a Windows driver</td>
 * <td>such as {@code MmMapIoSpace.cached}</td>
 * <td>{@link BootAssert#verifierStayedQuiet}, {@link BootAssert#bugChecked}</td></tr>
 * <tr><td>{@code linux}</td><td>Debian's kernel, unmodified, with this project's module; a checkout is wanted, which
 * {@code HOLDFAST_HOME} names</td><td>such as {@code memremap.cached}</td>
 * <td>{@link BootAssert#kernelStayedQuiet}, {@link BootAssert#kernelComplained}</td></tr>
 * </table>
 */
@Documented
@Inherited
@Target({ElementType.TYPE, ElementType.METHOD, ElementType.ANNOTATION_TYPE})
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(BootExtension.class)
public @interface BootTest {

    /** A whole cell by its id, such as {@code contract/EfiReservedMemoryType@first-free/scan/MmMapIoSpace.cached/verifier}. */
    String cell() default "";

    /** What boots after the UEFI application: {@code contract} or {@code linux}. */
    String guest() default "";

    /** The machine's RAM: {@code 56M}, {@code 256M-split} and so on. */
    String machine() default "";

    /** The memory type that is reserved, such as {@code EfiACPIMemoryNVS}. */
    String type() default "";

    /** Where: {@code first-free}, {@code at 0x200000}, {@code below 0x10000000} or {@code any}. */
    String placement() default "";

    /** How much, in pages of 4 KiB, or as a size such as {@code 2MiB}. */
    String pages() default "";

    /** How the driver finds the block: {@code scan FROM..TO step STEP}, {@code variable} or {@code acpi-table}. */
    String locating() default "";

    /** How the driver maps the block, such as {@code MmAllocateMdlForIoSpace.cached}, or {@code memremap.cached} on Linux. */
    String mapping() default "";

    /** Driver Verifier: {@code on}, {@code off}, or flags such as {@code 0x209BB}. */
    String verifier() default "";

    /** What the driver does before it looks for the block, such as {@code osr-growable}. */
    String probe() default "";

    /** What the guest's memory goes through before anybody looks for the block: {@code none}, the contract guest's usual, or {@code full},
     * Linux'. */
    String pressure() default "";

    /** Whether a second system looks for the block: {@code none}, or with Linux {@code kexec} or {@code reset}. */
    String reboot() default "";

    /** How the contract guest reads what Microsoft leaves open, such as {@code pfn:ram}. */
    String model() default "";

    /** The Windows whose routines there are: {@code 7}, {@code 8.1}, {@code 10} or {@code 11}. */
    String version() default "";

    /** The file of a driver (.sys) of your own, in the place of this project's. It has to bear a signature. */
    String driver() default "";

    /** The file of the certificate (DER) that the driver is signed with. */
    String certificate() default "";

    /** The file of a UEFI application or boot loader (.efi) of your own: it boots in the place of all that this project has. */
    String application() default "";

    /**
     * Files for the EFI system partition, as {@code /PATH/IN/IT=FILE}. Without an application the firmware starts its own shell, which
     * runs {@code /startup.nsh}.
     */
    String[] files() default {};

    /** The longest that the boot, or a wait for its console, may take, in seconds; 0 is 30 under KVM and 90 under TCG. */
    long timeout() default 0;

    /** Whether the machine has a screen to take a picture of. */
    boolean display() default false;

    /** Whether a cell's machine begins at reset, in the place of a snapshot. */
    boolean cold() default false;
}
