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

import static org.assertj.core.api.Assertions.*;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

import org.eclipse.jdt.annotation.NonNullByDefault;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.openhab.binding.emoncms.internal.feed.FeedIdentity;
import org.openhab.binding.emoncms.internal.feed.ProblemException;
import org.openhab.binding.emoncms.internal.feed.ProblemKind;
import org.openhab.binding.emoncms.simulated.Fault;
import org.openhab.binding.emoncms.simulated.Outcome;
import org.openhab.binding.emoncms.simulated.Reply;
import org.openhab.binding.emoncms.simulated.SimulatedEmoncms;

/**
 * Which feeds are uploaded, which are known, and what is told of their ends.
 *
 * @author Emoncms add-on contributors - Initial contribution
 */
@NonNullByDefault
@Timeout(60)
class SelectionTest {

    private final TwoSidesFixture sides;

    SelectionTest(@TempDir Path directory) {
        sides = new TwoSidesFixture(directory, 64 << 10);
    }

    @BeforeEach
    void makeStore() throws Exception {
        sides.local.list();
    }

    @AfterEach
    void close() throws Exception {
        sides.close();
    }

    @Test
    void localFeedsThatMatchAPatternAreUploadedWithoutAThing() throws Exception {
        FeedIdentity power1 = sides.fina("power1", 100);
        FeedIdentity power2 = sides.series("power2", 100);
        FeedIdentity other = sides.fina("other", 100);
        sides.select("*:power*");
        sides.start();

        sides.assertSame(power1, power2);
        assertThat(sides.emoncms.feeds(sides.account)).hasSize(2);
        assertThat(sides.feeds).doesNotContainKey(other);
        assertThat(sides.server().feeds()).isEqualTo(2);
        assertThat(sides.server().feedsInSync()).isEqualTo(2);
    }

    @Test
    void whatAThingSaysGoesBeforeThePatterns() throws Exception {
        FeedIdentity power1 = sides.fina("power1", 100);
        FeedIdentity power2 = sides.fina("power2", 100);
        sides.select("*");
        sides.engine.watch(power1, false);
        sides.start();

        sides.assertSame(power2);
        assertThat(sides.state(power1)).isEqualTo(SyncState.LOCAL_ONLY);
    }

    @Test
    void aFeedThatIsNewLocallyIsUploadedInTheNextInterval() throws Exception {
        sides.select("house:*", "!*:test*");
        sides.start();
        FeedIdentity power = sides.fina("power", 100);
        sides.fina("test1", 100);
        sides.nextInterval();

        sides.assertSame(power);
        assertThat(sides.emoncms.feeds(sides.account)).hasSize(1);
    }

    @Test
    void aRemoteFeedThatMatchesAPatternIsLeftAlone() throws Exception {
        sides.remoteFina("power", 100);
        sides.select("*");
        sides.start();

        assertThat(sides.local.list()).isEmpty();
        assertThat(sides.server().feeds()).isZero();
    }

    @Test
    void aFeedThatIsGoneLocallyIsNotCountedAnyMore() throws Exception {
        sides.fina("power", 100);
        sides.select("*");
        sides.start();
        Files.writeString(sides.localDirectory.resolve("feeds.json"), "{\"feeds\":[]}");
        sides.nextInterval();

        assertThat(sides.server().feeds()).isZero();
    }

    @Test
    void anUploadOnRequestTakesAFeedThatIsNotSelectedOneTime() throws Exception {
        FeedIdentity power = sides.fina("power", 100);
        sides.engine.watch(power, false);
        sides.start();
        sides.engine.uploadNow(power);
        sides.worker.runDue();
        sides.assertSame(power);
        assertThat(sides.events).containsOnlyOnce("power UPLOADED").contains("server UPLOADED");
        sides.append(power, 10);
        sides.nextInterval();

        assertThat(sides.state(power)).isEqualTo(SyncState.LOCAL_AHEAD);
    }

    @Test
    void anUploadOnRequestThatFindsNothingToDoIsToldAsDone() throws Exception {
        FeedIdentity power = sides.fina("power", 100);
        sides.watch(power);
        sides.start();
        sides.events.clear();
        sides.engine.uploadNow(power);
        sides.worker.runDue();

        assertThat(sides.events).containsExactly("power UPLOADED", "server UPLOADED");
    }

    @Test
    void anUploadOnRequestOfAFeedThatCannotBeUploadedIsToldAsFailed() throws Exception {
        FeedIdentity power = sides.fina("power", 100);
        sides.emoncms.addFeed(sides.account, "house", "power", SimulatedEmoncms.PHPTIMESERIES, 10, "");
        sides.watch(power);
        sides.start();
        sides.events.clear();
        sides.engine.uploadNow(power);
        sides.worker.runDue();

        assertThat(sides.events).contains("power FAILED").doesNotContain("power UPLOADED");
    }

    @Test
    void anUploadOnRequestWhileTheServerIsDownIsToldAsFailedEachTime() throws Exception {
        sides.start();
        sides.emoncms.stop();
        sides.events.clear();
        sides.engine.uploadNow();
        sides.worker.runDue();
        sides.engine.uploadNow();
        sides.worker.runDue();

        assertThat(sides.events).containsExactly("server FAILED", "server FAILED");
    }

    @Test
    void anOrdinaryUploadIsToldToo() throws Exception {
        FeedIdentity power = sides.fina("power", 100);
        sides.watch(power);
        sides.start();
        sides.events.clear();
        sides.nextInterval();
        assertThat(sides.events).isEmpty();
        sides.append(power, 10);
        sides.nextInterval();

        assertThat(sides.events).containsExactlyInAnyOrder("power IN_SYNC", "power UPLOADED", "server UPLOADED",
                "server IN_SYNC");
    }

    @Test
    void aFeedThatCannotBeSynchronisedAnyMoreIsToldOnce() throws Exception {
        FeedIdentity power = sides.fina("power", 100);
        sides.watch(power);
        sides.start();
        sides.events.clear();
        Files.write(sides.localDirectory.resolve("phpfina/1.meta"), new byte[3]);
        sides.nextInterval();
        sides.nextInterval();

        assertThat(sides.events).containsExactly("power FAILED");
    }

    @Test
    void everyFeedOfBothSidesIsKnown() throws Exception {
        FeedIdentity both = sides.fina("both", 100);
        FeedIdentity here = sides.series("here", 100);
        FeedIdentity there = sides.remoteFina("there", 100);
        sides.watch(both);
        sides.start();

        assertThat(sides.said(both)).isEqualTo(SyncState.SAME);
        assertThat(sides.said(here)).isEqualTo(SyncState.LOCAL_ONLY);
        assertThat(sides.said(there)).isEqualTo(SyncState.REMOTE_ONLY);
        assertThat(sides.engine.report(new FeedIdentity("house", "nothing"))).isNull();
        assertThat(sides.known).hasSize(3);
    }

    @Test
    void aFeedOfAnEngineThatIsNotSupportedIsKnownAsSuch() throws Exception {
        sides.emoncms.addFeed(sides.account, "house", "virtual", 7, 10, "");
        sides.remoteFina("power", 3);
        sides.start();

        assertThat(sides.known.values()).extracting(known -> known.report().identity().name(), KnownFeed::isSupported)
                .containsExactlyInAnyOrder(tuple("virtual", false), tuple("power", true));
    }

    @Test
    void aLookListsBothSidesOnce() throws Exception {
        sides.start();
        sides.remoteFina("there", 100);
        sides.emoncms.clearRequests();
        CompletableFuture<Map<FeedIdentity, KnownFeed>> look = sides.engine.look();
        sides.worker.runDue();

        assertThat(look).isCompletedWithValueMatching(feeds -> feeds.size() == 1);
        assertThat(sides.requests()).containsExactly("/feed/listwithmeta.json");
    }

    @Test
    void aPausedBridgeCanBeLookedAt() throws Exception {
        FeedIdentity power = sides.fina("power", 100);
        sides.watch(power);
        sides.engine.start(true, Duration.ZERO);
        sides.worker.runDue();
        CompletableFuture<Map<FeedIdentity, KnownFeed>> look = sides.engine.look();
        sides.worker.runDue();

        assertThat(look.get().get(power)).isNotNull().extracting(known -> known.report().state())
                .isEqualTo(SyncState.LOCAL_ONLY);
        assertThat(sides.emoncms.feeds(sides.account)).isEmpty();
        assertThat(sides.server().paused()).isTrue();
    }

    @Test
    void aLookAtAServerThatIsDownFailsWithTheReason() throws Exception {
        sides.start();
        sides.emoncms.stop();
        CompletableFuture<Map<FeedIdentity, KnownFeed>> look = sides.engine.look();
        sides.worker.runDue();

        // the latter if the connection was kept open
        assertFailed(look, ProblemKind.NO_CONNECTION, ProblemKind.CONNECTION_LOST);
    }

    @Test
    void aLookAtAServerThatRefusesTheKeyDoesNotHammerIt() throws Exception {
        sides.emoncms.fault(Fault.always(request -> true, Outcome.answer(Reply.html(401, "Invalid API key"))));
        sides.start();
        sides.emoncms.clearRequests();
        CompletableFuture<Map<FeedIdentity, KnownFeed>> look = sides.engine.look();
        sides.worker.runDue();

        assertFailed(look, ProblemKind.KEY_REFUSED);
        assertThat(sides.requests()).isEmpty();
    }

    @Test
    void aPausedBridgeDoesNotHammerAServerThatRefusesTheKeyEither() throws Exception {
        sides.emoncms.fault(Fault.always(request -> true, Outcome.answer(Reply.html(401, "Invalid API key"))));
        sides.engine.start(true, Duration.ZERO);
        sides.worker.runDue();
        for (int i = 0; i < 6; i++) {
            sides.engine.look();
            sides.worker.runDue();
        }

        assertThat(sides.requests()).hasSizeLessThanOrEqualTo(1);
    }

    @Test
    void whatALookFindsOnAPausedBridgeIsReported() throws Exception {
        FeedIdentity power = sides.fina("power", 100);
        sides.watch(power);
        sides.start();
        sides.assertSame(power);
        sides.engine.setPaused(true);
        sides.emoncms.deleteFeed(sides.remoteId(power));
        sides.engine.look();
        sides.worker.runDue();

        assertThat(sides.state(power)).isEqualTo(SyncState.LOCAL_ONLY);
    }

    @Test
    void whatIsRequestedBeforeTheFirstCycleWaitsForIt() throws Exception {
        FeedIdentity power = sides.fina("power", 100);
        sides.watch(power);
        sides.engine.start(false, Duration.ofSeconds(5));
        sides.engine.look();
        sides.engine.uploadNow();
        sides.worker.run(Duration.ofSeconds(4));
        assertThat(sides.requests()).isEmpty();
        sides.worker.run(Duration.ofSeconds(1));

        sides.assertSame(power);
    }

    @Test
    void anUploadThatLeavesAParkedFeedIsNotToldAsDone() throws Exception {
        FeedIdentity power = sides.fina("power", 100);
        sides.fina("bad", 100);
        Path catalogue = sides.localDirectory.resolve("feeds.json");
        Files.writeString(catalogue, Files.readString(catalogue).replace("bad", "b/d"));
        FeedIdentity bad = new FeedIdentity("house", "b/d");
        sides.watch(power, bad);
        sides.start();
        sides.events.clear();
        sides.engine.uploadNow();
        sides.worker.runDue();

        assertThat(sides.state(bad)).isEqualTo(SyncState.PARKED);
        assertThat(sides.events).contains("server FAILED").doesNotContain("server UPLOADED");
    }

    @Test
    void aListenerThatFailsDoesNotEndTheEngine() throws Exception {
        FeedIdentity power = sides.fina("power", 100);
        sides.watch(power);
        sides.failNextServerReport();
        sides.start();
        sides.append(power, 10);
        sides.nextInterval();
        sides.nextInterval();

        sides.assertSame(power);
    }

    @Test
    void aLookAtAnEngineThatStopsEnds() throws Exception {
        sides.start();
        CompletableFuture<Map<FeedIdentity, KnownFeed>> look = sides.engine.look();
        sides.engine.stop();

        assertThat(look).isCancelled();
        assertThat(sides.engine.look()).isCancelled();
    }

    private static void assertFailed(CompletableFuture<?> look, ProblemKind... kinds) {
        assertThatExceptionOfType(ExecutionException.class).isThrownBy(look::get).havingCause().isInstanceOfSatisfying(
                ProblemException.class, e -> assertThat(e.problem().kind()).isIn((Object[]) kinds));
    }
}
