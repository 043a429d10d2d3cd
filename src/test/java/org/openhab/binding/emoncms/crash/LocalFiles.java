/*
 * Copyright (c) 2026 Contributors to the Emoncms add-on for openHAB
 *
 * See the NOTICE file(s) distributed with this work for additional
 * information.
 *
 * This program and the accompanying materials are made available under the
 * terms of the Eclipse Public License 2.0 which is available at
 * http://www.eclipse.org/legal/epl-2.0
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package org.openhab.binding.emoncms.crash;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.eclipse.jdt.annotation.NonNullByDefault;
import org.openhab.binding.emoncms.internal.feed.Engine;
import org.openhab.binding.emoncms.internal.feed.FeedIdentity;
import org.openhab.binding.emoncms.internal.feed.ListedFeed;
import org.openhab.binding.emoncms.internal.feed.ProblemException;
import org.openhab.binding.emoncms.internal.store.directory.DirectoryFeedStore;
import org.openhab.binding.emoncms.internal.store.directory.FeedDirectories;

/**
 * The local directory as a crash has left it, looked at without ending what was interrupted.
 *
 * @author Emoncms add-on contributors - Initial contribution
 */
@NonNullByDefault
final class LocalFiles {

    private static final Pattern NUMBERED = Pattern
            .compile("(?:feed_)?(\\d+)\\.(?:dat|MYD|(?:meta|name\\.json)(?:\\.new)?)");
    private static final Pattern OF_DOWNLOAD = Pattern.compile("download-.*\\.(?:points|json|json\\.new)");
    private static final String CATALOGUE = "feeds.json";
    private static final String TEMPORARY = ".new";

    private final Path directory;
    private final FeedDirectories directories;
    private final Map<FeedIdentity, ListedFeed.Usable> feeds = new HashMap<>();
    private final List<PendingTakeOver> pending = new ArrayList<>();

    /**
     * @throws AssertionError if the catalogue or a feed in it cannot be read
     */
    LocalFiles(Path directory) throws IOException, ProblemException, InterruptedException {
        this.directory = directory;
        directories = FeedDirectories.in(directory);
        // else the store would make a catalogue, while the observed process may just do so
        for (ListedFeed feed : Files.exists(directory.resolve("feeds.json")) ? store(directory, "observer").list()
                : List.<ListedFeed> of()) {
            assertThat(feed).isInstanceOf(ListedFeed.Usable.class);
            feeds.put(feed.identity(), (ListedFeed.Usable) feed);
        }
        pending.addAll(PendingTakeOver.in(directories.fixedInterval()));
        pending.addAll(PendingTakeOver.in(directories.timeSeries()));
    }

    private static DirectoryFeedStore store(Path directory, String owner) {
        return new DirectoryFeedStore(directory, false, FeedDirectories.in(directory), owner, Clock.systemUTC());
    }

    Map<FeedIdentity, ListedFeed.Usable> feeds() {
        return feeds;
    }

    /** Whether a take-over is to be ended at the next start. */
    boolean hasPending() {
        return !pending.isEmpty();
    }

    Path data(ListedFeed.Usable feed) {
        return feed.engine() == Engine.PHPFINA ? directories.fixedInterval().resolve(feed.id() + ".dat")
                : directories.timeSeries().resolve("feed_" + feed.id() + ".MYD");
    }

    Path meta(ListedFeed.Usable feed) {
        return directories.fixedInterval().resolve(feed.id() + ".meta");
    }

    private Path name(ListedFeed.Usable feed) {
        return data(feed).resolveSibling(feed.id() + ".name.json");
    }

    /** Each feed is what it was or what it becomes, and so is the catalogue. */
    void requireSound(LocalFiles before, Workload workload) throws IOException {
        assertThat(feeds.keySet()).as("feeds in the catalogue").containsAll(before.feeds.keySet());
        for (ListedFeed.Usable held : feeds.values()) {
            requireSound(held, before.feeds.getOrDefault(held.identity(), held), workload);
        }
        requireNothingForeign();
    }

    private void requireSound(ListedFeed.Usable held, ListedFeed.Usable before, Workload workload) throws IOException {
        CrashFeed feed = CrashFeed.of(held.identity());
        long npoints = held.meta().npoints();
        assertThat(held.withMeta(before.meta())).as("catalogue entry").isEqualTo(before);
        assertThat(held.engine()).as("engine of %s", held.identity()).isEqualTo(feed.engine());
        assertThat(held.unit()).as("unit of %s", held.identity()).isEqualTo(CrashFeed.UNIT);
        assertThat(held.meta()).as("meta of %s", held.identity()).isEqualTo(feed.meta(npoints));
        assertThat(npoints).as("points of %s", held.identity()).isBetween(before.meta().npoints(),
                workload.npoints(feed));
        boolean isTakingOver = pending.stream().anyMatch(takeOver -> takeOver.feed().equals(held.identity()));
        if (feed.isOffered() && !isTakingOver) {
            assertThat(workload.hasHad(feed, npoints))
                    .as("%s has all or nothing of a download, not %s points", held.identity(), npoints).isTrue();
        }
        requirePrefix(Files.readAllBytes(data(held)), feed, "local " + held.identity());
    }

    /** Also of a point that was written in part. */
    static void requirePrefix(byte[] found, CrashFeed feed, String description) {
        byte[] expected = feed.bytes(0, found.length / feed.engine().pointBytes() + 1);
        int mismatch = Arrays.mismatch(found, 0, found.length, expected, 0, found.length);
        assertThat(mismatch).as("offset of the first wrong one of %s bytes of %s", found.length, description)
                .isEqualTo(-1);
    }

    private void requireNothingForeign() throws IOException {
        for (Path file : allFiles()) {
            String name = file.getFileName().toString();
            boolean isKnown = CATALOGUE.equals(name) || (CATALOGUE + TEMPORARY).equals(name)
                    || OF_DOWNLOAD.matcher(name).matches() || isOfFeed(file) || isAbandoned(file) || isPending(file);
            assertThat(isKnown).as("%s (%s bytes) belongs to a feed or to what is under way", file, Files.size(file))
                    .isTrue();
        }
    }

    private boolean isPending(Path file) {
        int id = number(file);
        return pending.stream().anyMatch(takeOver -> takeOver.localId() == id);
    }

    private boolean isOfFeed(Path file) {
        int id = number(file);
        return feeds.values().stream()
                .anyMatch(feed -> feed.id() == id && (file.equals(data(feed))
                        || feed.engine() == Engine.PHPFINA && file.toString().startsWith(meta(feed).toString())
                        || file.toString().startsWith(name(feed).toString())));
    }

    /** Of a feed whose creation was interrupted; its number is not used again. */
    private boolean isAbandoned(Path file) throws IOException {
        int id = number(file);
        boolean isListed = feeds.values().stream().anyMatch(feed -> feed.id() == id);
        return id > 0 && !isListed && (isEmpty(directories.fixedInterval().resolve(id + ".dat"))
                || isEmpty(directories.timeSeries().resolve("feed_" + id + ".MYD")));
    }

    private static boolean isEmpty(Path file) throws IOException {
        return Files.exists(file) && Files.size(file) == 0;
    }

    private static int number(Path file) {
        Matcher matcher = NUMBERED.matcher(file.getFileName().toString());
        return matcher.matches() ? Integer.parseInt(matcher.group(1)) : 0;
    }

    private List<Path> allFiles() throws IOException {
        if (!Files.exists(directory)) {
            return List.of();
        }
        try (Stream<Path> files = Files.walk(directory)) {
            return files.filter(Files::isRegularFile).toList();
        }
    }

    private List<Path> abandonedFiles() throws IOException {
        List<Path> abandoned = new ArrayList<>();
        for (Path file : allFiles()) {
            if (isAbandoned(file)) {
                abandoned.add(file);
            }
        }
        return abandoned;
    }

    /** How many numbers are lost to creations that were interrupted. */
    long abandoned() throws IOException {
        return abandonedFiles().stream().mapToInt(LocalFiles::number).distinct().count();
    }

    /** Also while a process works here. */
    boolean hasDownloads() throws IOException {
        return hasDownloads(directories.fixedInterval()) || hasDownloads(directories.timeSeries());
    }

    private static boolean hasDownloads(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.anyMatch(file -> OF_DOWNLOAD.matcher(file.getFileName().toString()).matches());
        }
    }

    /** Nothing but feeds is there. */
    void requireNothingLeft() throws IOException {
        List<Path> abandoned = abandonedFiles();
        assertThat(allFiles()).filteredOn(file -> !abandoned.contains(file)).as("files beside those of feeds")
                .noneMatch(file -> file.toString().endsWith(TEMPORARY))
                .noneMatch(file -> OF_DOWNLOAD.matcher(file.getFileName().toString()).matches());
    }

    /** The catalogue can be made anew without it. */
    void requireNamed(Path copy) throws IOException, ProblemException, InterruptedException {
        for (Path file : allFiles()) {
            Path target = copy.resolve(directory.relativize(file));
            Files.createDirectories(Objects.requireNonNull(target.getParent()));
            if (!file.getFileName().toString().equals(CATALOGUE)) {
                Files.copy(file, target);
            }
        }
        assertThat(store(copy, "").list()).as("feeds of a catalogue made anew").containsAll(feeds.values());
        deleteAll(copy);
    }

    /** What the next start will make of the directory, found out in a copy. */
    void requireEnds(Path copy, Workload workload) throws IOException, ProblemException, InterruptedException {
        for (Path file : allFiles()) {
            Path target = copy.resolve(directory.relativize(file));
            Files.createDirectories(Objects.requireNonNull(target.getParent()));
            Files.copy(file, target, StandardCopyOption.REPLACE_EXISTING);
        }
        store(copy, "").list();
        LocalFiles ended = new LocalFiles(copy);
        assertThat(ended.pending).as("take-overs that are still not ended").isEmpty();
        ended.requireSound(this, workload);
        for (PendingTakeOver takeOver : pending) {
            ListedFeed.Usable before = feeds.get(takeOver.feed());
            if (before == null || before.id() == takeOver.localId()) {
                assertThat(Objects.requireNonNull(ended.feeds.get(takeOver.feed())).meta().npoints())
                        .as("points of %s", takeOver.feed()).isEqualTo(takeOver.npoints());
            }
        }
        deleteAll(copy);
    }

    private static void deleteAll(Path directory) throws IOException {
        List<Path> files;
        try (Stream<Path> walk = Files.walk(directory)) {
            files = new ArrayList<>(walk.toList());
        }
        for (int i = files.size() - 1; i >= 0; i--) {
            Files.delete(files.get(i));
        }
    }
}
