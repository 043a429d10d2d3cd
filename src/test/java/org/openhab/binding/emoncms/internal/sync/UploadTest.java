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

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;

import org.eclipse.jdt.annotation.NonNullByDefault;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openhab.binding.emoncms.internal.api.SyncBody;
import org.openhab.binding.emoncms.internal.feed.FeedIdentity;
import org.openhab.binding.emoncms.internal.feed.LittleEndian;
import org.openhab.binding.emoncms.internal.feed.Problem;
import org.openhab.binding.emoncms.internal.feed.ProblemKind;
import org.openhab.binding.emoncms.internal.feed.TimeSeriesRecord;
import org.openhab.binding.emoncms.simulated.Outcome;
import org.openhab.binding.emoncms.simulated.ReceivedRequest;
import org.openhab.binding.emoncms.simulated.SimulatedEmoncms;
import org.openhab.binding.emoncms.simulated.SimulatedFeed;

/**
 * What the engine does while everything works.
 *
 * @author Emoncms add-on contributors - Initial contribution
 */
@NonNullByDefault
class UploadTest {

    private final TwoSidesFixture sides;

    UploadTest(@TempDir Path directory) {
        sides = new TwoSidesFixture(directory, 16 << 10);
    }

    @AfterEach
    void close() throws Exception {
        sides.close();
    }

    @Test
    void aFeedThatIsOnlyLocalIsCreatedAndUploaded() throws Exception {
        FeedIdentity power = sides.fina("power", 500);
        FeedIdentity counter = sides.series("counter", 300);
        sides.watch(power, counter);
        sides.start();

        sides.assertSame(power, counter);
        assertThat(sides.emoncms.feeds(sides.account))
                .extracting(SimulatedFeed::tag, SimulatedFeed::name, SimulatedFeed::engine, SimulatedFeed::unit)
                .containsExactlyInAnyOrder(org.assertj.core.groups.Tuple.tuple("house", "power", 5, "W"),
                        org.assertj.core.groups.Tuple.tuple("house", "counter", 2, "kWh"));
        assertThat(Files.readAllBytes(sides.emoncms.metaFile(sides.remoteId(power))))
                .isEqualTo(Files.readAllBytes(sides.localDirectory.resolve("phpfina/1.meta")));
    }

    @Test
    void whoWaitsForItsEndIsToldTheStateThatBelongsToIt() throws Exception {
        FeedIdentity power = sides.fina("power", 500);
        sides.watch(power);
        List<String> told = new CopyOnWriteArrayList<>();
        sides.atEvent = () -> told.add(String.valueOf(sides.said(power)));
        sides.start();

        assertThat(sides.events).contains("power UPLOADED", "server UPLOADED");
        assertThat(told).isNotEmpty().containsOnly("SAME");
    }

    @Test
    void anEmptyFeedIsCreatedToo() throws Exception {
        FeedIdentity power = sides.fina("power", 0);
        sides.watch(power);
        sides.start();

        assertThat(sides.state(power)).isEqualTo(SyncState.SAME);
        assertThat(sides.emoncms.feedId(sides.account, "house", "power")).isPresent();
    }

    @Test
    void aFeedThatIsNotSelectedIsComparedButNotUploaded() throws Exception {
        FeedIdentity power = sides.fina("power", 500);
        sides.engine.watch(power, false);
        sides.start();

        assertThat(sides.state(power)).isEqualTo(SyncState.LOCAL_ONLY);
        assertThat(sides.emoncms.feeds(sides.account)).isEmpty();
    }

    @Test
    void aSelectedFeedIsUploadedWithinSeconds() throws Exception {
        FeedIdentity power = sides.fina("power", 500);
        sides.engine.watch(power, false);
        sides.start();
        sides.engine.watch(power, true);
        sides.worker.run(Duration.ofSeconds(2));

        sides.assertSame(power);
    }

    @Test
    void newPointsFollowInTheNextInterval() throws Exception {
        FeedIdentity power = sides.fina("power", 500);
        FeedIdentity counter = sides.series("counter", 300);
        sides.watch(power, counter);
        sides.start();
        sides.append(power, 30);
        sides.append(counter, 20);
        sides.nextInterval();

        sides.assertSame(power, counter);
    }

    @Test
    void whatIsNewIsOneRequest() throws Exception {
        FeedIdentity[] feeds = new FeedIdentity[20];
        for (int i = 0; i < feeds.length; i++) {
            feeds[i] = sides.fina("power" + i, 100);
        }
        sides.watch(feeds);
        sides.start();
        sides.emoncms.clearRequests();
        for (FeedIdentity feed : feeds) {
            sides.append(feed, 3);
        }
        sides.nextInterval();

        sides.assertSame(feeds);
        assertThat(sides.requests()).containsExactly("/feed/sync");
    }

    @Test
    void nothingNewIsNoRequest() throws Exception {
        sides.watch(sides.fina("power", 500), sides.series("counter", 300));
        sides.start();
        sides.emoncms.clearRequests();
        sides.worker.run(Duration.ofHours(23));

        assertThat(sides.requests()).isEmpty();
    }

    @Test
    void theRemoteListIsReadOnceADay() throws Exception {
        sides.watch(sides.fina("power", 500));
        sides.start();
        sides.emoncms.clearRequests();
        sides.worker.run(Duration.ofHours(47));

        assertThat(sides.requests()).containsExactly("/feed/listwithmeta.json");
    }

    @Test
    void aPointIsSentWhenItIsSettledAndNotBefore() throws Exception {
        FeedIdentity power = sides.fina("power", 0);
        sides.watch(power);
        long sinceStart = sides.clock.instant().getEpochSecond() - TwoSidesFixture.START;
        sides.append(power, (int) (sinceStart / 10) + 1);
        sides.start();
        assertThat(sides.state(power)).isEqualTo(SyncState.SAME);
        long pointsBeforeTheOpenOne = sinceStart / 10 - 1;
        assertThat(sides.remoteBytes(power)).hasSize((int) pointsBeforeTheOpenOne * 4);

        sides.nextInterval();
        assertThat(sides.remoteBytes(power)).as("the last one").hasSize((int) (pointsBeforeTheOpenOne + 1) * 4);
        sides.worker.run(TwoSidesFixture.WRITE_DELAY);
        sides.assertSame(power);
    }

    @Test
    void aBacklogIsUploadedInManyBatchesWhichOtherFeedsNeedNotWaitFor() throws Exception {
        FeedIdentity backlog = sides.fina("backlog", 9000);
        FeedIdentity small = sides.fina("small", 30);
        sides.watch(backlog, small);
        sides.emoncms.keepBodies(true);
        sides.start();

        sides.assertSame(backlog, small);
        assertThat(sides.emoncms.requests()).filteredOn(request -> request.isFor("/feed/sync")).hasSize(3)
                .allSatisfy(request -> assertThat(request.bodyLength()).isLessThanOrEqualTo(16 << 10));
        assertThat(sides.states).containsSubsequence(SyncState.LOCAL_ONLY, SyncState.LOCAL_AHEAD, SyncState.UPLOADING,
                SyncState.SAME);
    }

    @Test
    void progressIsReportedWithEachBatch() throws Exception {
        FeedIdentity backlog = sides.fina("backlog", 9000);
        sides.watch(backlog);
        sides.start();
        FeedReport report = Objects.requireNonNull(sides.feeds.get(backlog));

        assertThat(report.progress()).isEqualTo(100.0);
        assertThat(report.pendingPoints()).isZero();
        assertThat(report.lastUpload()).isNotNull().isEqualTo(sides.server().lastUpload());
        assertThat(sides.server().uploadedBytes()).isGreaterThan(9000 * 4).isLessThan(9000 * 4 + 200);
        assertThat(sides.server().feedsInSync()).isEqualTo(1);
        assertThat(sides.server().pendingBytes()).isZero();
    }

    @Test
    void theWholePointsOfATornFileAreUploadedAndTheTailIsNot() throws Exception {
        FeedIdentity power = sides.fina("power", 500);
        sides.appendBytes(sides.localData(power), 3);
        sides.watch(power);
        sides.start();

        assertThat(sides.state(power)).isEqualTo(SyncState.SAME);
        assertThat(sides.remoteBytes(power)).hasSize(2000)
                .isEqualTo(java.util.Arrays.copyOf(Files.readAllBytes(sides.localData(power)), 2000));
    }

    @Test
    void afterARestartTheUploadGoesOnFromWhatTheServerHas() throws Exception {
        FeedIdentity power = sides.fina("power", 500);
        FeedIdentity counter = sides.series("counter", 300);
        sides.watch(power, counter);
        sides.start();
        sides.append(power, 100);
        sides.append(counter, 100);
        sides.restartEngine();
        sides.emoncms.clearRequests();
        sides.watch(power, counter);
        sides.start();

        sides.assertSame(power, counter);
        assertThat(sides.requests()).containsExactly("/user/session.json", "/feed/listwithmeta.json", "/feed/sync");
    }

    @Test
    void theOffsetOfATimeSeriesUploadIsReadAfresh() throws Exception {
        FeedIdentity counter = sides.series("counter", 300);
        sides.watch(counter);
        sides.start();
        sides.emoncms.clearFeed(sides.remoteId(counter));
        sides.append(counter, 10);
        sides.nextInterval();

        sides.assertSame(counter);
    }

    @Test
    void aRemoteThatIsAheadIsLeftAlone() throws Exception {
        FeedIdentity power = sides.fina("power", 500);
        sides.watch(power);
        sides.start();
        sides.appendBytes(sides.emoncms.dataFile(sides.remoteId(power)), 40);
        sides.emoncms.clearRequests();
        sides.engine.uploadNow();
        sides.worker.runDue();

        assertThat(sides.state(power)).isEqualTo(SyncState.REMOTE_AHEAD);
        assertThat(sides.requests()).containsExactly("/feed/listwithmeta.json");
    }

    @Test
    void aRemoteOfAnotherIntervalIsLeftAlone() throws Exception {
        FeedIdentity power = sides.fina("power", 500);
        int id = sides.emoncms.addFeed(sides.account, "house", "power", SimulatedEmoncms.PHPFINA, 30, "W");
        Files.write(sides.emoncms.metaFile(id), new byte[] { 0, 0, 0, 0, 0, 0, 0, 0, 30, 0, 0, 0, 0, 1, 2, 3 });
        Files.write(sides.emoncms.dataFile(id), new byte[8]);
        sides.watch(power);
        sides.start();

        assertThat(sides.state(power)).isEqualTo(SyncState.DIFFERENT_INTERVAL);
        assertThat(sides.remoteBytes(power)).hasSize(8);
    }

    @Test
    void aRemoteOfAnotherEngineIsLeftAloneEvenIfItIsEmpty() throws Exception {
        FeedIdentity power = sides.fina("power", 500);
        sides.emoncms.addFeed(sides.account, "house", "power", SimulatedEmoncms.PHPTIMESERIES, 10, "W");
        sides.watch(power);
        sides.start();

        assertThat(sides.state(power)).isEqualTo(SyncState.DIFFERENT_ENGINE);
        assertThat(sides.remoteBytes(power)).isEmpty();
    }

    @Test
    void aFeedOfNeitherSideIsAbsent() {
        FeedIdentity nobody = new FeedIdentity("house", "nobody");
        sides.watch(nobody);
        sides.start();

        assertThat(sides.state(nobody)).isEqualTo(SyncState.ABSENT);
    }

    @Test
    void whilePausedNothingIsSent() throws Exception {
        FeedIdentity power = sides.fina("power", 500);
        sides.watch(power);
        sides.engine.start(true, Duration.ofSeconds(1));
        sides.worker.run(Duration.ofHours(1));

        assertThat(sides.requests()).isEmpty();
        assertThat(sides.server().paused()).isTrue();
        sides.engine.setPaused(false);
        sides.worker.runDue();
        sides.assertSame(power);
    }

    @Test
    void uploadNowDoesNotWaitForTheInterval() throws Exception {
        FeedIdentity power = sides.fina("power", 500);
        sides.watch(power);
        sides.start();
        sides.append(power, 10);
        sides.engine.uploadNow();
        sides.worker.runDue();

        sides.assertSame(power);
    }

    @Test
    void theNextUploadIsAnnounced() throws Exception {
        sides.start();
        Instant now = sides.clock.instant();

        assertThat(sides.server().nextUpload()).isAfter(now).isBeforeOrEqualTo(now.plus(TwoSidesFixture.INTERVAL))
                .satisfies(next -> assertThat(next.getEpochSecond() % 300).isZero());
    }

    @Test
    void afterAStopNothingIsReported() throws Exception {
        FeedIdentity power = sides.fina("power", 500);
        sides.watch(power);
        sides.engine.start(false, Duration.ofSeconds(1));
        sides.engine.stop();
        sides.worker.run(Duration.ofHours(1));

        assertThat(sides.feeds).isEmpty();
        assertThat(sides.requests()).isEmpty();
    }

    @Test
    void aNameThatEmoncmsRefusesParksItsFeedOnlyAndAsksNothing() throws Exception {
        FeedIdentity power = sides.fina("power", 500);
        FeedIdentity dotted = sides.fina("other", 10);
        Path catalogue = sides.localDirectory.resolve("feeds.json");
        Files.writeString(catalogue, Files.readString(catalogue).replace("\"other\"", "\"x.y\""));
        dotted = new FeedIdentity("house", "x.y");
        sides.watch(power, dotted);
        sides.start();

        sides.assertSame(power);
        assertThat(sides.state(dotted)).isEqualTo(SyncState.PARKED);
        assertThat(Objects.requireNonNull(sides.feeds.get(dotted)).problem())
                .isEqualTo(Problem.of(ProblemKind.FEED_NAME_REFUSED, "house", "x.y"));
        assertThat(sides.requests()).filteredOn("/feed/create.json"::equals).hasSize(1);
    }

    @Test
    void aFeedOfSuchANameThatExistsIsUploaded() throws Exception {
        sides.fina("other", 10);
        Path catalogue = sides.localDirectory.resolve("feeds.json");
        Files.writeString(catalogue, Files.readString(catalogue).replace("\"other\"", "\"x.y\""));
        FeedIdentity dotted = new FeedIdentity("house", "x.y");
        sides.emoncms.addFeed(sides.account, "house", "x.y", SimulatedEmoncms.PHPFINA, 10, "W");
        sides.watch(dotted);
        sides.start();

        sides.assertSame(dotted);
    }

    @Test
    void anUnreadableFeedHoldsBackNoOther() throws Exception {
        FeedIdentity power = sides.fina("power", 500);
        FeedIdentity damaged = sides.fina("damaged", 500);
        Files.write(sides.localDirectory.resolve("phpfina/2.meta"), new byte[15]);
        sides.watch(power, damaged);
        sides.start();

        sides.assertSame(power);
        assertThat(sides.state(damaged)).isEqualTo(SyncState.UNREADABLE);
        assertThat(sides.server().problem()).isNull();
    }

    @Test
    void aDamagedCatalogueIsAProblemOfTheServerUntilItIsMended() throws Exception {
        FeedIdentity power = sides.fina("power", 500);
        Path catalogue = sides.localDirectory.resolve("feeds.json");
        String good = Files.readString(catalogue);
        Files.writeString(catalogue, "no json");
        sides.watch(power);
        sides.start();
        assertThat(Objects.requireNonNull(sides.server().problem()).kind()).isEqualTo(ProblemKind.CATALOGUE_DAMAGED);

        Files.writeString(catalogue, good);
        sides.nextInterval();
        assertThat(sides.server().problem()).isNull();
        sides.assertSame(power);
    }

    @Test
    void recordsOfATimeSeriesArriveAsTheyAreWhateverTheyHold() throws Exception {
        FeedIdentity counter = sides.series("counter", 0);
        ByteBuffer records = LittleEndian.allocate(7 * TimeSeriesRecord.BYTES);
        long[] times = { 100, 90, 90, 0, 95, 300, 301 };
        float[] values = { 1, Float.NaN, 2, Float.POSITIVE_INFINITY, -0.0f, 3, 4 };
        for (int i = 0; i < times.length; i++) {
            new TimeSeriesRecord(TwoSidesFixture.START + times[i], values[i]).write(records);
            records.put(i * TimeSeriesRecord.BYTES, (byte) (i % 2 == 0 ? 249 : i));
        }
        sides.append(sides.local(counter), records.flip());
        sides.watch(counter);
        sides.start();

        sides.assertSame(counter);
    }

    @Test
    void eachBatchThatTakesLongServesAllFeedsWithABacklog() throws Exception {
        FeedIdentity[] feeds = new FeedIdentity[12];
        for (int i = 0; i < feeds.length; i++) {
            feeds[i] = sides.fina("power" + i, 9_000);
        }
        List<Integer> segments = new CopyOnWriteArrayList<>();
        sides.emoncms.keepBodies(true);
        sides.emoncms.fault(request -> {
            if (request.isFor("/feed/sync")) {
                sides.clock.advance(Duration.ofSeconds(1));
                segments.add(segments(request));
            }
            return Outcome.pass();
        });
        sides.watch(feeds);
        sides.start();
        sides.worker.run(Duration.ofMinutes(2));

        sides.assertSame(feeds);
        assertThat(segments).hasSizeGreaterThan(20).startsWith(4);
        assertThat(segments.subList(1, 20)).containsOnly(feeds.length);
    }

    private static int segments(ReceivedRequest request) {
        ByteBuffer body = ByteBuffer.wrap(Objects.requireNonNull(request.body())).order(ByteOrder.LITTLE_ENDIAN);
        int segments = 0;
        for (int at = 0; at + SyncBody.CHECKSUM_BYTES < body.limit(); at += body.getInt(at)) {
            segments++;
        }
        return segments;
    }
}
