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
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

import org.eclipse.jdt.annotation.NonNullByDefault;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openhab.binding.emoncms.internal.feed.Engine;
import org.openhab.binding.emoncms.internal.feed.FeedIdentity;
import org.openhab.binding.emoncms.internal.feed.FeedMeta;
import org.openhab.binding.emoncms.internal.feed.ListedFeed;
import org.openhab.binding.emoncms.internal.feed.ProblemKind;
import org.openhab.binding.emoncms.simulated.Fault;
import org.openhab.binding.emoncms.simulated.Outcome;
import org.openhab.binding.emoncms.simulated.ReceivedRequest;
import org.openhab.binding.emoncms.simulated.Reply;

/**
 * Comparing the points of both sides.
 *
 * @author Emoncms add-on contributors - Initial contribution
 */
@NonNullByDefault
class VerificationTest {

    private final TwoSidesFixture sides;

    VerificationTest(@TempDir Path directory) {
        sides = new TwoSidesFixture(directory, 1 << 20);
    }

    @BeforeEach
    void keepQueries() {
        sides.emoncms.clearRequests();
    }

    @AfterEach
    void close() throws Exception {
        sides.close();
    }

    private void start(FeedIdentity... feeds) {
        sides.watch(feeds);
        sides.start();
    }

    static void flip(Path file, long position) throws IOException {
        try (RandomAccessFile data = new RandomAccessFile(file.toFile(), "rw")) {
            data.seek(position);
            int value = data.read();
            data.seek(position);
            data.write(value ^ 0x40);
        }
    }

    private void verify(FeedIdentity feed) {
        assertThat(sides.engine.verify(feed)).as("requested anew").isTrue();
        sides.worker.runDue();
    }

    @Test
    void whoWaitsForARequestThatFailsIsToldTheStateFromBefore() throws Exception {
        FeedIdentity power = sides.fina("power", 500);
        start(power);
        sides.emoncms.fault(Fault.always(Fault.route("/feed/sha256sum"), Outcome.answer(Reply.html(404, "Not found"))));
        Map<String, SyncState> told = new HashMap<>();
        sides.atEvent = () -> told.put(sides.events.get(sides.events.size() - 1),
                Objects.requireNonNull(sides.said(power)));
        verify(power);

        assertThat(told).containsEntry("power FAILED", SyncState.SAME);
    }

    private Verification verification(FeedIdentity feed) {
        return Objects.requireNonNull(sides.feeds.get(feed)).verification();
    }

    private long hashes() {
        return sides.emoncms.requests().stream().filter(request -> request.isFor("/feed/sha256sum")).count();
    }

    @Test
    void aFeedThatIsTheSameIsVerifiedOnRequest() throws Exception {
        FeedIdentity power = sides.fina("power", 500);
        start(power);
        sides.events.clear();
        sides.emoncms.clearRequests();
        verify(power);

        assertThat(sides.events).containsExactly("power VERIFIED");
        assertThat(verification(power)).isEqualTo(new Verification(sides.clock.instant(), null, false));
        assertThat(sides.state(power)).isEqualTo(SyncState.SAME);
        assertThat(hashes()).isEqualTo(1);
    }

    @Test
    void theFirstDifferingPointIsFoundByHashesAlone() throws Exception {
        FeedIdentity power = sides.fina("power", 9_900);
        start(power);
        flip(sides.emoncms.dataFile(sides.remoteId(power)), 7_123 * 4 + 2);
        flip(sides.emoncms.dataFile(sides.remoteId(power)), 9_000 * 4);
        sides.emoncms.clearRequests();
        sides.events.clear();
        verify(power);

        assertThat(verification(power).difference())
                .isEqualTo(new Difference(7_123, Instant.ofEpochSecond(TwoSidesFixture.START + 71_230)));
        assertThat(sides.state(power)).isEqualTo(SyncState.DIVERGED);
        assertThat(sides.problem(power)).isEqualTo(ProblemKind.DIVERGED);
        assertThat(sides.events).containsExactly("power DIVERGED");
        assertThat(hashes()).isLessThan(20);
        assertThat(sides.emoncms.requests()).noneMatch(request -> request.isFor("/feed/export"));
    }

    @Test
    void theFirstDifferingRecordOfATimeSeriesIsFound() throws Exception {
        FeedIdentity counter = sides.series("counter", 1000);
        start(counter);
        flip(sides.localData(counter), 0 * 9 + 6);
        verify(counter);

        assertThat(verification(counter).difference())
                .isEqualTo(new Difference(0, Instant.ofEpochSecond(TwoSidesFixture.START)));
    }

    @Test
    void aLocalEditOfAnOlderPointIsFoundWithoutARequestWithinAWeek() throws Exception {
        FeedIdentity[] feeds = new FeedIdentity[8];
        for (int i = 0; i < feeds.length; i++) {
            feeds[i] = sides.fina("power" + i, 50 + i);
        }
        start(feeds);
        sides.worker.run(Duration.ofHours(8));
        assertThat(feeds).allSatisfy(feed -> assertThat(verification(feed).verified()).isNotNull());
        flip(sides.localData(feeds[5]), 80);
        sides.worker.run(Duration.ofDays(7));

        assertThat(sides.state(feeds[5])).isEqualTo(SyncState.DIVERGED);
        assertThat(sides.server().feedsInSync()).isEqualTo(7);
    }

    @Test
    void inQuietTimesFewFeedsAreComparedAtOnce() throws Exception {
        FeedIdentity[] feeds = new FeedIdentity[30];
        for (int i = 0; i < feeds.length; i++) {
            feeds[i] = sides.fina("power" + i, 50);
        }
        start(feeds);
        sides.emoncms.clearRequests();
        sides.worker.run(Duration.ofMinutes(65));

        assertThat(hashes()).as("one an hour").isEqualTo(1);
        sides.worker.run(Duration.ofDays(5));
        assertThat(hashes()).as("each once, and some again").isBetween(30L, 60L);
    }

    @Test
    void whatWasUploadedAfterADifferenceStaysKnownAsDiverged() throws Exception {
        FeedIdentity power = sides.fina("power", 500);
        start(power);
        flip(sides.localData(power), 80);
        verify(power);
        sides.events.clear();
        sides.append(power, 100);
        sides.nextInterval();

        assertThat(sides.remoteBytes(power)).hasSize(600 * 4);
        assertThat(sides.state(power)).isEqualTo(SyncState.DIVERGED);
        assertThat(sides.events).doesNotContain("power DIVERGED", "power IN_SYNC");
    }

    @Test
    void aFeedThatWasClearedIsNotCalledDivergedAnyMore() throws Exception {
        FeedIdentity power = sides.fina("power", 500);
        start(power);
        flip(sides.emoncms.dataFile(sides.remoteId(power)), 80);
        verify(power);
        sides.emoncms.clearFeed(sides.remoteId(power));
        sides.engine.uploadNow();
        sides.worker.runDue();

        sides.assertSame(power);
    }

    @Test
    void aServerWithoutHashesChangesNothingElse() throws Exception {
        sides.emoncms.fault(Fault.always(Fault.route("/feed/sha256sum"), Outcome.answer(Reply.of(406,
                "application/json", "{\"success\":false,\"message\":\"406 Not Acceptable. Route not found\"}"))));
        FeedIdentity power = sides.fina("power", 500);
        start(power);
        sides.events.clear();
        verify(power);

        sides.assertSame(power);
        assertThat(verification(power)).isEqualTo(new Verification(null, null, false));
        assertThat(sides.server().problem()).isNull();
        assertThat(sides.events).containsExactly("power FAILED");
        sides.emoncms.clearRequests();
        sides.worker.run(Duration.ofHours(20));
        assertThat(hashes()).as("asked again on the same day").isZero();
    }

    @Test
    void aHashThatDoesNotComeIsNoFailureOfTheServer() throws Exception {
        sides.emoncms.fault(Fault.always(Fault.route("/feed/sha256sum"), Outcome.disconnect()));
        FeedIdentity power = sides.fina("power", 500);
        start(power);
        verify(power);

        sides.assertSame(power);
        assertThat(sides.server().problem()).isNull();
    }

    @Test
    void aFeedOfOneSideCannotBeVerified() throws Exception {
        FeedIdentity power = sides.remoteFina("power", 500);
        start(power);
        sides.events.clear();
        verify(power);

        assertThat(sides.events).containsExactly("power FAILED");
        assertThat(sides.state(power)).isEqualTo(SyncState.REMOTE_ONLY);
    }

    @Test
    void allFeedsAreVerifiedOnRequestAlsoWhilePaused() throws Exception {
        FeedIdentity[] feeds = { sides.fina("power", 500), sides.series("counter", 300) };
        start(feeds);
        sides.engine.setPaused(true);
        sides.worker.runDue();
        sides.events.clear();
        assertThat(sides.engine.verifyAll()).isTrue();
        sides.worker.runDue();

        assertThat(sides.events).containsExactly("counter VERIFIED", "power VERIFIED", "server VERIFIED");
    }

    @Test
    void onlyPointsThatBothSidesHaveAreCompared() throws Exception {
        FeedIdentity power = sides.fina("power", 500);
        start(power);
        sides.appendRemote(power, 100);
        sides.emoncms.clearRequests();
        verify(power);

        assertThat(verification(power).verified()).isNotNull();
        assertThat(sides.state(power)).isEqualTo(SyncState.REMOTE_AHEAD);
        assertThat(sides.emoncms.requests()).filteredOn(request -> request.isFor("/feed/sha256sum"))
                .extracting(ReceivedRequest::query).singleElement().asString().contains("npoints=500");
    }

    @Test
    void anUnreadableLocalFileIsSaid() throws Exception {
        FeedIdentity power = sides.fina("power", 500);
        start(power);
        sides.emoncms.fault(request -> {
            if (request.isFor("/feed/sha256sum")) {
                delete(power);
            }
            return Outcome.pass();
        });
        verify(power);

        assertThat(sides.state(power)).isEqualTo(SyncState.UNREADABLE);
    }

    private void delete(FeedIdentity feed) {
        try {
            Files.deleteIfExists(sides.localData(feed));
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void aRequestedComparisonOfADivergedFeedEndsWithAnEventAgain() throws Exception {
        FeedIdentity power = sides.fina("power", 500);
        start(power);
        flip(sides.localData(power), 80);
        verify(power);
        sides.events.clear();
        verify(power);

        assertThat(sides.events).containsExactly("power DIVERGED");
    }

    @Test
    void aRequestForAllFailsIfAFeedOfBothSidesCannotBeCompared() throws Exception {
        FeedIdentity power = sides.fina("power", 500);
        FeedIdentity other = sides.fina("other", 50);
        sides.remoteSeries("other", 5);
        start(power, other);
        sides.events.clear();
        sides.engine.verifyAll();
        sides.worker.runDue();

        assertThat(sides.events).containsExactly("power VERIFIED", "server FAILED");
    }

    @Test
    void thousandsOfFeedsHaveTheirTurnAlsoWithADailyUpload() {
        Verifications verifications = new Verifications(sides.clock);
        Map<FeedIdentity, Long> feeds = new HashMap<>();
        for (int i = 0; i < 5000; i++) {
            feeds.put(new FeedIdentity("house", "power" + i), 10L);
        }
        Set<FeedIdentity> compared = new HashSet<>();
        for (int day = 0; day < 6; day++) {
            verifications.chooseDue(feeds, Duration.ofDays(1));
            for (FeedIdentity feed = verifications.nextDue(); feed != null; feed = verifications.nextDue()) {
                compared.add(feed);
                ListedFeed.Usable side = new ListedFeed.Usable(1, feed, Engine.PHPFINA, "", new FeedMeta(1, 10, 10));
                verifications.found(side, side, 10, null);
            }
            sides.clock.advance(Duration.ofDays(1));
        }

        assertThat(compared).hasSize(5000);
    }

    @Test
    void comparisonsOfOneIntervalGoOnUntilTheyAreDone() throws Exception {
        FeedIdentity[] feeds = new FeedIdentity[40];
        for (int i = 0; i < feeds.length; i++) {
            feeds[i] = sides.fina("power" + i, 50);
        }
        sides.uploadEach(Duration.ofDays(2));
        sides.emoncms.fault(request -> {
            sides.clock.advance(Duration.ofSeconds(request.isFor("/feed/sha256sum") ? 4 : 0));
            return Outcome.pass();
        });
        start(feeds);
        sides.worker.run(Duration.ofMinutes(10));

        assertThat(hashes()).isEqualTo(16);
    }

    @Test
    void aFeedThatCannotBeReadForAWhileIsDivergedAllTheSame() throws Exception {
        FeedIdentity power = sides.fina("power", 500);
        start(power);
        flip(sides.localData(power), 80);
        verify(power);
        Path data = sides.localData(power);
        Path aside = data.resolveSibling("aside");
        Files.move(data, aside);
        sides.nextInterval();
        assertThat(sides.state(power)).isEqualTo(SyncState.UNREADABLE);
        Files.move(aside, data);
        sides.nextInterval();

        assertThat(sides.state(power)).isEqualTo(SyncState.DIVERGED);
    }
}
