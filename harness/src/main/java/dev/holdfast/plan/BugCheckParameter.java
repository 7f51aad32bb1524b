// SPDX-License-Identifier: BSD-2-Clause-Patent
package dev.holdfast.plan;

import java.util.Optional;

/** What a promise says of one of a bug check's four parameters. */
public sealed interface BugCheckParameter {

    /** The promised value for a block at {@code address} of {@code bytes} bytes; empty where nothing is promised. */
    Optional<Long> expected(long address, long bytes);

    /** In words, for a report. */
    String words();

    /** A constant of the bug check. */
    record Exactly(long value) implements BugCheckParameter {
        @Override
        public Optional<Long> expected(long address, long bytes) {
            return Optional.of(value);
        }

        @Override
        public String words() {
            return Hex.of(value);
        }
    }

    /** A property of the block. */
    enum OfBlock implements BugCheckParameter {
        ADDRESS("the block's address") {
            @Override
            public Optional<Long> expected(long address, long bytes) {
                return Optional.of(address);
            }
        },
        BYTES("the block's length in bytes") {
            @Override
            public Optional<Long> expected(long address, long bytes) {
                return Optional.of(bytes);
            }
        },
        FIRST_PFN("the block's first page frame number") {
            @Override
            public Optional<Long> expected(long address, long bytes) {
                return Optional.of(address >>> 12);
            }
        };

        private final String words;

        OfBlock(String words) {
            this.words = words;
        }

        @Override
        public String words() {
            return words;
        }
    }

    /** Nothing is promised. */
    record Anything() implements BugCheckParameter {
        @Override
        public Optional<Long> expected(long address, long bytes) {
            return Optional.empty();
        }

        @Override
        public String words() {
            return "anything";
        }
    }
}
