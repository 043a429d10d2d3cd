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
package org.openhab.binding.emoncms.internal.sync;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.lang.management.ManagementFactory;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.eclipse.jdt.annotation.NonNullByDefault;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.openhab.binding.emoncms.internal.feed.FeedIdentity;
import org.openhab.binding.emoncms.internal.feed.FixedIntervalMeta;
import org.openhab.binding.emoncms.simulated.Fault;
import org.openhab.binding.emoncms.simulated.Outcome;
import org.openhab.binding.emoncms.simulated.ReceivedRequest;
import org.openhab.binding.emoncms.simulated.SimulatedEmoncms;

import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Jimfs;

/**
 * What a cycle costs: requests, bytes, files, threads and memory, counted.
 *
 * @author Emoncms add-on contributors - Initial contribution
 */
@NonNullByDefault
@Timeout(120)
class FrugalCycleTest {

    private static final int FEEDS = 1000;
    private static final int POINT_BYTES = 4;
    private static final int SEGMENT_BYTES = 20;
    private static final int CHECKSUM_BYTES = 4;
    private static final int RECORD_BYTES = 9;
    private static final int SERIES_SEGMENT_BYTES = 12;
    private static final int BATCH_BYTES = 1 << 20;
    private static final FileTime LONG_AGO = FileTime.from(Instant.EPOCH);

    private final Path directory;

    FrugalCycleTest(@TempDir Path directory) {
        this.directory = directory;
    }

    private TwoSidesFixture sides(Path local) {
        return new TwoSidesFixture(directory, local, BATCH_BYTES);
    }

    private TwoSidesFixture sides() {
        return sides(directory.resolve("local"));
    }

    private static Path data(TwoSidesFixture sides, int feed) {
        return sides.localDirectory.resolve("phpfina").resolve(feed + 1 + ".dat");
    }

    private static void appendZeros(Path file, long npoints) throws IOException {
        try (RandomAccessFile data = new RandomAccessFile(file.toFile(), "rw")) {
            data.setLength(data.length() + npoints * POINT_BYTES);
        }
    }

    /** PHPFina feeds of zeros that are only local, with files that take no room. */
    private static FeedIdentity[] localFeeds(TwoSidesFixture sides, int count, long npoints) throws IOException {
        Files.createDirectories(sides.localDirectory.resolve("phpfina"));
        Files.writeString(sides.localDirectory.resolve("feeds.json"),
                IntStream.range(0, count)
                        .mapToObj(feed -> "{\"id\":" + (feed + 1) + ",\"tag\":\"house\",\"name\":\"power" + feed
                                + "\",\"engine\":5,\"unit\":\"W\"}")
                        .collect(Collectors.joining(",\n", "{\"feeds\":[", "]}")));
        byte[] meta = new FixedIntervalMeta(TwoSidesFixture.START, 10).toBuffer().array();
        FeedIdentity[] feeds = new FeedIdentity[count];
        for (int feed = 0; feed < count; feed++) {
            feeds[feed] = new FeedIdentity("house", "power" + feed);
            Files.write(sides.localDirectory.resolve("phpfina").resolve(feed + 1 + ".meta"), meta);
            appendZeros(data(sides, feed), npoints);
        }
        sides.clock.advance(Duration.ofSeconds(npoints * 10));
        return feeds;
    }

    /** The same on both sides, but for so many points that the remote side lacks. */
    private static FeedIdentity[] feeds(TwoSidesFixture sides, int count, long npoints, int lacking)
            throws IOException {
        FeedIdentity[] feeds = localFeeds(sides, count, npoints);
        for (FeedIdentity feed : feeds) {
            int id = sides.emoncms.addFeed(sides.account, feed.tag(), feed.name(), SimulatedEmoncms.PHPFINA, 10, "W");
            Files.write(sides.emoncms.metaFile(id),
                    new FixedIntervalMeta(TwoSidesFixture.START, 10).toBuffer().array());
            appendZeros(sides.emoncms.dataFile(id), npoints - lacking);
        }
        return feeds;
    }

    private static void start(TwoSidesFixture sides, FeedIdentity... feeds) {
        sides.watch(feeds);
        sides.start();
        assertThat(sides.server().feedsInSync()).isEqualTo(feeds.length);
        sides.emoncms.clearRequests();
    }

    private static List<ReceivedRequest> uploads(TwoSidesFixture sides) {
        return sides.emoncms.requests().stream().filter(Fault.route("/feed/sync")).toList();
    }

    @Test
    void nothingToDoIsNoRequest() throws Exception {
        TwoSidesFixture sides = sides();
        start(sides, feeds(sides, FEEDS, 100, 0));
        sides.worker.run(Duration.ofHours(12));

        assertThat(sides.requests()).isEmpty();
        sides.close();
    }

    @Test
    void comparisonsComeInABunchOnceAnHourAtMost() throws Exception {
        TwoSidesFixture sides = sides();
        TreeSet<Instant> times = new TreeSet<>();
        AtomicInteger comparisons = new AtomicInteger();
        FeedIdentity[] feeds = feeds(sides, FEEDS, 100, 0);
        sides.emoncms.fault(request -> {
            if (request.isFor("/feed/sha256sum")) {
                times.add(sides.clock.instant());
                comparisons.incrementAndGet();
            }
            return Outcome.pass();
        });
        start(sides, feeds);
        sides.worker.run(Duration.ofHours(24));

        assertThat(comparisons).as("feeds of five days in one").hasValueBetween(FEEDS / 5, FEEDS / 4);
        assertThat(times).hasSizeBetween(20, 25);
        Instant last = times.first();
        for (Instant time : times.tailSet(last, false)) {
            assertThat(Duration.between(last, time))
                    .isGreaterThanOrEqualTo(Duration.ofHours(1).minus(TwoSidesFixture.INTERVAL));
            last = time;
        }
        sides.close();
    }

    @ParameterizedTest
    @ValueSource(ints = { 100, 259_200 })
    void newPointsOfManyFeedsAreOneRequestHoweverLongTheFeedsAre(int npoints) throws Exception {
        TwoSidesFixture sides = sides();
        // what is lacking lets batches grow before
        FeedIdentity[] feeds = feeds(sides, FEEDS, npoints, 20);
        start(sides, feeds);
        for (int feed = 0; feed < FEEDS; feed++) {
            appendZeros(data(sides, feed), 30);
        }
        sides.worker.run(TwoSidesFixture.INTERVAL.plus(TwoSidesFixture.INTERVAL));

        assertThat(sides.requests()).containsExactly("/feed/sync");
        assertThat(uploads(sides).get(0).bodyLength())
                .isEqualTo(FEEDS * (SEGMENT_BYTES + 30 * POINT_BYTES) + CHECKSUM_BYTES);
        assertThat(sides.server().feedsInSync()).isEqualTo(FEEDS);
        sides.close();
    }

    @Test
    void newPointsOfOneOfManyFeedsAreOneSegment() throws Exception {
        TwoSidesFixture sides = sides();
        start(sides, feeds(sides, FEEDS, 100, 0));
        appendZeros(data(sides, 500), 30);
        sides.nextInterval();

        assertThat(sides.requests()).containsExactly("/feed/sync");
        assertThat(uploads(sides).get(0).bodyLength()).isEqualTo(SEGMENT_BYTES + 30 * POINT_BYTES + CHECKSUM_BYTES);
        sides.close();
    }

    @Test
    void newRecordsOfManyTimeSeriesFeedsAreAListAndOneUpload() throws Exception {
        TwoSidesFixture sides = sides();
        FeedIdentity[] feeds = timeSeriesFeeds(sides, 100);
        for (FeedIdentity feed : feeds) {
            sides.append(feed, 30);
        }
        sides.nextInterval();

        assertThat(sides.requests()).containsExactly("/feed/listwithmeta.json", "/feed/sync");
        assertThat(uploads(sides).get(0).bodyLength())
                .isEqualTo(feeds.length * (SERIES_SEGMENT_BYTES + 30 * RECORD_BYTES) + CHECKSUM_BYTES);
        sides.assertSame(feeds);
        sides.close();
    }

    @Test
    void newRecordsOfOneOfManyTimeSeriesFeedsAreAMetaAndOneSegment() throws Exception {
        TwoSidesFixture sides = sides();
        FeedIdentity[] feeds = timeSeriesFeeds(sides, 100);
        sides.append(feeds[50], 30);
        sides.nextInterval();

        assertThat(sides.requests()).containsExactly("/feed/getmeta.json", "/feed/sync");
        sides.assertSame(feeds);
        sides.close();
    }

    private static FeedIdentity[] timeSeriesFeeds(TwoSidesFixture sides, int count) throws Exception {
        sides.local.list();
        FeedIdentity[] feeds = new FeedIdentity[count];
        for (int feed = 0; feed < count; feed++) {
            feeds[feed] = sides.series("counter" + feed, 100);
        }
        start(sides, feeds);
        return feeds;
    }

    @Test
    void sixFeedsAreCreatedAtOnce() throws Exception {
        TwoSidesFixture sides = sides();
        FeedIdentity[] feeds = localFeeds(sides, 96, 100);
        CyclicBarrier six = new CyclicBarrier(6);
        AtomicInteger seen = new AtomicInteger();
        AtomicInteger underWay = new AtomicInteger();
        Set<Integer> counts = new ConcurrentSkipListSet<>();
        sides.emoncms.fault(request -> {
            if (request.isFor("/feed/create")) {
                counts.add(underWay.incrementAndGet());
                try {
                    if (seen.getAndIncrement() < 6) {
                        six.await(20, TimeUnit.SECONDS);
                    }
                } catch (Exception e) {
                    throw new IllegalStateException(e);
                }
                underWay.decrementAndGet();
            }
            return Outcome.pass();
        });
        start(sides, feeds);

        assertThat(counts).contains(1, 6).allSatisfy(count -> assertThat(count).isLessThanOrEqualTo(6));
        sides.assertSame(feeds);
        sides.close();
    }

    @Test
    void eachFeedIsCreatedOnce() throws Exception {
        TwoSidesFixture sides = sides();
        FeedIdentity[] feeds = localFeeds(sides, 100, 100);
        List<String> created = new ArrayList<>();
        sides.emoncms.fault(request -> {
            if (request.isFor("/feed/create")) {
                synchronized (created) {
                    created.add(request.query());
                }
            }
            return Outcome.pass();
        });
        start(sides, feeds);

        assertThat(created).hasSize(100).doesNotHaveDuplicates();
        assertThat(sides.emoncms.feeds(sides.account)).hasSize(100);
        sides.assertSame(feeds);
        sides.close();
    }

    private static List<Path> files(Path directory) throws IOException {
        try (Stream<Path> found = Files.walk(directory)) {
            return found.filter(Files::isRegularFile).toList();
        }
    }

    /** Files that were written just now are looked at again in any case. */
    private static void age(Path directory) throws IOException {
        for (Path file : files(directory)) {
            view(file).setTimes(FileTime.from(Instant.now().minusSeconds(3600)), null, null);
        }
    }

    private static void forgetReads(Path directory) throws IOException {
        for (Path file : files(directory)) {
            view(file).setTimes(null, LONG_AGO, null);
        }
    }

    private static List<String> readFiles(Path directory) throws IOException {
        List<String> read = new ArrayList<>();
        for (Path file : files(directory)) {
            if (!view(file).readAttributes().lastAccessTime().equals(LONG_AGO)) {
                read.add(file.getFileName().toString());
            }
        }
        return read;
    }

    private static BasicFileAttributeView view(Path file) {
        BasicFileAttributeView view = Files.getFileAttributeView(file, BasicFileAttributeView.class);
        if (view == null) {
            throw new IllegalStateException("no attributes of " + file);
        }
        return view;
    }

    private static FeedIdentity[] fourFeedsInMemory(TwoSidesFixture sides) throws Exception {
        sides.local.list();
        FeedIdentity[] feeds = { sides.fina("power1", 100), sides.fina("power2", 100), sides.series("counter1", 100),
                sides.series("counter2", 100) };
        start(sides, feeds);
        age(sides.localDirectory);
        sides.nextInterval();
        sides.nextInterval();
        forgetReads(sides.localDirectory);
        return feeds;
    }

    @Test
    void filesThatWereNotWrittenAreNotReadAgain() throws Exception {
        try (FileSystem disk = Jimfs.newFileSystem(Configuration.unix())) {
            TwoSidesFixture sides = sides(disk.getPath("/local"));
            fourFeedsInMemory(sides);
            sides.worker.run(Duration.ofMinutes(40));

            assertThat(readFiles(sides.localDirectory)).isEmpty();
            sides.close();
        }
    }

    @Test
    void ofFilesOnlyThoseThatWereWrittenAreReadAgain() throws Exception {
        try (FileSystem disk = Jimfs.newFileSystem(Configuration.unix())) {
            TwoSidesFixture sides = sides(disk.getPath("/local"));
            FeedIdentity[] feeds = fourFeedsInMemory(sides);
            sides.append(feeds[0], 10);
            sides.append(feeds[2], 10);
            Set<String> written = Set.of(sides.localData(feeds[0]).getFileName().toString(),
                    sides.localData(feeds[2]).getFileName().toString());
            Set<String> others = Set.of(sides.localData(feeds[1]).getFileName().toString(),
                    sides.localData(feeds[3]).getFileName().toString());
            forgetReads(sides.localDirectory);
            sides.nextInterval();

            assertThat(readFiles(sides.localDirectory)).containsAll(written).doesNotContainAnyElementsOf(others);
            sides.assertSame(feeds[0], feeds[2]);
            sides.close();
        }
    }

    @Test
    void noThreadIsLeftAfterTheEnd() throws Exception {
        Set<Thread> before = new HashSet<>(Thread.getAllStackTraces().keySet());
        TwoSidesFixture sides = sides();
        start(sides, localFeeds(sides, 20, 1000));
        sides.close();

        for (Thread thread : Thread.getAllStackTraces().keySet()) {
            if (!before.contains(thread)) {
                thread.join(10_000);
                assertThat(thread.isAlive()).as(thread.getName()).isFalse();
            }
        }
    }

    /** By this thread, which is the engine's. */
    private static long allocatedBy(Runnable work) {
        com.sun.management.ThreadMXBean threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadAllocatedBytes();
        work.run();
        return threads.getCurrentThreadAllocatedBytes() - before;
    }

    @ParameterizedTest
    @ValueSource(ints = { 100, 259_200 })
    void aCycleWithNothingToDoAllocatesLittleHoweverLongTheFeedsAre(int npoints) throws Exception {
        TwoSidesFixture sides = sides();
        start(sides, feeds(sides, FEEDS, npoints, 0));
        age(sides.localDirectory);
        sides.nextInterval();
        sides.nextInterval();

        assertThat(allocatedBy(sides::nextInterval) / FEEDS).as("bytes a feed").isPositive().isLessThan(8 << 10);
        sides.close();
    }

    @Test
    void whatIsAllocatedForALongFeedIsFarLessThanTheFeed() throws Exception {
        long feedBytes = 20 << 20;
        TwoSidesFixture sides = sides();
        FeedIdentity[] feeds = localFeeds(sides, 2, 100);
        start(sides, feeds);
        appendZeros(data(sides, 0), feedBytes / POINT_BYTES);
        sides.clock.advance(Duration.ofSeconds(feedBytes / POINT_BYTES * 10));
        long allocated = allocatedBy(sides::nextInterval);

        assertThat(sides.server().feedsInSync()).isEqualTo(2);
        assertThat(uploads(sides)).hasSizeGreaterThanOrEqualTo(20);
        assertThat(allocated).as("bytes on the heap").isPositive().isLessThan(feedBytes / 10);
        sides.assertSame(feeds);
        sides.close();
    }
}
