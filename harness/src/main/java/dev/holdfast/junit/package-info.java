// SPDX-License-Identifier: BSD-2-Clause-Patent
/**
 * Boot tests in JUnit Jupiter: {@link dev.holdfast.junit.BootTest} says what boots, a {@link dev.holdfast.junit.BootSession} is the boot,
 * and {@link dev.holdfast.junit.BootAssertions} says in sentences what it should have come to.
 */
package dev.holdfast.junit;
