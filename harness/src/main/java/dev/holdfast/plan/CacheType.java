// SPDX-License-Identifier: BSD-2-Clause-Patent
package dev.holdfast.plan;

/** How a driver asks for memory to be cached: NT's MEMORY_CACHING_TYPE, or what a routine of Linux stands for. */
public enum CacheType {
    CACHED("cached"),
    NON_CACHED("noncached"),
    WRITE_COMBINED("writecombined"),
    WRITE_THROUGH("writethrough");

    private final String label;

    CacheType(String label) {
        this.label = label;
    }

    public String label() {
        return label;
    }
}
