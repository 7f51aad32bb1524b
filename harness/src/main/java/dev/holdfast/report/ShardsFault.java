// SPDX-License-Identifier: BSD-2-Clause-Patent
package dev.holdfast.report;

/** Folders were named whose results are not those of one run: the message says in a sentence which, why, and what to do. */
public final class ShardsFault extends RuntimeException {

    private static final long serialVersionUID = 1;

    ShardsFault(String message) {
        super(message);
    }
}
