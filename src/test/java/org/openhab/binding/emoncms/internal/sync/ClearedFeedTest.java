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
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

import org.eclipse.jdt.annotation.NonNullByDefault;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.openhab.binding.emoncms.internal.feed.FeedIdentity;
import org.openhab.binding.emoncms.simulated.Fault;
import org.openhab.binding.emoncms.simulated.Outcome;
import org.openhab.binding.emoncms.simulated.Reply;

/**
 * Emoncms takes points of a feed that was cleared at their old place and fills up with zeros what is before, silently.
 *
 * @author Emoncms add-on contributors - Initial contribution
 */
@NonNullByDefault
@Timeout(60)
class ClearedFeedTest {

    private static final int POINTS = 500;
    private static final int MORE_POINTS = 30;
    /** A feed that was continued is looked at after a day. */
    private static final Duration UNTIL_FOUND = Duration.ofHours(26);

    /** Takes days, at half an hour for each batch. */
    private static final int BACKLOG = 1_500_000;

    private final TwoSidesFixture sides;

    ClearedFeedTest(@TempDir Path directory) {
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

    private FeedIdentity uploaded(FeedIdentity feed) throws Exception {
        sides.watch(feed);
        sides.start();
        sides.assertSame(feed);
        return feed;
    }

    private Path remoteData(FeedIdentity feed) {
        return sides.emoncms.dataFile(sides.remoteId(feed));
    }

    /** Has a feed cleared that is then continued where it was believed to end. */
    private void clearAndContinue(FeedIdentity feed) throws Exception {
        sides.emoncms.clearFeed(sides.remoteId(feed));
        sides.append(feed, MORE_POINTS);
        sides.nextInterval();
    }

    private void clearBeforeTheSecondBatch(FeedIdentity feed) {
        AtomicInteger batches = new AtomicInteger();
        sides.emoncms.fault(request -> {
            if (request.isFor("/feed/sync") && batches.incrementAndGet() == 2) {
                sides.emoncms.clearFeed(sides.remoteId(feed));
            }
            return Outcome.pass();
        });
        sides.watch(feed);
        sides.start();
        assertThat(batches).hasValueGreaterThanOrEqualTo(2);
    }

    private void assertFilled(FeedIdentity feed) throws IOException {
        assertThat(Arrays.copyOf(sides.remoteBytes(feed), POINTS * Float.BYTES)).as("the start of the remote feed")
                .containsOnly(0);
        assertThat(sides.remoteBytes(feed)).hasSize((POINTS + MORE_POINTS) * Float.BYTES);
    }

    private void withoutHashes() {
        sides.emoncms.fault(Fault.always(Fault.route("/feed/sha256sum"), Outcome.answer(Reply.of(406,
                "application/json", "{\"success\":false,\"message\":\"406 Not Acceptable. Route not found\"}"))));
    }

    private List<String> clears() {
        return sides.requests().stream().filter(path -> path.startsWith("/feed/clear")).toList();
    }

    @Test
    void aFeedThatWasClearedIsContinuedWithZerosBefore() throws Exception {
        FeedIdentity power = uploaded(sides.fina("power", POINTS));
        clearAndContinue(power);

        assertFilled(power);
    }

    @Test
    void aFeedThatWasClearedIsWholeAgainWithinADay() throws Exception {
        FeedIdentity power = uploaded(sides.fina("power", POINTS));
        clearAndContinue(power);
        sides.worker.run(UNTIL_FOUND);

        sides.assertSame(power);
        assertThat(clears()).hasSize(1);
    }

    @Test
    void aFeedThatGoesOnGrowingIsWholeAgainWithinADay() throws Exception {
        FeedIdentity power = uploaded(sides.fina("power", POINTS));
        clearAndContinue(power);
        for (Duration run = Duration.ZERO; run.compareTo(UNTIL_FOUND) < 0; run = run.plusHours(1)) {
            sides.append(power, 20);
            sides.worker.run(Duration.ofHours(1));
        }

        sides.assertSame(power);
        assertThat(clears()).hasSize(1);
    }

    @Test
    void aFeedThatWasClearedIsWholeAgainBesideABacklogOfDays() throws Exception {
        sides.clock.set(Instant.ofEpochSecond(TwoSidesFixture.START + 11L * BACKLOG));
        FeedIdentity power = uploaded(sides.fina("power", POINTS));
        FeedIdentity backlog = sides.fina("backlog", BACKLOG);
        clearAndContinue(power);
        assertFilled(power);
        sides.emoncms.fault(request -> {
            if (request.isFor("/feed/sync")) {
                sides.clock.advance(Duration.ofMinutes(30));
            }
            return Outcome.pass();
        });
        sides.watch(backlog);
        sides.worker.run(UNTIL_FOUND);

        assertThat(sides.state(backlog)).as("still goes on").isEqualTo(SyncState.LOCAL_AHEAD);
        sides.assertSame(power);
    }

    @Test
    void besideABacklogFeedsCostAHashAnHour() throws Exception {
        sides.clock.set(Instant.ofEpochSecond(TwoSidesFixture.START + 11L * BACKLOG));
        FeedIdentity power = uploaded(sides.fina("power", POINTS));
        FeedIdentity backlog = sides.fina("backlog", BACKLOG);
        sides.append(power, MORE_POINTS);
        sides.nextInterval();
        sides.emoncms.clearRequests();
        sides.emoncms.fault(request -> {
            if (request.isFor("/feed/sync")) {
                sides.clock.advance(Duration.ofMinutes(3));
            }
            return Outcome.pass();
        });
        sides.watch(backlog);
        sides.worker.run(Duration.ofHours(4));

        assertThat(sides.state(backlog)).as("still goes on").isEqualTo(SyncState.LOCAL_AHEAD);
        assertThat(sides.emoncms.requests()).filteredOn(Fault.route("/feed/sha256sum")).hasSizeLessThanOrEqualTo(8);
    }

    @Test
    void theOtherFeedsAreNotUploadedAnew() throws Exception {
        FeedIdentity power = sides.fina("power", POINTS);
        FeedIdentity other = sides.fina("other", POINTS);
        sides.watch(power, other);
        sides.start();
        int otherId = sides.remoteId(other);
        sides.append(other, MORE_POINTS);
        clearAndContinue(power);
        sides.assertSame(other);
        sides.emoncms.keepBodies(true);
        sides.emoncms.clearRequests();
        sides.worker.run(UNTIL_FOUND);

        sides.assertSame(power, other);
        assertThat(sides.emoncms.requests().stream().filter(Fault.route("/feed/sync"))).isNotEmpty()
                .noneMatch(TwoSidesFixture.syncWith(Set.of(otherId)));
    }

    @Test
    void aFeedThatWasNotClearedCostsAHashADay() throws Exception {
        FeedIdentity power = uploaded(sides.fina("power", POINTS));
        sides.worker.run(Duration.ofHours(2));
        sides.append(power, MORE_POINTS);
        sides.nextInterval();
        sides.assertSame(power);
        sides.emoncms.clearRequests();
        sides.worker.run(UNTIL_FOUND);

        assertThat(clears()).isEmpty();
        assertThat(sides.emoncms.requests().stream().filter(Fault.route("/feed/sha256sum")))
                .hasSizeLessThanOrEqualTo(2);
    }

    @Test
    void afterItWasFoundNothingIsClearedAgain() throws Exception {
        FeedIdentity power = uploaded(sides.fina("power", POINTS));
        clearAndContinue(power);
        sides.worker.run(UNTIL_FOUND);
        sides.emoncms.clearRequests();
        sides.append(power, MORE_POINTS);
        sides.worker.run(Duration.ofDays(6));

        sides.assertSame(power);
        assertThat(clears()).isEmpty();
    }

    @Test
    void aFeedThatIsClearedWhileItsZerosStandIsWholeAgain() throws Exception {
        FeedIdentity power = uploaded(sides.fina("power", POINTS));
        clearAndContinue(power);
        clearAndContinue(power);
        sides.worker.run(UNTIL_FOUND);

        sides.assertSame(power);
    }

    @Test
    void zerosThatWereNotFoundBeforeARestartAreFoundByAComparison() throws Exception {
        FeedIdentity power = uploaded(sides.fina("power", POINTS));
        clearAndContinue(power);
        sides.restartEngine();
        sides.watch(power);
        sides.start();
        sides.worker.run(Duration.ofDays(6));

        assertThat(sides.state(power)).isEqualTo(SyncState.DIVERGED);
        assertThat(sides.events).contains("power DIVERGED");
    }

    @Test
    void aTimeSeriesThatWasClearedBetweenTwoCyclesIsUploadedAnew() throws Exception {
        FeedIdentity counter = uploaded(sides.series("counter", POINTS));
        clearAndContinue(counter);

        sides.assertSame(counter);
    }

    @Test
    void aTimeSeriesThatWasClearedBetweenTwoBatchesIsWholeAgain() throws Exception {
        FeedIdentity counter = sides.series("counter", 7500);
        sides.clock.advance(Duration.ofDays(1));
        clearBeforeTheSecondBatch(counter);
        sides.worker.run(UNTIL_FOUND);

        sides.assertSame(counter);
    }

    @Test
    void aFeedThatWasClearedBetweenTwoBatchesIsWholeAgain() throws Exception {
        FeedIdentity power = sides.fina("power", 20_000);
        sides.clock.advance(Duration.ofDays(2));
        clearBeforeTheSecondBatch(power);
        sides.worker.run(UNTIL_FOUND);

        sides.assertSame(power);
    }

    @Test
    void whatOthersWroteBehindIsNotCleared() throws Exception {
        FeedIdentity power = uploaded(sides.fina("power", POINTS));
        clearAndContinue(power);
        Files.write(remoteData(power), new byte[] { 1, 2, 3, 4 }, StandardOpenOption.APPEND);
        byte[] remote = sides.remoteBytes(power);
        sides.worker.run(UNTIL_FOUND.multipliedBy(2));

        assertThat(sides.remoteBytes(power)).isEqualTo(remote);
        assertThat(clears()).isEmpty();
        assertThat(sides.state(power)).isEqualTo(SyncState.DIVERGED);
    }

    @Test
    void whatOthersWroteAmongOursIsNotCleared() throws Exception {
        FeedIdentity power = uploaded(sides.fina("power", POINTS));
        clearAndContinue(power);
        VerificationTest.flip(remoteData(power), (POINTS + 3) * Float.BYTES + 2);
        byte[] remote = sides.remoteBytes(power);
        sides.worker.run(UNTIL_FOUND);

        assertThat(sides.remoteBytes(power)).isEqualTo(remote);
        assertThat(clears()).isEmpty();
        assertThat(sides.state(power)).isEqualTo(SyncState.DIVERGED);
    }

    @Test
    void aFeedThatDoesNotStartWithZerosIsNotCleared() throws Exception {
        FeedIdentity power = uploaded(sides.fina("power", POINTS));
        clearAndContinue(power);
        VerificationTest.flip(remoteData(power), 10 * Float.BYTES + 2);
        byte[] remote = sides.remoteBytes(power);
        sides.worker.run(UNTIL_FOUND);

        assertThat(sides.remoteBytes(power)).isEqualTo(remote);
        assertThat(clears()).isEmpty();
        assertThat(sides.state(power)).isEqualTo(SyncState.DIVERGED);
    }

    @Test
    void zerosThatEndBeforeTheFirstSentPointAreNotCleared() throws Exception {
        FeedIdentity power = uploaded(sides.fina("power", POINTS));
        sides.worker.run(Duration.ofHours(2));
        byte[] remote = sides.remoteBytes(power);
        Arrays.fill(remote, 0, 100 * Float.BYTES, (byte) 0);
        Files.write(remoteData(power), remote);
        sides.append(power, MORE_POINTS);
        sides.worker.run(UNTIL_FOUND);

        assertThat(clears()).isEmpty();
        assertThat(Arrays.copyOf(sides.remoteBytes(power), remote.length)).isEqualTo(remote);
        assertThat(sides.state(power)).isEqualTo(SyncState.DIVERGED);
    }

    @Test
    void aFeedThatIsNotUploadedAnyMoreIsNotCleared() throws Exception {
        FeedIdentity power = uploaded(sides.fina("power", POINTS));
        clearAndContinue(power);
        sides.engine.watch(power, false);
        sides.worker.run(UNTIL_FOUND.multipliedBy(2));

        assertFilled(power);
        assertThat(clears()).isEmpty();
        assertThat(sides.state(power)).isEqualTo(SyncState.DIVERGED);
    }

    @Test
    void aFeedThatIsUploadedAgainIsWholeAgainLater() throws Exception {
        FeedIdentity power = uploaded(sides.fina("power", POINTS));
        clearAndContinue(power);
        sides.engine.watch(power, false);
        sides.worker.run(UNTIL_FOUND.multipliedBy(2));
        sides.engine.watch(power, true);
        sides.worker.run(UNTIL_FOUND.multipliedBy(2));

        sides.assertSame(power);
    }

    @Test
    void aComparisonWhilePausedClearsNothing() throws Exception {
        FeedIdentity power = uploaded(sides.fina("power", POINTS));
        clearAndContinue(power);
        sides.engine.setPaused(true);
        sides.engine.verify(power);
        sides.worker.runDue();

        assertFilled(power);
        assertThat(sides.state(power)).isEqualTo(SyncState.DIVERGED);
        sides.engine.setPaused(false);
        sides.worker.run(UNTIL_FOUND.multipliedBy(2));
        sides.assertSame(power);
    }

    @Test
    void aComparisonOutsideTheWindowClearsNothing() throws Exception {
        FeedIdentity power = uploaded(sides.fina("power", POINTS));
        clearAndContinue(power);
        sides.worker.run(Duration.ofHours(1));
        sides.engine.verify(power);
        sides.usage = new DataUsage(0, 0, 1, 0);
        sides.uploadWithin(UploadWindow.ALWAYS, 1);
        sides.watch(power);
        sides.start();
        sides.engine.verify(power);
        sides.worker.runDue();

        assertFilled(power);
        assertThat(clears()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = { 2, 3, 8, 15 })
    void aHashThatFailsPutsTheMendingOff(int number) throws Exception {
        FeedIdentity power = uploaded(sides.fina("power", POINTS));
        sides.worker.run(Duration.ofHours(2));
        clearAndContinue(power);
        AtomicInteger hashes = new AtomicInteger();
        sides.emoncms.fault(
                request -> request.isFor("/feed/sha256sum") && hashes.incrementAndGet() == number ? Outcome.disconnect()
                        : Outcome.pass());
        sides.worker.run(UNTIL_FOUND.multipliedBy(3));

        assertThat(hashes).hasValueGreaterThan(number);
        sides.assertSame(power);
    }

    @Test
    void aClearThatIsDoneWithoutAnAnswerIsFollowedByTheWholeFeed() throws Exception {
        FeedIdentity power = uploaded(sides.fina("power", POINTS));
        clearAndContinue(power);
        sides.emoncms.fault(Fault.next(1, Fault.route("/feed/clear"), Outcome.loseAnswer()));
        runUntilClear();
        sides.append(power, MORE_POINTS);
        sides.nextInterval();

        sides.assertSame(power);
    }

    @Test
    void aClearThatIsNotDoneIsTriedAgain() throws Exception {
        FeedIdentity power = uploaded(sides.fina("power", POINTS));
        clearAndContinue(power);
        sides.emoncms.fault(Fault.next(1, Fault.route("/feed/clear"), Outcome.disconnect()));
        runUntilClear();
        sides.worker.run(UNTIL_FOUND);

        sides.assertSame(power);
        assertThat(clears()).hasSize(2);
    }

    private void runUntilClear() {
        while (clears().isEmpty()) {
            sides.nextInterval();
        }
    }

    @Test
    void aLostServerPutsOffOneOfManyFeeds() throws Exception {
        FeedIdentity[] feeds = new FeedIdentity[20];
        for (int i = 0; i < feeds.length; i++) {
            feeds[i] = sides.fina("power" + i, POINTS);
        }
        sides.watch(feeds);
        sides.start();
        sides.worker.run(Duration.ofHours(22));
        for (FeedIdentity feed : feeds) {
            sides.append(feed, MORE_POINTS);
        }
        sides.nextInterval();
        sides.worker.run(Duration.ofHours(23));
        sides.emoncms.clearRequests();
        sides.emoncms.fault(Fault.always(Fault.route("/feed/sha256sum"), Outcome.disconnect()));
        sides.worker.run(Duration.ofMinutes(59));
        sides.nextInterval();

        assertThat(sides.emoncms.requests().stream().filter(Fault.route("/feed/sha256sum"))).isNotEmpty()
                .hasSizeLessThanOrEqualTo(13);
    }

    @Test
    void aFeedOfZerosIsTheSame() throws Exception {
        FeedIdentity power = sides.fina("power", 0);
        sides.append(sides.local(power), ByteBuffer.allocate(POINTS * Float.BYTES));
        uploaded(power);
        clearAndContinue(power);
        sides.worker.run(UNTIL_FOUND);

        sides.assertSame(power);
        assertThat(clears()).isEmpty();
    }

    @Test
    void aServerWithoutHashesIsAskedBeforeEachUpload() throws Exception {
        withoutHashes();
        FeedIdentity power = uploaded(sides.fina("power", POINTS));
        for (int i = 0; i < 5; i++) {
            sides.append(power, MORE_POINTS);
            sides.emoncms.clearRequests();
            sides.nextInterval();
            sides.assertSame(power);
            assertThat(sides.requests()).hasSize(2).last().isEqualTo("/feed/sync");
        }
    }

    @Test
    void aServerWithoutHashesIsAskedForGood() throws Exception {
        withoutHashes();
        FeedIdentity power = uploaded(sides.fina("power", POINTS));
        for (Duration run = Duration.ZERO; run.compareTo(UNTIL_FOUND) < 0; run = run.plus(TwoSidesFixture.INTERVAL)) {
            clearAndContinue(power);
            sides.assertSame(power);
        }
        assertThat(clears()).isEmpty();
    }

    @Test
    void aServerWithoutHashesFillsNothing() throws Exception {
        withoutHashes();
        FeedIdentity power = uploaded(sides.fina("power", POINTS));
        clearAndContinue(power);

        sides.assertSame(power);
    }

    @Test
    void aServerWithoutHashesFillsNothingForManyFeeds() throws Exception {
        withoutHashes();
        FeedIdentity[] feeds = new FeedIdentity[100];
        for (int i = 0; i < feeds.length; i++) {
            feeds[i] = sides.fina("power" + i, POINTS);
        }
        sides.watch(feeds);
        sides.start();
        sides.assertSame(feeds);
        for (int i = 0; i < feeds.length; i += 3) {
            sides.append(feeds[i], MORE_POINTS);
        }
        sides.emoncms.clearFeed(sides.remoteId(feeds[0]));
        sides.emoncms.clearFeed(sides.remoteId(feeds[99]));
        sides.emoncms.clearRequests();
        sides.nextInterval();

        sides.assertSame(feeds);
        assertThat(sides.requests()).contains("/feed/listwithmeta.json");
    }
}
