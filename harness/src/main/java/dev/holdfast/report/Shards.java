// SPDX-License-Identifier: BSD-2-Clause-Patent
package dev.holdfast.report;

import dev.holdfast.machine.EnvironmentFault;
import dev.holdfast.plan.Shard;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.IntStream;

/** The shards of one run: read from their folders, and held against each other and against what was split. */
public final class Shards {

    private static final int MAX_NAMED = 3;

    private final TreeMap<Integer, ShardFolder> folders = new TreeMap<>();

    private Shards() {
    }

    /**
     * Reads the shards in these folders, of which some may be missing or cut.
     *
     * @throws ShardsFault      if they are not shards of one run, or one is there twice
     * @throws EnvironmentFault if one is damaged, a cell is there twice, or the cells are not those that were split
     */
    public static Shards read(List<Path> paths) {
        Shards shards = new Shards();
        paths.forEach(path -> shards.add(ShardFolder.read(path)));
        shards.requireEachPlaceOnce();
        return shards;
    }

    private void add(ShardFolder folder) {
        if (!folders.isEmpty()) {
            requireSameRun(first(), folder);
        }
        ShardFolder other = folders.putIfAbsent(folder.shard().index(), folder);
        if (other != null) {
            throw new ShardsFault("shard " + folder.shard().label() + " is there twice, in " + other.path() + " and in " + folder.path()
                    + "; name one of them");
        }
    }

    private ShardFolder first() {
        return folders.firstEntry().getValue();
    }

    private static void requireSameRun(ShardFolder one, ShardFolder other) {
        requireSame(one, other, "are shards of different runs", folder -> folder.asked().scenario() + folder.asked().choice());
        requireSame(one, other, "are of different numbers of shards", folder -> String.valueOf(folder.shard().count()));
        requireSame(one, other, "are of different versions of holdfast", folder -> folder.run().holdfast());
        requireSame(one, other, "are to be repeated differently", folder -> folder.asked().replay());
        if (!one.part().fits(other.part())) {
            throw new ShardsFault(one.path() + " and " + other.path() + " are shards of different matrices, though both are called "
                    + one.asked().scenario() + ": their cells, or what is promised of them, differ; run the shards from one source");
        }
    }

    private static void requireSame(ShardFolder one, ShardFolder other, String differ, Function<ShardFolder, String> what) {
        if (!what.apply(one).equals(what.apply(other))) {
            throw new ShardsFault(one.path() + " and " + other.path() + " " + differ + ": " + what.apply(one) + ", and " + what.apply(other)
                    + "; name only the shards of one run");
        }
    }

    private void requireEachPlaceOnce() {
        Map<Integer, String> ids = new TreeMap<>();
        Map<String, ShardFolder> owners = new LinkedHashMap<>();
        for (ShardFolder folder : folders.values()) {
            folder.places().forEach((id, place) -> {
                ShardFolder owner = owners.putIfAbsent(id, folder);
                if (owner != null) {
                    throw new EnvironmentFault("the cell " + id + " is there twice, in " + owner.path() + " and in " + folder.path()
                            + "; run both shards again, without --resume");
                }
                if (ids.putIfAbsent(place, id) != null) {
                    throw foreign("two cells, " + ids.get(place) + " and " + id + ", say that they stand at the same place");
                }
            });
        }
        if (missing().isEmpty() && !Part.digest(List.copyOf(ids.values())).equals(first().part().ids())) {
            throw foreign("the digest of the cells that are there is not that of the cells that were split");
        }
    }

    private EnvironmentFault foreign(String why) {
        return new EnvironmentFault("these are not the " + Words.count(first().part().cells(), "cell") + " of " + first().asked().scenario()
                + ": " + why + "; run the shards again, without --resume");
    }

    /** The shards that no folder has. */
    public List<Shard> absent() {
        int count = first().shard().count();
        return IntStream.rangeClosed(1, count).filter(index -> !folders.containsKey(index))
                .mapToObj(index -> new Shard(index, count)).toList();
    }

    /** What there is not, a clause each; empty if the run is whole. */
    public List<String> missing() {
        List<String> missing = new ArrayList<>();
        absent().forEach(shard -> missing.add("shard " + shard.label() + " is in none of these folders"));
        folders.values().stream().filter(ShardFolder::cut).forEach(folder -> missing.add("shard " + folder.shard().label() + " in "
                + folder.path() + " was cut, with " + folder.places().size() + " of its " + Words.count(folder.asked().cells(), "cell")));
        return missing;
    }

    /** The ids of the shards' runs. */
    public List<String> runs() {
        return folders.values().stream().map(folder -> folder.run().id()).toList();
    }

    /** The circumstances of the whole run; its id follows from those of the shards. */
    public RunInfo run() {
        String id = UUID.nameUUIDFromBytes(String.join(" ", runs()).getBytes(StandardCharsets.UTF_8)).toString();
        Instant started = folders.values().stream().map(folder -> folder.run().started()).min(Comparator.naturalOrder()).orElseThrow();
        return new RunInfo(id, started, joined(RunInfo::host), joined(RunInfo::qemu), joined(RunInfo::firmware),
                joined(RunInfo::accelerator), joined(RunInfo::machine), first().run().holdfast(), joined(RunInfo::release));
    }

    private String joined(Function<RunInfo, String> what) {
        List<String> different = folders.values().stream().map(folder -> what.apply(folder.run())).filter(word -> !word.isEmpty()).distinct().toList();
        String named = String.join(", ", different.subList(0, Math.min(MAX_NAMED, different.size())));
        return different.size() <= MAX_NAMED ? named : named + " and " + (different.size() - MAX_NAMED) + " more";
    }

    /** What the whole run was asked to do. */
    public Asked asked() {
        Asked asked = first().asked();
        return new Asked(asked.scenario(), asked.choice(), "merged from " + folders.size() + " of " + first().shard().count() + " shards",
                first().part().cells(), asked.replay());
    }

    /** Which shards booted what, a line each; empty if all booted the same. */
    public List<String> differences() {
        Map<String, List<String>> booted = new LinkedHashMap<>();
        folders.values().forEach(folder -> booted.computeIfAbsent(folder.asked().identity(), identity -> new ArrayList<>())
                .add(folder.shard().label()));
        return booted.size() <= 1 ? List.of() : booted.entrySet().stream()
                .map(entry -> String.join(", ", entry.getValue()) + ": " + entry.getKey()).toList();
    }

    /**
     * Adds every cell to the results of the whole run, and brings with it what was kept of it.
     *
     * @return how many folders that results name were not beside them
     */
    public int into(Results results) {
        KeptFolders kept = new KeptFolders(results.file().getParent());
        for (ShardFolder folder : folders.values()) {
            folder.forEach(line -> {
                kept.bring(folder.path(), line.cell());
                results.add(line);
            });
            kept.bringDisks(folder.path());
        }
        return kept.absent();
    }
}
