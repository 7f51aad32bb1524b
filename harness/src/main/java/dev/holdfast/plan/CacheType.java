// SPDX-License-Identifier: BSD-2-Clause-Patent
package dev.holdfast.plan;

/** The MEMORY_CACHING_TYPE that a driver asks for. */
public enum CacheType {
    CACHED("cached"),
    NON_CACHED("noncached"),
    WRITE_COMBINED("writecombined");

    private final String label;

    CacheType(String label) {
        this.label = label;
    }

    public String label() {
        return label;
    }
}
