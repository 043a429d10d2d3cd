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

import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

import org.eclipse.jdt.annotation.NonNullByDefault;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.openhab.binding.emoncms.internal.feed.Engine;
import org.openhab.binding.emoncms.internal.feed.FeedIdentity;
import org.openhab.binding.emoncms.internal.feed.FeedMeta;
import org.openhab.binding.emoncms.internal.feed.FixedIntervalMeta;
import org.openhab.binding.emoncms.internal.feed.ListedFeed;
import org.openhab.binding.emoncms.internal.feed.LittleEndian;
import org.openhab.binding.emoncms.internal.store.NewFeed;
import org.openhab.binding.emoncms.simulated.Fault;
import org.openhab.binding.emoncms.simulated.Outcome;
import org.openhab.binding.emoncms.simulated.Reply;

/**
 * Points that may still change: never sent as settled ones, and shown on request.
 *
 * @author Emoncms add-on contributors - Initial contribution
 */
@NonNullByDefault
class OpenSlotTest {

    private final TwoSidesFixture sides;

    OpenSlotTest(@TempDir Path directory) {
        sides = new TwoSidesFixture(directory, 1 << 20);
    }

    @BeforeEach
    void startAtFullInterval() {
        long now = sides.clock.instant().getEpochSecond();
        sides.clock.advance(Duration.ofSeconds(Math.floorMod(-now, 86400)));
    }

    @AfterEach
    void close() throws Exception {
        sides.close();
    }

    private long now() {
        return sides.clock.instant().getEpochSecond();
    }

    private record Posted(long time, float value) {
    }

    private void write(FeedIdentity feed, long interval, float value) throws Exception {
        write(feed, interval, now(), value);
    }

    /** Writes as Emoncms does: the slot of a time is overwritten, missed ones are NaN. */
    private void write(FeedIdentity feed, long interval, long time, float value) throws Exception {
        Path data = sides.localData(feed);
        Path meta = Path.of(data.toString().replace(".dat", ".meta"));
        long slot = time / interval * interval;
        long npoints = Files.size(data) / 4;
        if (npoints == 0) {
            Files.write(meta, new FixedIntervalMeta(slot, interval).toBuffer().array());
        }
        long start = FixedIntervalMeta.read(LittleEndian.allocate(16).put(Files.readAllBytes(meta)).flip()).startTime();
        long position = (slot - start) / interval;
        for (long i = npoints; i < position; i++) {
            Files.write(data, LittleEndian.allocate(4).putFloat(Float.NaN).array(), StandardOpenOption.APPEND);
        }
        try (FileChannel channel = FileChannel.open(data, StandardOpenOption.WRITE)) {
            channel.write(LittleEndian.allocate(4).putFloat(value).flip(), position * 4);
        }
    }

    private FeedIdentity empty(String name, long interval) throws Exception {
        FeedIdentity feed = new FeedIdentity("house", name);
        sides.local.create(new NewFeed(feed, Engine.PHPFINA, interval, "kWh"));
        sides.watch(feed);
        return feed;
    }

    private void assertPrefix(FeedIdentity feed) throws Exception {
        byte[] remote = sides.remoteBytes(feed);
        assertThat(Files.readAllBytes(sides.localData(feed))).startsWith(remote);
    }

    @Test
    void slotsThatAreRewrittenUntilTheyEndArriveWithTheirFinalValues() throws Exception {
        FeedIdentity power = empty("power", 10);
        FeedIdentity hourly = empty("hourly", 3600);
        FeedIdentity daily = empty("daily", 86400);
        sides.start();
        for (int i = 0; i < 2 * 24 * 12; i++) {
            sides.worker.run(Duration.ofSeconds(100));
            write(power, 10, i);
            write(hourly, 3600, i);
            write(daily, 86400, i);
            sides.worker.run(Duration.ofSeconds(104));
            write(power, 10, -i);
            write(hourly, 3600, -i);
            write(daily, 86400, -i);
            sides.worker.run(Duration.ofSeconds(96));
        }

        for (FeedIdentity feed : new FeedIdentity[] { power, hourly, daily }) {
            assertPrefix(feed);
            assertThat(sides.state(feed)).isEqualTo(SyncState.SAME);
        }
        assertThat(sides.remoteBytes(daily)).hasSize(4);
        assertThat(sides.remoteBytes(hourly)).hasSize(47 * 4);
    }

    @Test
    void valuesThatReachTheDiskMinutesLateArriveWithTheirFinalValues() throws Exception {
        FeedIdentity power = empty("power", 10);
        FeedIdentity hourly = empty("hourly", 3600);
        sides.start();
        List<Posted> waiting = new ArrayList<>();
        for (int minute = 0; minute < 8 * 60; minute++) {
            for (int i = 0; i < 12; i++) {
                sides.worker.run(Duration.ofSeconds(5));
                waiting.add(new Posted(now(), minute + i / 16f));
            }
            if (minute % 7 == 3) {
                for (Posted posted : waiting) {
                    write(power, 10, posted.time(), posted.value());
                    write(hourly, 3600, posted.time(), posted.value());
                }
                waiting.clear();
            }
        }
        assertPrefix(power);
        assertPrefix(hourly);
        sides.worker.run(Duration.ofHours(2));

        sides.assertSame(power, hourly);
    }

    @Test
    void theOpenSlotIsShownAndCorrectedUntilItIsSettled() throws Exception {
        sides.uploadOpenSlots();
        FeedIdentity daily = empty("daily", 86400);
        write(daily, 86400, 1);
        sides.start();
        assertThat(sides.remoteBytes(daily)).as("a feed without settled points").isEmpty();
        sides.worker.run(Duration.ofDays(1).plusMinutes(15));
        write(daily, 86400, 2);
        sides.nextInterval();
        assertThat(sides.remoteBytes(daily)).isEqualTo(Files.readAllBytes(sides.localData(daily)));
        assertThat(sides.state(daily)).isEqualTo(SyncState.SAME);

        write(daily, 86400, 3);
        sides.nextInterval();
        assertThat(sides.remoteBytes(daily)).isEqualTo(Files.readAllBytes(sides.localData(daily)));
        sides.emoncms.clearRequests();
        sides.nextInterval();
        assertThat(sides.requests()).as("nothing new").isEmpty();

        sides.worker.run(Duration.ofDays(1));
        write(daily, 86400, 4);
        sides.nextInterval();
        assertThat(sides.remoteBytes(daily)).isEqualTo(Files.readAllBytes(sides.localData(daily)));
        assertThat(sides.state(daily)).isEqualTo(SyncState.SAME);
    }

    @Test
    void aShownSlotIsCorrectedAfterARestart() throws Exception {
        sides.uploadOpenSlots();
        FeedIdentity hourly = empty("hourly", 3600);
        write(hourly, 3600, 1);
        sides.start();
        sides.worker.run(Duration.ofHours(1).plusMinutes(15));
        write(hourly, 3600, 2);
        sides.nextInterval();
        write(hourly, 3600, 3);
        sides.worker.shutdownNow();
        for (int i = 0; i < 5; i++) {
            sides.clock.advance(Duration.ofHours(1));
            write(hourly, 3600, 4 + i);
        }
        sides.restartEngine();
        sides.watch(hourly);
        sides.start();

        assertThat(sides.remoteBytes(hourly)).isEqualTo(Files.readAllBytes(sides.localData(hourly)));
        assertThat(sides.state(hourly)).isEqualTo(SyncState.SAME);
    }

    @Test
    void itIsNotTheSameWhileAShownSlotWaitsForItsFinalValue() throws Exception {
        sides.uploadOpenSlots();
        FeedIdentity hourly = empty("hourly", 3600);
        write(hourly, 3600, 1);
        sides.start();
        sides.worker.run(Duration.ofHours(1).plusMinutes(15));
        write(hourly, 3600, 2);
        sides.nextInterval();
        write(hourly, 3600, 3);
        sides.emoncms.fault(Fault.always(Fault.route("/feed/post"), Outcome.disconnect()));
        sides.worker.run(Duration.ofHours(1));
        write(hourly, 3600, 4);
        sides.nextInterval();
        assertThat(sides.state(hourly)).isEqualTo(SyncState.LOCAL_AHEAD);
        assertThat(Objects.requireNonNull(sides.feeds.get(hourly)).pendingPoints()).isEqualTo(1);

        sides.emoncms.clearFaults();
        sides.worker.run(TwoSidesFixture.INTERVAL.multipliedBy(2));
        assertThat(sides.remoteBytes(hourly)).isEqualTo(Files.readAllBytes(sides.localData(hourly)));
        assertThat(sides.state(hourly)).isEqualTo(SyncState.SAME);
    }

    @Test
    void aMissingValueAtTheEndIsNotShown() throws Exception {
        sides.uploadOpenSlots();
        FeedIdentity hourly = empty("hourly", 3600);
        write(hourly, 3600, 1);
        sides.start();
        sides.worker.run(Duration.ofHours(1).plusMinutes(15));
        write(hourly, 3600, Float.NaN);
        sides.nextInterval();

        assertThat(sides.remoteBytes(hourly)).hasSize(4);
        assertThat(sides.state(hourly)).isEqualTo(SyncState.SAME);
    }

    /** An hourly feed with one settled point and one whose slot has begun and is shown. */
    private FeedIdentity shown() throws Exception {
        sides.uploadOpenSlots();
        FeedIdentity hourly = empty("hourly", 3600);
        write(hourly, 3600, 1);
        sides.start();
        sides.worker.run(Duration.ofHours(1).plusMinutes(15));
        write(hourly, 3600, 2);
        sides.nextInterval();
        assertBothHave(hourly);
        return hourly;
    }

    private void assertBothHave(FeedIdentity feed) throws Exception {
        assertThat(sides.remoteBytes(feed)).isEqualTo(Files.readAllBytes(sides.localData(feed)));
    }

    @Test
    void aFeedThatWasClearedMeanwhileIsUploadedFromItsStart() throws Exception {
        FeedIdentity hourly = shown();
        sides.emoncms.clearFeed(sides.remoteId(hourly));
        write(hourly, 3600, 3);
        sides.worker.run(Duration.ofHours(3));

        assertBothHave(hourly);
        assertThat(sides.state(hourly)).isEqualTo(SyncState.SAME);
    }

    @Test
    void aFeedThatWasRenamedMeanwhileGetsNothing() throws Exception {
        FeedIdentity hourly = shown();
        int id = sides.remoteId(hourly);
        byte[] before = sides.remoteBytes(hourly);
        sides.open(sides.emoncms, sides.account)
                .rename(new ListedFeed.Usable(id, hourly, Engine.PHPFINA, "", new FeedMeta(0, 3600, 0)), "other");
        write(hourly, 3600, 3);
        sides.worker.run(Duration.ofHours(3));

        assertThat(Files.readAllBytes(sides.emoncms.dataFile(id))).isEqualTo(before);
        assertBothHave(hourly);
    }

    @Test
    void aMissingValueBetweenOpenSlotsLeavesNoneWithoutItsFinalValue() throws Exception {
        FeedIdentity hourly = shown();
        long slot = now();
        write(hourly, 3600, slot + 7200, 9);
        sides.nextInterval();
        write(hourly, 3600, slot, 77);
        sides.worker.run(Duration.ofHours(5));

        assertBothHave(hourly);
        assertThat(sides.state(hourly)).isEqualTo(SyncState.SAME);
    }

    @Test
    void nothingIsUploadedBehindASlotThatWaitsForItsFinalValue() throws Exception {
        FeedIdentity hourly = shown();
        write(hourly, 3600, 3);
        sides.emoncms.fault(Fault.always(Fault.route("/feed/post"),
                Outcome.answer(Reply.json("{\"success\":false,\"message\":\"no\"}"))));
        for (int i = 0; i < 7; i++) {
            sides.worker.run(Duration.ofHours(1));
            write(hourly, 3600, 10 + i);
        }
        assertThat(sides.remoteBytes(hourly)).hasSize(8);
        assertThat(sides.state(hourly)).isEqualTo(SyncState.LOCAL_AHEAD);
        sides.emoncms.clearFaults();
        sides.restartEngine();
        sides.watch(hourly);
        sides.start();
        sides.worker.run(Duration.ofMinutes(10));

        assertBothHave(hourly);
    }

    @ParameterizedTest
    @ValueSource(booleans = { true, false })
    void aPointApiThatFailsHoldsBackNoUpload(boolean isLost) throws Exception {
        FeedIdentity hourly = shown();
        FeedIdentity power = empty("power", 10);
        for (int i = 0; i < 20; i++) {
            write(power, 10, i);
            sides.clock.advance(Duration.ofSeconds(10));
        }
        write(hourly, 3600, 3);
        sides.emoncms.fault(Fault.always(Fault.route("/feed/post"),
                isLost ? Outcome.disconnect() : Outcome.answer(Reply.html(403, "firewall"))));
        for (int i = 0; i < 30; i++) {
            sides.worker.run(Duration.ofMinutes(4));
            write(power, 10, i);
        }

        assertThat(sides.server().problem()).isNull();
        assertThat(sides.remoteBytes(power)).hasSizeGreaterThan(600 * 4);
    }

    @Test
    void whatDiffersAtTheFirstSightIsKeptBeforeItIsOverwritten() throws Exception {
        FeedIdentity power = sides.fina("old", 50);
        sides.watch(power);
        sides.start();
        Path remote = sides.emoncms.dataFile(sides.remoteId(power));
        byte[] points = Files.readAllBytes(remote);
        points[49 * 4 + 3] ^= 0x40;
        Files.write(remote, points);
        sides.uploadOpenSlots();
        sides.watch(power);
        sides.start();

        assertBothHave(power);
        try (Stream<Path> files = Files.list(sides.localDirectory.resolve("replaced"))) {
            assertThat(files).hasSize(1);
        }
    }

    @Test
    void atTheFirstSightOfAPausedBridgeNoShownSlotIsCalledSame() throws Exception {
        FeedIdentity hourly = shown();
        write(hourly, 3600, 5);
        sides.restartEngine();
        sides.clock.advance(Duration.ofHours(2));
        sides.watch(hourly);
        sides.engine.start(true, Duration.ofSeconds(1));
        sides.worker.run(Duration.ofSeconds(1));
        sides.engine.look();
        sides.worker.runDue();

        assertThat(sides.state(hourly)).isEqualTo(SyncState.LOCAL_AHEAD);
    }

    @Test
    void aShownSlotIsNotTakenForADifference() throws Exception {
        FeedIdentity hourly = shown();
        sides.engine.setPaused(true);
        sides.worker.runDue();
        write(hourly, 3600, 5);
        sides.worker.run(Duration.ofHours(2));
        sides.engine.verify(hourly);
        sides.worker.runDue();
        assertThat(sides.state(hourly)).isNotEqualTo(SyncState.DIVERGED);
        sides.engine.setPaused(false);
        sides.worker.run(Duration.ofHours(1));

        assertBothHave(hourly);
        assertThat(sides.state(hourly)).isEqualTo(SyncState.SAME);
    }

    @Test
    void aSlotThatWasShownLastIsComparedSoonAfterTheOptionWasSwitchedOff() throws Exception {
        FeedIdentity hourly = shown();
        write(hourly, 3600, 5);
        sides.hideOpenSlots();
        sides.watch(hourly);
        sides.start();
        sides.worker.run(Duration.ofHours(2));

        assertThat(sides.state(hourly)).isEqualTo(SyncState.DIVERGED);
    }

    @Test
    void theLastSlotOfAFeedThatEndsGetsItsFinalValue() throws Exception {
        FeedIdentity hourly = shown();
        write(hourly, 3600, 5);
        sides.worker.run(Duration.ofHours(2));

        assertBothHave(hourly);
        assertThat(sides.state(hourly)).isEqualTo(SyncState.SAME);
    }

    @Test
    void whatCouldNeverBeReadIsNotOverwritten() throws Exception {
        FeedIdentity hourly = shown();
        byte[] before = sides.remoteBytes(hourly);
        write(hourly, 3600, 5);
        sides.restartEngine();
        sides.watch(hourly);
        sides.emoncms.fault(Fault.always(Fault.route("/feed/export"), Outcome.answer(Reply.json("false"))));
        sides.start();
        sides.worker.run(TwoSidesFixture.INTERVAL.multipliedBy(20));

        assertThat(sides.remoteBytes(hourly)).isEqualTo(before);
        assertThat(sides.state(hourly)).isEqualTo(SyncState.DIVERGED);
    }

    @Test
    void aSlotThatWasSentWhileTheClockWasAheadGetsItsFinalValue() throws Exception {
        FeedIdentity hourly = shown();
        sides.clock.advance(Duration.ofHours(3));
        sides.nextInterval();
        sides.clock.advance(Duration.ofHours(-3));
        write(hourly, 3600, 5);
        sides.engine.uploadNow();
        sides.worker.runDue();
        assertBothHave(hourly);
        assertThat(sides.state(hourly)).isEqualTo(SyncState.SAME);

        write(hourly, 3600, 6);
        sides.worker.run(Duration.ofHours(2));
        assertBothHave(hourly);
        assertThat(sides.state(hourly)).isEqualTo(SyncState.SAME);
    }
}
