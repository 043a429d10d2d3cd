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
import java.io.InputStream;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import java.util.stream.Stream;

import org.eclipse.jdt.annotation.NonNullByDefault;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.openhab.binding.emoncms.internal.feed.FeedIdentity;
import org.openhab.binding.emoncms.internal.feed.LittleEndian;
import org.openhab.binding.emoncms.simulated.Fault;
import org.openhab.binding.emoncms.simulated.Outcome;
import org.openhab.binding.emoncms.simulated.ReceivedRequest;
import org.openhab.binding.emoncms.simulated.Reply;
import org.openhab.binding.emoncms.simulated.SimulatedEmoncms;

/**
 * One bad feed, file or answer holds back no other feed, and what the user mends is noticed.
 *
 * @author Emoncms add-on contributors - Initial contribution
 */
@NonNullByDefault
class UploadIsolationTest {

    private final Path directory;
    private TwoSidesFixture sides;

    UploadIsolationTest(@TempDir Path directory) {
        this.directory = directory;
        sides = new TwoSidesFixture(directory, 16 << 10);
    }

    @AfterEach
    void close() throws Exception {
        sides.close();
    }

    static Stream<Arguments> failures() {
        return Stream.of(Arguments.of("a fatal error", Outcome.answer(Reply.html(200, "<b>Fatal error</b>"))),
                Arguments.of("a lost connection", Outcome.disconnect()),
                Arguments.of("status 500", Outcome.answer(Reply.html(500, "no"))));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("failures")
    void oneBadFeedOfTwoIsParkedInTheEnd(String name, Outcome outcome) throws Exception {
        FeedIdentity[] feeds = sides.grownFeeds(2);
        sides.emoncms.fault(Fault.always(TwoSidesFixture.syncWith(Set.of(sides.remoteId(feeds[0]))), outcome));
        sides.worker.run(Duration.ofMinutes(30));

        sides.assertSame(feeds[1]);
        assertThat(sides.states).contains(SyncState.PARKED);
        sides.emoncms.clearFaults();
        sides.worker.run(Duration.ofDays(1));
        sides.assertSame(feeds);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("failures")
    void manyBadFeedsDoNotHoldBackTheFewGoodOnes(String name, Outcome outcome) throws Exception {
        FeedIdentity[] feeds = sides.grownFeeds(10);
        Set<Integer> bad = new HashSet<>();
        for (int i = 0; i < 7; i++) {
            bad.add(sides.remoteId(feeds[i]));
        }
        sides.emoncms.fault(Fault.always(TwoSidesFixture.syncWith(bad), outcome));
        sides.worker.run(Duration.ofHours(3));

        sides.assertSame(feeds[7], feeds[8], feeds[9]);
        sides.emoncms.clearFaults();
        sides.worker.run(Duration.ofDays(1));
        sides.assertSame(feeds);
    }

    @ParameterizedTest
    @ValueSource(ints = { 0, 1, 2, 3 })
    void aFeedThatWasInTheLostBatchesDoesNotWaitForTheBacklogsOfOthers(int lost) throws Exception {
        FeedIdentity small = sides.fina("small", 30);
        FeedIdentity year = sides.fina("year", 400_000);
        sides.clock.set(Instant.ofEpochSecond(TwoSidesFixture.START + 10L * 500_000));
        AtomicInteger batches = new AtomicInteger();
        AtomicInteger batchesUntilThen = new AtomicInteger();
        sides.emoncms.fault(request -> {
            if (!request.isFor("/feed/sync")) {
                return Outcome.pass();
            }
            if (sides.state(small) != SyncState.SAME) {
                batchesUntilThen.incrementAndGet();
            }
            sides.clock.advance(Duration.ofSeconds(1));
            return batches.incrementAndGet() <= lost ? Outcome.disconnect() : Outcome.pass();
        });
        sides.watch(small, year);
        sides.start();
        sides.worker.run(Duration.ofMinutes(30));

        sides.assertSame(small, year);
        assertThat(batches).hasValueGreaterThan(90);
        assertThat(batchesUntilThen).hasValueLessThan(lost + 15);
    }

    @Test
    void aFeedThatWasInTheLostBatchesDoesNotKeepTheUploadToItself() throws Exception {
        FeedIdentity suspect = sides.fina("suspect", 30_000);
        FeedIdentity year = sides.fina("year", 400_000);
        sides.clock.set(Instant.ofEpochSecond(TwoSidesFixture.START + 10L * 500_000));
        sides.emoncms.keepBodies(true);
        AtomicInteger batches = new AtomicInteger();
        AtomicInteger alone = new AtomicInteger();
        AtomicInteger longestAlone = new AtomicInteger();
        sides.emoncms.fault(request -> {
            if (!request.isFor("/feed/sync")) {
                return Outcome.pass();
            }
            sides.clock.advance(Duration.ofSeconds(1));
            if (batches.incrementAndGet() <= 2) {
                return Outcome.disconnect();
            }
            boolean isAlone = !TwoSidesFixture.syncWith(Set.of(sides.remoteId(year))).test(request);
            longestAlone.accumulateAndGet(isAlone ? alone.incrementAndGet() : alone.getAndSet(0), Math::max);
            return Outcome.pass();
        });
        sides.watch(suspect, year);
        sides.start();
        sides.worker.run(Duration.ofMinutes(30));

        sides.assertSame(suspect, year);
        assertThat(longestAlone).hasValueBetween(1, 2);
    }

    @ParameterizedTest
    @ValueSource(ints = { 0, 4, 9 })
    void whichFeedIsBadDoesNotMatter(int bad) throws Exception {
        FeedIdentity[] feeds = sides.grownFeeds(10);
        sides.emoncms.fault(Fault.always(TwoSidesFixture.syncWith(Set.of(sides.remoteId(feeds[bad]))),
                Outcome.answer(Reply.html(500, "no"))));
        sides.nextInterval();

        assertThat(sides.state(feeds[bad])).isEqualTo(SyncState.PARKED);
        assertThat(sides.server().problem()).isNull();
        for (int i = 0; i < feeds.length; i++) {
            if (i != bad) {
                sides.assertSame(feeds[i]);
            }
        }
    }

    @Test
    void aBadFeedWhoseFailureTakesLongIsParkedToo() throws Exception {
        FeedIdentity[] feeds = sides.grownFeeds(2);
        Predicate<ReceivedRequest> bad = TwoSidesFixture.syncWith(Set.of(sides.remoteId(feeds[0])));
        sides.emoncms.fault(request -> {
            if (!bad.test(request)) {
                return Outcome.pass();
            }
            sides.clock.advance(Duration.ofSeconds(11));
            return Outcome.answer(Reply.html(504, "Gateway Time-out"));
        });
        sides.emoncms.clearRequests();
        sides.worker.run(Duration.ofHours(1));

        sides.assertSame(feeds[1]);
        assertThat(sides.state(feeds[0])).isEqualTo(SyncState.PARKED);
        assertThat(sides.requests()).filteredOn("/feed/sync"::equals).hasSizeLessThan(40);
    }

    @Test
    void aFeedRenamedOnTheServerIsUploadedUnderItsNameWithinADay() throws Exception {
        FeedIdentity[] feeds = sides.grownFeeds(1);
        for (int i = 0; i < 60; i++) {
            sides.emoncms.addFeed(sides.account, "other", "f" + i, SimulatedEmoncms.PHPFINA, 10, "");
        }
        int id = sides.remoteId(feeds[0]);
        Path renamed = sides.emoncms.dataFile(id);
        rename(id, "power-2024");
        sides.worker.run(Duration.ofHours(25));

        assertThat(Files.size(renamed)).as("what came until then").isEqualTo(440);
        sides.assertSame(feeds);
        assertThat(sides.remoteId(feeds[0])).isNotEqualTo(id);
    }

    private void rename(int id, String name) throws Exception {
        String query = "id=" + id + "&fields=%7B%22name%22%3A%22" + name + "%22%7D&apikey=" + sides.account.writeKey();
        try (InputStream answer = URI.create(sides.emoncms.url() + "/feed/set.json?" + query).toURL().openStream()) {
            assertThat(new String(answer.readAllBytes(), StandardCharsets.UTF_8)).contains("\"success\":true");
        }
    }

    @Test
    void whatTheUserMendsOnTheServerIsNoticedInTheNextInterval() throws Exception {
        FeedIdentity power = sides.fina("power", 500);
        sides.emoncms.addFeed(sides.account, "house", "power", SimulatedEmoncms.PHPTIMESERIES, 10, "");
        sides.watch(power);
        sides.start();
        assertThat(sides.state(power)).isEqualTo(SyncState.DIFFERENT_ENGINE);
        sides.emoncms.deleteFeed(sides.remoteId(power));
        sides.nextInterval();

        sides.assertSame(power);
    }

    @Test
    void aFeedDeletedOnTheServerIsNotCalledSameForLong() throws Exception {
        FeedIdentity power = sides.fina("power", 500);
        sides.watch(power);
        sides.start();
        sides.emoncms.deleteFeed(sides.remoteId(power));
        sides.worker.run(Duration.ofHours(25));

        sides.assertSame(power);
        assertThat(sides.states).containsSubsequence(SyncState.SAME, SyncState.LOCAL_ONLY, SyncState.SAME);
    }

    @Test
    void anImpossibleIntervalIsAProblemOfItsFeed() throws Exception {
        FeedIdentity power = sides.fina("power", 500);
        FeedIdentity bad = sides.fina("bad", 5);
        try (FileChannel data = FileChannel.open(sides.localData(bad), StandardOpenOption.WRITE)) {
            data.write(ByteBuffer.allocate(1), 32_000_000);
        }
        Files.write(sides.localDirectory.resolve("phpfina/2.meta"),
                LittleEndian.allocate(16).putInt(0).putInt(0).putInt(-1).putInt((int) TwoSidesFixture.START).array());
        sides.watch(power, bad);
        sides.start();

        sides.assertSame(power);
        assertThat(sides.state(bad)).isEqualTo(SyncState.UNREADABLE);
    }

    @ParameterizedTest
    @ValueSource(strings = { "\"interval\":10,\"start_time\":99999999999999999,\"npoints\":5",
            "\"interval\":10,\"start_time\":-1,\"npoints\":5",
            "\"interval\":10,\"start_time\":1750000000,\"npoints\":-5",
            "\"interval\":1e300,\"start_time\":1750000000,\"npoints\":5",
            "\"interval\":10,\"start_time\":1750000000,\"npoints\":9e18" })
    void anImpossibleRemoteMetaIsAProblemOfItsFeed(String meta) throws Exception {
        FeedIdentity power = sides.fina("power", 500);
        FeedIdentity other = sides.fina("other", 500);
        int powerId = sides.emoncms.addFeed(sides.account, "house", "power", SimulatedEmoncms.PHPFINA, 10, "");
        int otherId = sides.emoncms.addFeed(sides.account, "house", "other", SimulatedEmoncms.PHPFINA, 10, "");
        sides.emoncms.fault(Fault.always(Fault.route("/feed/listwithmeta"), Outcome.answer(Reply.json("""
                [{"id":"%d","name":"power","tag":"house","engine":"5","interval":10,"start_time":0,"npoints":0},
                 {"id":"%d","name":"other","tag":"house","engine":"5",%s}]""".formatted(powerId, otherId, meta)))));
        sides.watch(power, other);
        sides.start();

        assertThat(sides.remoteBytes(power)).hasSize(2000);
        assertThat(sides.remoteBytes(other)).isEmpty();
        assertThat(sides.state(other)).isEqualTo(SyncState.PARKED);
    }

    @Test
    @Timeout(10)
    void aNumberOfAMillionDigitsTakesNoTime() throws Exception {
        FeedIdentity power = sides.fina("power", 500);
        sides.emoncms.fault(Fault.always(Fault.route("/feed/listwithmeta"),
                Outcome.answer(
                        Reply.json("[{\"id\":1,\"name\":\"power\",\"tag\":\"house\",\"engine\":\"5\",\"npoints\":\""
                                + "9".repeat(2_000_000) + "\"}]"))));
        sides.watch(power);
        sides.start();

        assertThat(sides.state(power)).isEqualTo(SyncState.PARKED);
    }

    @Test
    void aSizeThatTheServerRefusedIsNotTriedAgainAndAgain() throws Exception {
        sides.close();
        sides = new TwoSidesFixture(directory.resolve("narrow"), 1 << 20);
        AtomicInteger refused = new AtomicInteger();
        sides.emoncms.fault(request -> {
            if (!request.isFor("/feed/sync") || request.bodyLength() <= 40_000) {
                return Outcome.pass();
            }
            refused.incrementAndGet();
            return Outcome.answer(Reply.html(413, "too large"));
        });
        sides.clock.advance(Duration.ofDays(60));
        FeedIdentity power = sides.fina("power", 400_000);
        sides.watch(power);
        sides.start();
        sides.nextInterval();

        sides.assertSame(power);
        assertThat(refused.get()).isLessThan(8);
    }

    @Test
    void aListThatTakesLongIsNoReasonToListAgain() throws Exception {
        FeedIdentity[] feeds = sides.grownFeeds(1);
        sides.emoncms.fault(request -> {
            if (request.isFor("/feed/listwithmeta")) {
                sides.clock.advance(Duration.ofSeconds(15));
            }
            return Outcome.pass();
        });
        sides.emoncms.clearRequests();
        sides.worker.run(Duration.ofMinutes(6));

        sides.assertSame(feeds);
        assertThat(sides.requests()).hasSizeLessThan(4);
    }

    @Test
    void aFeedWhoseUploadKnocksTheServerOverHoldsBackNoOther() throws Exception {
        FeedIdentity[] feeds = sides.grownFeeds(2);
        Predicate<ReceivedRequest> bad = TwoSidesFixture.syncWith(Set.of(sides.remoteId(feeds[0])));
        AtomicInteger failingLists = new AtomicInteger();
        sides.emoncms.fault(request -> {
            if (request.isFor("/feed/sync") && bad.test(request)) {
                failingLists.set(1);
                return Outcome.answer(Reply.html(500, "out of memory"));
            }
            return request.isFor("/feed/listwithmeta") && failingLists.getAndSet(0) > 0
                    ? Outcome.answer(Reply.html(502, "restarting"))
                    : Outcome.pass();
        });
        sides.worker.run(Duration.ofHours(3));

        sides.assertSame(feeds[1]);
    }

    @Test
    void aCreationThatIsAlwaysLostHoldsBackNoOther() throws Exception {
        FeedIdentity[] feeds = sides.grownFeeds(1);
        FeedIdentity lost = sides.fina("lost", 10);
        sides.emoncms.fault(Fault.always(Fault.route("/feed/create"), Outcome.disconnect()));
        sides.watch(lost);
        sides.worker.run(Duration.ofHours(1));

        sides.assertSame(feeds);
        assertThat(sides.state(lost)).isEqualTo(SyncState.PARKED);
    }

    @Test
    void aParkedFeedIsTriedInTheCycleItsPauseIsMeantFor() throws Exception {
        FeedIdentity[] feeds = sides.grownFeeds(2);
        int bad = sides.remoteId(feeds[0]);
        sides.emoncms.fault(Fault.always(TwoSidesFixture.syncWith(Set.of(bad)), Outcome
                .answer(Reply.json("{\"success\":false,\"message\":\"Invalid data_len for feed " + bad + "\"}"))));
        sides.nextInterval();
        assertThat(sides.state(feeds[0])).isEqualTo(SyncState.PARKED);
        sides.emoncms.clearRequests();
        sides.nextInterval();

        assertThat(sides.requests()).contains("/feed/sync");
    }

    @Test
    void aPointThatWasSentEarlyIsNotCalledSame() throws Exception {
        FeedIdentity power = sides.fina("power", 500);
        sides.watch(power);
        sides.start();
        long sinceStart = sides.clock.instant().getEpochSecond() - TwoSidesFixture.START;
        sides.clock.advance(Duration.ofSeconds(4993 - sinceStart));
        overwrite(sides.emoncms.dataFile(sides.remoteId(power)), 499 * 4);
        sides.engine.uploadNow();
        sides.worker.runDue();

        assertThat(sides.state(power)).isEqualTo(SyncState.REMOTE_AHEAD);
    }

    private static void overwrite(Path file, long position) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.write(ByteBuffer.wrap(new byte[] { 1, 2, 3, 4 }), position);
        }
    }

    @Test
    void aParkedFeedIsTriedWithGrowingPauses() throws Exception {
        FeedIdentity[] feeds = sides.grownFeeds(3);
        sides.emoncms.fault(Fault.always(TwoSidesFixture.syncWith(Set.of(sides.remoteId(feeds[1]))),
                Outcome.answer(Reply.html(500, "no"))));
        sides.nextInterval();
        sides.nextInterval();
        sides.emoncms.clearRequests();
        sides.worker.run(Duration.ofHours(6));
        long firstHours = syncs();
        sides.emoncms.clearRequests();
        sides.worker.run(Duration.ofHours(18));

        assertThat(firstHours).isBetween(5L, 8L);
        assertThat(syncs()).isBetween(1L, 3L);
        assertThat(sides.server().problem()).isNull();
    }

    private long syncs() {
        return sides.emoncms.requests().stream().filter(Fault.route("/feed/sync")).count();
    }

    @Test
    void aParkedFeedIsTriedAtOnceWhenTheRemoteFeedHasChanged() throws Exception {
        FeedIdentity[] feeds = sides.grownFeeds(3);
        sides.emoncms.fault(Fault.always(TwoSidesFixture.syncWith(Set.of(sides.remoteId(feeds[1]))),
                Outcome.answer(Reply.html(500, "no"))));
        sides.worker.run(Duration.ofHours(12));
        assertThat(sides.state(feeds[1])).isEqualTo(SyncState.PARKED);
        sides.emoncms.deleteFeed(sides.remoteId(feeds[1]));
        sides.worker.run(Duration.ofMinutes(65));

        sides.assertSame(feeds);
    }

    @Test
    void remoteFeedsThatAreClearedBetweenTwoBatchesOfACycleAreUploadedAnew(@TempDir Path directory) throws Exception {
        TwoSidesFixture small = new TwoSidesFixture(directory, 16 << 10);
        FeedIdentity power = small.fina("power", 9_000);
        FeedIdentity counter = small.series("counter", 4_000);
        small.watch(power, counter);
        AtomicInteger batches = new AtomicInteger();
        AtomicBoolean isCleared = new AtomicBoolean();
        small.emoncms.fault(request -> {
            if (batches.get() == 2 && isCleared.compareAndSet(false, true)) {
                small.emoncms.clearFeed(small.remoteId(power));
                small.emoncms.clearFeed(small.remoteId(counter));
            }
            batches.addAndGet(request.isFor("/feed/sync") ? 1 : 0);
            return Outcome.pass();
        });
        small.start();
        small.worker.run(Duration.ofMinutes(15));

        assertThat(isCleared).isTrue();
        assertThat(batches.get()).isGreaterThan(5);
        small.assertSame(power, counter);
        small.close();
    }
}
