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
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

import org.eclipse.jdt.annotation.NonNullByDefault;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.openhab.binding.emoncms.internal.feed.FeedIdentity;
import org.openhab.binding.emoncms.internal.feed.LittleEndian;
import org.openhab.binding.emoncms.internal.feed.ProblemKind;
import org.openhab.binding.emoncms.internal.feed.TimeSeriesRecord;
import org.openhab.binding.emoncms.simulated.Fault;
import org.openhab.binding.emoncms.simulated.Outcome;
import org.openhab.binding.emoncms.simulated.ReceivedRequest;
import org.openhab.binding.emoncms.simulated.Reply;
import org.openhab.binding.emoncms.simulated.SimulatedFeed;

/**
 * What the engine does when something fails: it ends with the same bytes on both sides, and one bad feed holds back no
 * other.
 *
 * @author Emoncms add-on contributors - Initial contribution
 */
@NonNullByDefault
class UploadFaultsTest {

    private static final Predicate<ReceivedRequest> SYNC = Fault.route("/feed/sync");
    private static final Reply WARNING = Reply.html(200,
            "<br />\n<b>Warning</b>: something<br />\n{\"success\":true,\"updated_feed_meta\":[]}");

    private final Path directory;
    private TwoSidesFixture sides;

    UploadFaultsTest(@TempDir Path directory) {
        this.directory = directory;
        sides = new TwoSidesFixture(directory, 16 << 10);
    }

    @AfterEach
    void close() throws Exception {
        sides.close();
    }

    static Stream<Arguments> unclearOutcomes() {
        return Stream.of( //
                Arguments.of("the answer is lost", Outcome.loseAnswer()),
                Arguments.of("the answer is cut", Outcome.cutAnswer()),
                Arguments.of("the connection is closed before", Outcome.disconnect()),
                Arguments.of("there is no answer in time", Outcome.noAnswer()),
                Arguments.of("a warning stands before the answer", Outcome.replaceAnswer(WARNING)),
                Arguments.of("an empty answer", Outcome.replaceAnswer(Reply.json(""))),
                Arguments.of("false", Outcome.answer(Reply.json("false"))),
                Arguments.of("an answer without metas", Outcome.answer(Reply.json("{\"success\":true}"))),
                Arguments.of("metas of no feed",
                        Outcome.answer(Reply.json("{\"success\":true,\"updated_feed_meta\":[]}"))),
                Arguments.of("a maintenance page", Outcome.answer(Reply.html(200, "<h1>Maintenance</h1>"))),
                Arguments.of("status 500", Outcome.answer(Reply.html(500, "Sorry"))),
                Arguments.of("status 500 after it was applied", Outcome.replaceAnswer(Reply.html(500, "Sorry"))),
                Arguments.of("a bad checksum",
                        Outcome.answer(Reply.json("{\"success\":false,\"message\":\"Invalid checksum\"}"))));
    }

    private FeedIdentity[] twoFeedsUploadedAndGrown() throws Exception {
        FeedIdentity[] feeds = { sides.fina("power", 500), sides.series("counter", 300) };
        sides.watch(feeds);
        sides.start();
        sides.assertSame(feeds);
        sides.append(feeds[0], 40);
        sides.append(feeds[1], 20);
        return feeds;
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("unclearOutcomes")
    void anUnclearAnswerEndsWithTheSameBytes(String name, Outcome outcome) throws Exception {
        FeedIdentity[] feeds = twoFeedsUploadedAndGrown();
        sides.emoncms.fault(Fault.next(1, SYNC, outcome));
        sides.nextInterval();
        sides.nextInterval();

        sides.assertSame(feeds);
        assertThat(sides.server().problem()).isNull();
        assertThat(sides.states).doesNotContain(SyncState.PARKED);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("unclearOutcomes")
    void anUnclearAnswerToACreationMakesNoSecondFeed(String name, Outcome outcome) throws Exception {
        sides.emoncms.fault(Fault.next(1, Fault.route("/feed/create"), outcome));
        FeedIdentity power = sides.fina("power", 500);
        sides.watch(power);
        sides.start();
        sides.nextInterval();

        sides.assertSame(power);
        assertThat(sides.emoncms.feeds(sides.account)).hasSize(1);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("unclearOutcomes")
    void anUnclearListIsNotAnEmptyList(String name, Outcome outcome) throws Exception {
        FeedIdentity[] feeds = twoFeedsUploadedAndGrown();
        sides.restartEngine();
        sides.watch(feeds);
        sides.emoncms.fault(Fault.next(3, Fault.route("/feed/listwithmeta"), outcome));
        sides.start();
        assertThat(sides.server().problem()).isNotNull();
        assertThat(sides.server().connected()).isFalse();
        sides.nextInterval();

        sides.assertSame(feeds);
        assertThat(sides.emoncms.feeds(sides.account)).hasSize(2);
    }

    @Test
    void afterAnUnclearAnswerNothingIsCalledTheSameBeforeTheNextList() throws Exception {
        FeedIdentity counter = sides.series("counter", 0);
        sides.watch(counter);
        sides.start();
        sides.append(counter, 20);
        sides.emoncms.fault(Fault.next(1, SYNC, Outcome.loseAnswer()));
        sides.emoncms.fault(Fault.always(Fault.route("/feed/listwithmeta"), Outcome.answer(Reply.json("false"))));
        sides.nextInterval();
        Files.write(sides.localData(counter), new byte[0]);
        sides.states.clear();
        sides.nextInterval();
        assertThat(sides.states).doesNotContain(SyncState.SAME);

        sides.emoncms.clearFaults();
        sides.worker.run(TwoSidesFixture.INTERVAL.multipliedBy(4));
        assertThat(sides.state(counter)).isEqualTo(SyncState.REMOTE_AHEAD);
    }

    @Test
    void whatWasRecordedDuringAnOutageIsUploadedAfterwards() throws Exception {
        FeedIdentity[] feeds = twoFeedsUploadedAndGrown();
        sides.emoncms.stop();
        sides.worker.run(Duration.ofHours(2));
        sides.append(feeds[0], 700);
        sides.worker.run(Duration.ofHours(2));
        assertThat(Objects.requireNonNull(sides.server().problem()).kind()).isEqualTo(ProblemKind.NO_CONNECTION);
        assertThat(Objects.requireNonNull(sides.feeds.get(feeds[0])).pendingPoints()).isEqualTo(740);
        sides.emoncms.restart();
        sides.nextInterval();

        assertThat(sides.server().problem()).isNull();
        sides.assertSame(feeds);
    }

    @Test
    void anOutageAtTheStartIsOvercome() throws Exception {
        FeedIdentity power = sides.fina("power", 500);
        sides.emoncms.stop();
        sides.watch(power);
        sides.start();
        assertThat(sides.state(power)).as("nothing is said of what was never compared").isNull();
        assertThat(Objects.requireNonNull(sides.feeds.get(power)).local()).isNotNull();
        sides.emoncms.restart();
        sides.nextInterval();

        sides.assertSame(power);
    }

    @Test
    void anOutageCostsOneRequestAnInterval() throws Exception {
        twoFeedsUploadedAndGrown();
        sides.emoncms.fault(Fault.always(request -> true, Outcome.disconnect()));
        sides.worker.run(Duration.ofMinutes(30));
        sides.emoncms.clearRequests();
        sides.worker.run(Duration.ofHours(10));

        assertThat(sides.requests()).hasSizeBetween(100, 400);
    }

    @Test
    void aFeedDeletedOnTheServerIsMadeAnew() throws Exception {
        FeedIdentity[] feeds = twoFeedsUploadedAndGrown();
        sides.emoncms.deleteFeed(sides.remoteId(feeds[0]));
        sides.nextInterval();

        sides.assertSame(feeds);
    }

    @Test
    void aFeedClearedOnTheServerIsUploadedAgain() throws Exception {
        FeedIdentity[] feeds = twoFeedsUploadedAndGrown();
        sides.emoncms.clearFeed(sides.remoteId(feeds[0]));
        sides.emoncms.clearFeed(sides.remoteId(feeds[1]));
        sides.nextInterval();

        sides.assertSame(feeds);
    }

    @Test
    void aTimeSeriesThatEndsInNanHoldsBackNoOther() throws Exception {
        FeedIdentity[] feeds = twoFeedsUploadedAndGrown();
        ByteBuffer nan = LittleEndian.allocate(TimeSeriesRecord.BYTES);
        new TimeSeriesRecord(TwoSidesFixture.START + 20_000, Float.NaN).write(nan);
        sides.append(sides.local(feeds[1]), nan.flip());
        sides.nextInterval();
        sides.assertSame(feeds);

        sides.append(feeds[0], 10);
        sides.append(feeds[1], 10);
        sides.nextInterval();
        sides.assertSame(feeds);
        assertThat(sides.states).doesNotContain(SyncState.PARKED);
    }

    private FeedIdentity[] tenFeeds() throws Exception {
        FeedIdentity[] feeds = new FeedIdentity[10];
        for (int i = 0; i < feeds.length; i++) {
            feeds[i] = sides.fina("power" + i, 100 + i);
        }
        sides.emoncms.keepBodies(true);
        sides.watch(feeds);
        sides.start();
        sides.assertSame(feeds);
        for (FeedIdentity feed : feeds) {
            sides.append(feed, 10);
        }
        return feeds;
    }

    private void assertOnlyParked(FeedIdentity[] feeds, int parked) throws Exception {
        for (int i = 0; i < feeds.length; i++) {
            if (i == parked) {
                assertThat(sides.state(feeds[i])).isEqualTo(SyncState.PARKED);
            } else {
                sides.assertSame(feeds[i]);
            }
        }
    }

    @Test
    void aRefusedFeedIsParkedAndTheOthersAreUploadedInTheSameCycle() throws Exception {
        FeedIdentity[] feeds = tenFeeds();
        int refused = sides.remoteId(feeds[4]);
        sides.emoncms.fault(Fault.always(TwoSidesFixture.syncWith(Set.of(refused)), Outcome
                .answer(Reply.json("{\"success\":false,\"message\":\"Invalid data_len for feed " + refused + "\"}"))));
        sides.nextInterval();

        assertOnlyParked(feeds, 4);
        assertThat(Objects.requireNonNull(sides.feeds.get(feeds[4])).problem()).asString()
                .contains("Invalid data_len for feed " + refused);
        assertThat(sides.server().problem()).isNull();
    }

    @Test
    void aFeedThatSpoilsEveryAnswerIsFoundAndParked() throws Exception {
        FeedIdentity[] feeds = tenFeeds();
        sides.emoncms.fault(Fault.always(TwoSidesFixture.syncWith(Set.of(sides.remoteId(feeds[4]))),
                Outcome.answer(Reply.html(200, "<b>Fatal error</b>: memory exhausted"))));
        sides.nextInterval();
        sides.nextInterval();

        assertOnlyParked(feeds, 4);
        assertThat(sides.server().problem()).isNull();
    }

    @Test
    void aParkedFeedIsTriedAgainLater() throws Exception {
        FeedIdentity[] feeds = tenFeeds();
        sides.emoncms.fault(Fault.always(TwoSidesFixture.syncWith(Set.of(sides.remoteId(feeds[4]))),
                Outcome.answer(Reply.html(500, "no"))));
        sides.nextInterval();
        sides.nextInterval();
        assertThat(sides.state(feeds[4])).isEqualTo(SyncState.PARKED);
        sides.emoncms.clearFaults();
        sides.worker.run(Duration.ofHours(1));

        sides.assertSame(feeds);
    }

    @Test
    void uploadNowTriesAParkedFeedAtOnce() throws Exception {
        FeedIdentity[] feeds = tenFeeds();
        sides.emoncms.fault(Fault.always(TwoSidesFixture.syncWith(Set.of(sides.remoteId(feeds[4]))),
                Outcome.answer(Reply.html(500, "no"))));
        sides.nextInterval();
        sides.nextInterval();
        sides.emoncms.clearFaults();
        sides.engine.uploadNow();
        sides.worker.runDue();

        sides.assertSame(feeds);
    }

    @Test
    void aServerThatFailsAtEverythingIsNotBlamedOnItsFeeds() throws Exception {
        FeedIdentity[] feeds = tenFeeds();
        sides.emoncms.fault(Fault.always(SYNC, Outcome.answer(Reply.html(500, "no"))));
        sides.emoncms.clearRequests();
        sides.nextInterval();

        assertThat(Objects.requireNonNull(sides.server().problem()).kind()).isEqualTo(ProblemKind.SERVER_ERROR);
        sides.emoncms.clearFaults();
        sides.worker.run(Duration.ofHours(1));
        sides.assertSame(feeds);
    }

    @Test
    void aServerThatIsSlowToFailIsNotHammered() throws Exception {
        FeedIdentity[] feeds = tenFeeds();
        sides.emoncms.fault(request -> {
            if (request.isFor("/feed/sync")) {
                sides.clock.advance(Duration.ofSeconds(11));
                return Outcome.answer(Reply.html(500, "no"));
            }
            return Outcome.pass();
        });
        sides.emoncms.clearRequests();
        sides.nextInterval();
        sides.worker.run(Duration.ofHours(1));

        assertThat(Objects.requireNonNull(sides.server().problem()).kind()).isEqualTo(ProblemKind.SERVER_ERROR);
        assertThat(sides.requests()).filteredOn("/feed/sync"::equals).hasSizeLessThan(130);
        sides.emoncms.clearFaults();
        sides.worker.run(Duration.ofHours(1));
        sides.assertSame(feeds);
    }

    @Test
    void aServerThatTakesOnlySmallBodiesGetsSmallBodies() throws Exception {
        sides.close();
        sides = new TwoSidesFixture(directory.resolve("large"), 1 << 20);
        sides.emoncms.fault(Fault.always(SYNC.and(request -> request.bodyLength() > 40_000),
                Outcome.answer(Reply.html(413, "too large"))));
        FeedIdentity power = sides.fina("power", 9900);
        FeedIdentity other = sides.fina("other", 9900);
        sides.watch(power, other);
        sides.start();

        sides.assertSame(power, other);
    }

    @Test
    void aTimeOutMakesTheNextBatchSmaller() throws Exception {
        sides.close();
        sides = new TwoSidesFixture(directory.resolve("slow"), 64 << 10);
        sides.emoncms.fault(Fault.always(SYNC.and(request -> request.bodyLength() > 20_000), Outcome.noAnswer()));
        FeedIdentity power = sides.fina("power", 9000);
        sides.watch(power);
        sides.start();
        sides.worker.run(Duration.ofMinutes(20));

        sides.assertSame(power);
    }

    @Test
    void aLocalFeedThatIsReplacedMeanwhileIsNotSentUnderItsOldStart() throws Exception {
        FeedIdentity power = sides.fina("power", 500);
        Path meta = sides.localDirectory.resolve("phpfina/1.meta");
        sides.emoncms.fault(request -> {
            if (request.isFor("/feed/listwithmeta")) {
                replace(meta, sides.localDirectory.resolve("phpfina/1.dat"));
            }
            return Outcome.pass();
        });
        sides.watch(power);
        sides.start();
        assertThat(sides.remoteBytes(power)).isEmpty();
        assertThat(Objects.requireNonNull(Objects.requireNonNull(sides.feeds.get(power)).problem()).kind())
                .isEqualTo(ProblemKind.FEED_CHANGED);

        sides.nextInterval();
        sides.assertSame(power);
        assertThat(Files.readAllBytes(sides.emoncms.metaFile(sides.remoteId(power))))
                .isEqualTo(Files.readAllBytes(meta));
    }

    private static void replace(Path meta, Path data) {
        try {
            Files.write(data, new byte[2400]);
            ByteBuffer content = LittleEndian.allocate(16).putInt(0).putInt(0).putInt(10)
                    .putInt((int) TwoSidesFixture.START + 7000);
            Files.write(meta, content.array());
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void aLocalFileThatVanishesMeanwhileHoldsBackNoOther() throws Exception {
        FeedIdentity power = sides.fina("power", 500);
        FeedIdentity gone = sides.fina("gone", 500);
        Path data = sides.localData(gone);
        sides.emoncms.fault(request -> {
            try {
                Files.deleteIfExists(data);
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
            return Outcome.pass();
        });
        sides.watch(power, gone);
        sides.start();

        sides.assertSame(power);
        assertThat(sides.state(gone)).isEqualTo(SyncState.UNREADABLE);
    }

    @Test
    void twoRemoteFeedsOfOneNameAreNotGuessedAt() throws Exception {
        FeedIdentity power = sides.fina("power", 500);
        FeedIdentity other = sides.fina("other", 500);
        sides.emoncms.fault(Fault.always(Fault.route("/feed/listwithmeta"), Outcome.answer(Reply.json("""
                [{"id":"1","name":"power","tag":"house","engine":"5"},
                 {"id":"2","name":"power","tag":"house","engine":"5"}]"""))));
        sides.watch(power, other);
        sides.start();

        assertThat(sides.state(power)).isEqualTo(SyncState.PARKED);
        assertThat(sides.emoncms.feeds(sides.account)).extracting(SimulatedFeed::name).containsExactly("other");
    }

    @Test
    void aRefusedKeyIsNotTriedOften() throws Exception {
        FeedIdentity[] feeds = twoFeedsUploadedAndGrown();
        sides.emoncms.fault(Fault.always(request -> true, Outcome.answer(Reply.html(401, "Invalid API key"))));
        sides.emoncms.clearRequests();
        sides.worker.run(Duration.ofMinutes(50));

        assertThat(Objects.requireNonNull(sides.server().problem()).kind()).isEqualTo(ProblemKind.KEY_REFUSED);
        assertThat(sides.requests()).hasSizeLessThanOrEqualTo(2);
        sides.emoncms.clearFaults();
        sides.worker.run(Duration.ofMinutes(20));
        sides.assertSame(feeds);
    }

    @Test
    void aSecondWriterIsNoticed() throws Exception {
        FeedIdentity[] feeds = twoFeedsUploadedAndGrown();
        sides.appendBytes(sides.emoncms.dataFile(sides.remoteId(feeds[0])), 400 * 4);
        sides.nextInterval();

        assertThat(sides.state(feeds[0])).isEqualTo(SyncState.DIVERGED);
        sides.assertSame(feeds[1]);
    }

    @Test
    void recordsThatOthersPutIntoAnEmptyTimeSeriesAreNotOverwritten() throws Exception {
        FeedIdentity counter = sides.series("counter", 0);
        sides.watch(counter);
        sides.start();
        sides.assertSame(counter);
        Path remote = sides.emoncms.dataFile(sides.remoteId(counter));
        ByteBuffer others = LittleEndian.allocate(5 * TimeSeriesRecord.BYTES);
        for (int i = 0; i < 5; i++) {
            new TimeSeriesRecord(TwoSidesFixture.START - 100 + i, 7).write(others);
        }
        Files.write(remote, others.array());
        sides.append(counter, 20);
        sides.nextInterval();

        assertThat(Files.readAllBytes(remote)).isEqualTo(others.array());
        assertThat(sides.state(counter)).isEqualTo(SyncState.DIFFERENT_START);
    }

    @Test
    void aClockThatJumpsBackDoesNoHarm() throws Exception {
        FeedIdentity[] feeds = twoFeedsUploadedAndGrown();
        sides.clock.advance(Duration.ofHours(-5));
        sides.engine.uploadNow();
        sides.worker.runDue();
        sides.clock.advance(Duration.ofHours(5));
        sides.worker.run(Duration.ofHours(6));

        sides.assertSame(feeds);
    }

    @Test
    void theServerIsStartedAgainWithinABatch() throws Exception {
        FeedIdentity power = sides.fina("power", 9900);
        sides.emoncms.fault(Fault.next(1, SYNC, Outcome.pass()));
        sides.emoncms.fault(Fault.next(1, SYNC, Outcome.loseAnswer()));
        sides.watch(power);
        sides.start();
        sides.emoncms.stop();
        sides.worker.run(Duration.ofMinutes(1));
        sides.emoncms.restart();
        sides.worker.run(Duration.ofMinutes(10));

        sides.assertSame(power);
    }

    @Test
    void aVirtualFeedIsSkipped() {
        sides.emoncms.addFeed(sides.account, "house", "virtual", 7, 10, "");
        FeedIdentity virtual = new FeedIdentity("house", "virtual");
        sides.watch(virtual);
        sides.start();

        assertThat(sides.state(virtual)).isEqualTo(SyncState.DIFFERENT_ENGINE);
    }
}
