// SPDX-License-Identifier: BSD-2-Clause-Patent
package dev.holdfast.plan;

import java.util.List;
import java.util.stream.Stream;

/**
 * How the driver gets at the block once it knows where it lies.
 *
 * @param variant one of those that {@code api} has
 */
public record Mapping(MapApi api, CacheType cache, MapVariant variant) {

    /** Every mapping there is, of every kernel: by API, then by variant, then by cache type. */
    public static final List<Mapping> TABLE = Stream.of(MapApi.values()).flatMap(api -> api.variants().stream()
            .flatMap(variant -> api.caches().stream().map(cache -> new Mapping(api, cache, variant)))).toList();

    public Mapping {
        if (!api.caches().contains(cache) || !api.variants().contains(variant)) {
            throw new IllegalArgumentException("there is no mapping " + label(api, cache, variant));
        }
    }

    public static Mapping cached(MapApi api) {
        return new Mapping(api, CacheType.CACHED, MapVariant.PLAIN);
    }

    public String label() {
        return label(api, cache, variant);
    }

    private static String label(MapApi api, CacheType cache, MapVariant variant) {
        return api.routine() + "." + cache.label() + variant.suffix();
    }
}
