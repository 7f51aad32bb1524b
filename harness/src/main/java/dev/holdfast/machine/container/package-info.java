// SPDX-License-Identifier: BSD-2-Clause-Patent
/** Machines in a container on a Docker host, here or elsewhere. Nothing but this package knows of Testcontainers. */
package dev.holdfast.machine.container;
