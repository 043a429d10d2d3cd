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

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

import org.eclipse.jdt.annotation.NonNullByDefault;
import org.eclipse.jdt.annotation.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.openhab.binding.emoncms.internal.feed.Engine;
import org.openhab.binding.emoncms.internal.feed.FeedIdentity;
import org.openhab.binding.emoncms.internal.feed.FeedMeta;
import org.openhab.binding.emoncms.internal.feed.ListedFeed;
import org.openhab.binding.emoncms.simulated.Fault;
import org.openhab.binding.emoncms.simulated.Outcome;
import org.openhab.binding.emoncms.simulated.ReceivedRequest;
import org.openhab.binding.emoncms.simulated.SimulatedEmoncms;

/**
 * The download as a user meets it: once, on request, of what the local side lacks.
 *
 * @author Emoncms add-on contributors - Initial contribution
 */
@NonNullByDefault
@Timeout(60)
class DownloadTest {

    private final TwoSidesFixture sides;

    DownloadTest(@TempDir Path directory) {
        sides = new TwoSidesFixture(directory, 64 << 10);
        sides.clock.advance(Duration.ofDays(365));
    }

    @BeforeEach
    void makeStore() throws Exception {
        sides.local.list();
    }

    @AfterEach
    void close() throws Exception {
        sides.close();
    }

    private List<String> exports() {
        return sides.emoncms.requests().stream().filter(request -> request.isFor("/feed/export"))
                .map(ReceivedRequest::query).toList();
    }

    private void startWatching(FeedIdentity... feeds) {
        sides.watch(feeds);
        sides.start();
        sides.events.clear();
        sides.emoncms.clearRequests();
    }

    @Test
    void nothingIsDownloadedWithoutARequest() throws Exception {
        FeedIdentity power = sides.remoteFina("power", 500);
        startWatching(power);
        sides.nextInterval();

        assertThat(sides.state(power)).isEqualTo(SyncState.REMOTE_ONLY);
        assertThat(sides.local.list()).isEmpty();
        assertThat(exports()).isEmpty();
    }

    @Test
    void aRemoteFixedIntervalFeedBecomesALocalOne() throws Exception {
        FeedIdentity power = sides.remoteFina("power", 20_000);
        startWatching(power);
        sides.download(power);

        sides.assertSame(power);
        assertThat(sides.local(power)).isEqualTo(
                new ListedFeed.Usable(1, power, Engine.PHPFINA, "W", new FeedMeta(TwoSidesFixture.START, 10, 20_000)));
        assertThat(sides.localDirectory.resolve("phpfina/1.meta"))
                .hasSameBinaryContentAs(sides.emoncms.metaFile(sides.remoteId(power)));
    }

    @Test
    void aRemoteTimeSeriesFeedBecomesALocalOne() throws Exception {
        FeedIdentity counter = sides.remoteSeries("counter", 20_000);
        startWatching(counter);
        sides.download(counter);

        sides.assertSame(counter);
        assertThat(sides.local(counter)).isEqualTo(new ListedFeed.Usable(1, counter, Engine.PHPTIMESERIES, "kWh",
                new FeedMeta(TwoSidesFixture.START, 0, 20_000)));
    }

    @Test
    void anEmptyRemoteFeedBecomesAnEmptyLocalOne() throws Exception {
        FeedIdentity power = sides.remoteFina("power", 0);
        FeedIdentity counter = sides.remoteSeries("counter", 0);
        startWatching(power, counter);
        sides.download(power);
        sides.download(counter);

        sides.assertSame(power, counter);
        assertThat(sides.local(power).meta()).isEqualTo(new FeedMeta(0, 10, 0));
    }

    @Test
    void itsEndIsToldByAnEventAfterTheState() throws Exception {
        FeedIdentity power = sides.remoteFina("power", 500);
        startWatching(power);
        sides.download(power);

        assertThat(sides.events).containsExactly("power IN_SYNC", "power DOWNLOADED", "server DOWNLOADED",
                "server IN_SYNC");
    }

    @Test
    void whoWaitsForItsEndIsToldTheStateThatBelongsToIt() throws Exception {
        FeedIdentity power = sides.remoteFina("power", 500);
        startWatching(power);
        List<@Nullable SyncState> told = new ArrayList<>();
        sides.atEvent = () -> told.add(sides.said(power));
        sides.download(power);

        assertThat(told).hasSize(4).containsOnly(SyncState.SAME);
    }

    @Test
    void whoWaitsForTheEndOfAllIsToldTheStateOfFeedsWithoutAThingToo() throws Exception {
        FeedIdentity power = sides.remoteFina("power", 500);
        startWatching();
        List<@Nullable SyncState> told = new ArrayList<>();
        sides.atEvent = () -> told.add(sides.said(power));
        sides.download(power);

        assertThat(sides.events).last().isEqualTo("server DOWNLOADED");
        assertThat(told).last().isEqualTo(SyncState.SAME);
    }

    @Test
    void nothingIsLeftOfItBesideTheFeed() throws Exception {
        FeedIdentity power = sides.remoteFina("power", 500);
        startWatching(power);
        sides.download(power);

        try (Stream<Path> files = Files.walk(sides.localDirectory)) {
            assertThat(files.filter(Files::isRegularFile)).extracting(file -> file.getFileName().toString())
                    .containsExactlyInAnyOrder("feeds.json", "1.dat", "1.meta", "1.name.json");
        }
    }

    @Test
    void ofAFeedThatIsAheadOnlyTheMissingPointsAreFetched() throws Exception {
        FeedIdentity power = sides.fina("power", 300);
        FeedIdentity counter = sides.series("counter", 300);
        startWatching(power, counter);
        sides.appendRemote(power, 200);
        sides.appendRemote(counter, 200);
        sides.emoncms.clearRequests();
        sides.download(power);
        sides.download(counter);

        sides.assertSame(power, counter);
        assertThat(exports()).containsExactly("id=1&start=1200", "id=2&start=2691");
    }

    @Test
    void itHappensOnce() throws Exception {
        FeedIdentity power = sides.remoteFina("power", 300);
        startWatching(power);
        sides.download(power);
        sides.appendRemote(power, 100);
        sides.engine.uploadNow();
        sides.nextInterval();

        assertThat(sides.state(power)).isEqualTo(SyncState.REMOTE_AHEAD);
        assertThat(sides.local(power).meta().npoints()).isEqualTo(300);
    }

    @Test
    void itCanBeRequestedAgain() throws Exception {
        FeedIdentity power = sides.remoteFina("power", 300);
        startWatching(power);
        sides.download(power);
        sides.appendRemote(power, 100);
        sides.download(power);

        sides.assertSame(power);
    }

    @Test
    void aFeedWithoutAThingIsDownloadedToo() throws Exception {
        FeedIdentity power = sides.remoteFina("power", 300);
        startWatching();
        sides.download(power);

        assertThat(Files.readAllBytes(sides.localData(power))).isEqualTo(sides.remoteBytes(power));
        assertThat(sides.events).containsExactly("power DOWNLOADED", "server DOWNLOADED");
        assertThat(sides.feeds).isEmpty();
    }

    @Test
    void aNameThatEmoncmsWouldNotCreateIsKept() throws Exception {
        sides.emoncms.addFeed(sides.account, "ho.use", "x/y", SimulatedEmoncms.PHPFINA, 10, "");
        startWatching();
        sides.download(new FeedIdentity("ho.use", "x/y"));

        assertThat(sides.local.list()).extracting(ListedFeed::identity)
                .containsExactly(new FeedIdentity("ho.use", "x/y"));
    }

    @Test
    void aWholeAccountIsRestoredIntoAnEmptyStoreWithOneList() throws Exception {
        FeedIdentity[] feeds = new FeedIdentity[40];
        for (int i = 0; i < feeds.length; i++) {
            feeds[i] = i % 2 == 0 ? sides.remoteFina("power" + i, 100 + i) : sides.remoteSeries("counter" + i, 100 + i);
        }
        startWatching(feeds);
        assertThat(sides.engine.downloadAll()).isTrue();
        sides.worker.runDue();

        sides.assertSame(feeds);
        assertThat(sides.requests()).filteredOn("/feed/listwithmeta.json"::equals).hasSize(1);
        assertThat(sides.events).filteredOn(event -> event.startsWith("server")).containsExactly("server DOWNLOADED",
                "server IN_SYNC");
    }

    @Test
    void aRestoredFeedIsUploadedOnFromWhereItEnds() throws Exception {
        FeedIdentity power = sides.remoteFina("power", 300);
        startWatching(power);
        sides.engine.downloadAll();
        sides.worker.runDue();
        sides.append(power, 20);
        sides.nextInterval();

        sides.assertSame(power);
        assertThat(sides.remoteBytes(power)).hasSize(320 * 4);
    }

    @Test
    void aSecondRequestOfTheSameFeedChangesNothing() throws Exception {
        FeedIdentity power = sides.remoteFina("power", 300);
        startWatching(power);

        assertThat(sides.engine.download(power)).isTrue();
        assertThat(sides.engine.download(power)).isFalse();
        assertThat(sides.engine.downloadAll()).isTrue();
        assertThat(sides.engine.downloadAll()).isFalse();
        sides.worker.runDue();
        sides.assertSame(power);
        assertThat(exports()).hasSize(1);
        assertThat(sides.events).containsOnlyOnce("power DOWNLOADED");
    }

    @Test
    void aFeedThatIsBeingUploadedHasNothingToDownload() throws Exception {
        FeedIdentity power = sides.fina("power", 300);
        startWatching(power);
        sides.append(power, 50);
        sides.download(power);

        sides.assertSame(power);
        assertThat(sides.events).contains("power UPLOADED", "power DOWNLOADED");
        assertThat(exports()).isEmpty();
    }

    @Test
    void itsProgressIsReported() throws Exception {
        FeedIdentity power = sides.remoteFina("power", 400_000);
        startWatching(power);
        sides.states.clear();
        letExportsTakeLong();
        sides.progress.clear();
        sides.engine.download(power);
        sides.worker.run(Duration.ofMinutes(2));

        sides.assertSame(power);
        assertThat(sides.states).contains(SyncState.DOWNLOADING);
        assertThat(sides.progress).filteredOn(progress -> progress != null).contains(0.0, 100.0)
                .anyMatch(progress -> progress > 0 && progress < 100).isSorted();
    }

    /** The first three begin to answer when a cycle has downloaded long enough. */
    private void letExportsTakeLong() {
        AtomicInteger left = new AtomicInteger(3);
        sides.emoncms.fault(request -> {
            if (request.isFor("/feed/export") && left.decrementAndGet() >= 0) {
                sides.clock.advance(Duration.ofSeconds(11));
            }
            return Outcome.pass();
        });
    }

    @Test
    void aLongOneLetsUploadsPassBetween() throws Exception {
        FeedIdentity power = sides.remoteFina("power", 2_000_000);
        FeedIdentity counter = sides.series("counter", 100);
        startWatching(power, counter);
        sides.append(counter, 10);
        letExportsTakeLong();
        sides.engine.download(power);
        sides.worker.runDue();
        assertThat(sides.state(power)).isEqualTo(SyncState.DOWNLOADING);
        sides.append(counter, 10);
        sides.worker.run(Duration.ofMinutes(20));

        sides.assertSame(power, counter);
        assertThat(sides.requests()).containsSubsequence("/feed/sync", "/feed/export.json", "/feed/sync",
                "/feed/export.json");
        assertThat(exports().get(1)).doesNotEndWith("start=0");
    }

    @Test
    void aPausedBridgeDownloadsButUploadsNothing() throws Exception {
        FeedIdentity power = sides.remoteFina("power", 300);
        FeedIdentity counter = sides.series("counter", 100);
        startWatching(power, counter);
        sides.engine.setPaused(true);
        sides.append(counter, 10);
        sides.download(power);

        sides.assertSame(power);
        assertThat(sides.requests()).doesNotContain("/feed/sync");
        assertThat(sides.server().paused()).isTrue();
    }

    @Test
    void aFeedThatIsOnNeitherSideFails() throws Exception {
        startWatching();
        sides.download(new FeedIdentity("house", "nothing"));

        assertThat(sides.events).containsExactly("nothing FAILED", "server FAILED");
    }

    @Test
    void theDownloadsThatWaitAreCounted() throws Exception {
        FeedIdentity power = sides.remoteFina("power", 300);
        startWatching(power);
        sides.emoncms.fault(Fault.next(1, Fault.route("/feed/export"), Outcome.disconnect()));
        sides.download(power);

        assertThat(sides.server().downloads()).isEqualTo(1);
        sides.nextInterval();
        assertThat(sides.server().downloads()).isZero();
        sides.assertSame(power);
    }
}
