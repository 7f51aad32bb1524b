// SPDX-License-Identifier: BSD-2-Clause-Patent
package dev.holdfast.plan;

/** How the driver gets at the block once it knows where it lies. */
public record Mapping(MapApi api, CacheType cache) {

    public static Mapping cached(MapApi api) {
        return new Mapping(api, CacheType.CACHED);
    }

    public String label() {
        return api.routine() + "." + cache.label();
    }
}
