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
import static org.mockito.AdditionalAnswers.delegatesTo;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyLong;
import static org.mockito.Mockito.doAnswer;
import static org.mockito.Mockito.mock;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;

import org.eclipse.jdt.annotation.NonNullByDefault;
import org.eclipse.jdt.annotation.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.openhab.binding.emoncms.internal.feed.FeedIdentity;
import org.openhab.binding.emoncms.internal.feed.FixedIntervalMeta;
import org.openhab.binding.emoncms.internal.feed.ListedFeed;
import org.openhab.binding.emoncms.internal.feed.Problem;
import org.openhab.binding.emoncms.internal.feed.ProblemException;
import org.openhab.binding.emoncms.internal.feed.ProblemKind;
import org.openhab.binding.emoncms.internal.store.LocalFeedStore;
import org.openhab.binding.emoncms.simulated.Fault;
import org.openhab.binding.emoncms.simulated.Outcome;
import org.openhab.binding.emoncms.simulated.ReceivedRequest;

/**
 * Batches that are prepared while another is under way.
 *
 * @author Emoncms add-on contributors - Initial contribution
 */
@NonNullByDefault
@Timeout(60)
class BatchQueueTest {

    private static final int BATCH_BYTES = 16 << 10;
    private static final int POINTS_OF_A_BATCH = 4090;
    private static final int POINTS = 4 * POINTS_OF_A_BATCH;
    /** Other reads look at the last points only. */
    private static final int LEAST_READ_BYTES = 1000;
    private static final long LONGEST_WAIT_SECONDS = 10;
    private static final Predicate<ReceivedRequest> SYNC = Fault.route("/feed/sync");

    /** What happens at the server, once it has a batch and the next one was read. */
    @FunctionalInterface
    private interface Event {

        Outcome happen() throws Exception;
    }

    private final TwoSidesFixture sides;
    private final Semaphore reads = new Semaphore(0);
    private final AtomicInteger batches = new AtomicInteger();
    private final AtomicBoolean isReadAhead = new AtomicBoolean();
    private final AtomicBoolean isLocalLost = new AtomicBoolean();
    private final AtomicReference<@Nullable FeedIdentity> lostFeed = new AtomicReference<>();
    private final AtomicInteger unanswered = new AtomicInteger();

    BatchQueueTest(@TempDir Path directory) {
        sides = new TwoSidesFixture(directory, BATCH_BYTES);
    }

    @BeforeEach
    void countReads() throws Exception {
        sides.clock.set(Instant.ofEpochSecond(TwoSidesFixture.START + 20L * POINTS));
        LocalFeedStore counting = mock(LocalFeedStore.class, delegatesTo(sides.local));
        doAnswer(read -> {
            ByteBuffer target = read.getArgument(2);
            boolean isBatch = target.remaining() >= LEAST_READ_BYTES;
            if (isBatch) {
                answer(read.getArgument(0));
            }
            sides.local.read(read.getArgument(0), read.getArgument(1), target);
            if (isBatch) {
                reads.release();
            }
            return null;
        }).when(counting).read(any(), anyLong(), any());
        sides.localBy(counting);
    }

    @AfterEach
    void close() throws Exception {
        sides.close();
    }

    private void answer(ListedFeed.Usable feed) throws ProblemException {
        if (isLocalLost.get() || feed.identity().equals(lostFeed.get())) {
            unanswered.incrementAndGet();
            throw new ProblemException(Problem.of(ProblemKind.TIMEOUT, "home", "no answer"));
        }
    }

    /** Lets the event happen while the server has the second batch and the third was read. */
    private void amidTheUpload(Event event) {
        sides.emoncms.fault(request -> {
            if (!SYNC.test(request) || batches.incrementAndGet() != 2) {
                return Outcome.pass();
            }
            try {
                isReadAhead.set(reads.tryAcquire(3, LONGEST_WAIT_SECONDS, TimeUnit.SECONDS));
                return event.happen();
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        });
    }

    @Test
    void theNextBatchIsReadWhileTheServerWorks() throws Exception {
        FeedIdentity power = sides.fina("power", POINTS);
        amidTheUpload(Outcome::pass);
        sides.watch(power);
        sides.start();

        assertThat(isReadAhead).isTrue();
        sides.assertSame(power);
    }

    @ParameterizedTest
    @ValueSource(longs = { 0, 200, 2000 })
    void nothingIsReadTwiceWhenAllGoesWell(long millis) throws Exception {
        FeedIdentity power = sides.fina("power", POINTS);
        AtomicInteger readsForBatches = new AtomicInteger();
        sides.emoncms.fault(request -> {
            if (SYNC.test(request)) {
                sides.clock.advance(Duration.ofMillis(millis + millis / 20 * batches.get()));
                batches.incrementAndGet();
                readsForBatches.set(reads.availablePermits());
            }
            return Outcome.pass();
        });
        sides.watch(power);
        sides.start();

        sides.assertSame(power);
        assertThat(batches).hasValue(4);
        assertThat(readsForBatches.get()).as("but for the first time when it is known how long a batch takes")
                .isBetween(4, millis == 0 ? 4 : 5);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("org.openhab.binding.emoncms.internal.sync.UploadFaultsTest#unclearOutcomes")
    void anUnclearAnswerAmidAnUploadEndsWithTheSameBytes(String name, Outcome outcome) throws Exception {
        FeedIdentity power = sides.fina("power", POINTS);
        FeedIdentity counter = sides.series("counter", POINTS / 4);
        amidTheUpload(() -> outcome);
        sides.watch(power, counter);
        sides.start();
        sides.nextInterval();
        sides.nextInterval();

        assertThat(isReadAhead).isTrue();
        sides.assertSame(power, counter);
        assertThat(sides.states).doesNotContain(SyncState.PARKED);
    }

    @Test
    void aFeedThatIsReplacedAfterItWasReadAheadIsNotSentUnderItsOldStart() throws Exception {
        FeedIdentity power = sides.fina("power", POINTS);
        Path meta = sides.localDirectory.resolve("phpfina/1.meta");
        byte[] uploaded = Files.readAllBytes(sides.localData(power));
        amidTheUpload(() -> {
            Files.write(meta, new FixedIntervalMeta(TwoSidesFixture.START + 7000, 10).toBuffer().array());
            return Outcome.pass();
        });
        sides.watch(power);
        sides.start();

        assertThat(sides.problem(power)).isEqualTo(ProblemKind.FEED_CHANGED);
        assertThat(batches).hasValue(2);
        assertThat(uploaded).startsWith(sides.remoteBytes(power));
    }

    @Test
    void aFeedThatIsGoneAfterItWasReadAheadHoldsBackNoOther() throws Exception {
        FeedIdentity power = sides.fina("power", POINTS);
        FeedIdentity other = sides.fina("other", POINTS);
        Path data = sides.localData(power);
        amidTheUpload(() -> {
            Files.delete(data);
            return Outcome.pass();
        });
        sides.watch(power, other);
        sides.start();

        sides.assertSame(other);
        assertThat(sides.state(power)).isNotEqualTo(SyncState.SAME);
    }

    @Test
    void pointsThatAnotherProgramAddsAfterTheNextWereReadAreNotOverwritten() throws Exception {
        FeedIdentity power = sides.fina("power", POINTS);
        byte[] foreign = new byte[400];
        amidTheUpload(() -> {
            appendRemote(power, foreign);
            return Outcome.pass();
        });
        sides.watch(power);
        sides.start();
        sides.nextInterval();

        assertThat(isReadAhead).isTrue();
        assertThat(sides.remoteBytes(power)).containsSequence(foreign);
    }

    @Test
    void aServerOfLocalFeedsThatIsLostIsNotWaitedForWithEachFeed() throws Exception {
        FeedIdentity[] feeds = new FeedIdentity[40];
        for (int i = 0; i < feeds.length; i++) {
            feeds[i] = sides.fina("power" + i, POINTS_OF_A_BATCH);
        }
        amidTheUpload(() -> {
            isLocalLost.set(true);
            return Outcome.pass();
        });
        sides.watch(feeds);
        sides.start();

        assertThat(unanswered.get()).isBetween(2, 4);
        assertThat(Objects.requireNonNull(sides.server().problem()).kind()).isEqualTo(ProblemKind.TIMEOUT);
        isLocalLost.set(false);
        sides.nextInterval();
        sides.nextInterval();
        sides.assertSame(feeds);
    }

    @Test
    void aFeedThatTheServerOfLocalFeedsDoesNotGiveHoldsBackNoOther() throws Exception {
        FeedIdentity power = sides.fina("power", POINTS);
        FeedIdentity other = sides.fina("other", POINTS);
        lostFeed.set(power);
        sides.watch(power, other);
        sides.start();

        sides.assertSame(other);
        assertThat(sides.server().problem()).isNull();
        assertThat(sides.problem(power)).isEqualTo(ProblemKind.TIMEOUT);
        lostFeed.set(null);
        sides.nextInterval();
        sides.assertSame(power, other);
    }

    @Test
    void theOnlyFeedThatIsLeftIsNotTakenForItsServer() throws Exception {
        FeedIdentity power = sides.fina("power", POINTS);
        amidTheUpload(() -> {
            lostFeed.set(power);
            return Outcome.pass();
        });
        sides.watch(power);
        sides.start();

        assertThat(sides.server().problem()).isNull();
        assertThat(sides.problem(power)).isEqualTo(ProblemKind.TIMEOUT);
    }

    private void appendRemote(FeedIdentity feed, byte[] bytes) throws IOException {
        Path data = sides.emoncms.dataFile(sides.remoteId(feed));
        Files.write(data, bytes, StandardOpenOption.APPEND);
    }

    @Test
    void aFeedThatIsDeselectedIsNotSentAnyMore() throws Exception {
        FeedIdentity power = sides.fina("power", POINTS);
        amidTheUpload(() -> {
            sides.engine.unwatch(power);
            return Outcome.pass();
        });
        sides.watch(power);
        sides.start();

        assertThat(batches).hasValue(2);
    }

    @Test
    void aBatchThatWasReadAheadIsNotLargerThanWhatIsLeftOfTheBudget() throws Exception {
        sides.uploadWithin(UploadWindow.ALWAYS, 1_000_000);
        FeedIdentity power = sides.fina("power", POINTS);
        amidTheUpload(() -> {
            sides.usage = new DataUsage(0, 0, 980_000, 0);
            return Outcome.pass();
        });
        sides.watch(power);
        sides.start();

        assertThat(isReadAhead).isTrue();
        assertThat(sides.emoncms.requests()).filteredOn(SYNC).element(2)
                .satisfies(third -> assertThat(third.bodyLength()).isLessThan(12_000));
    }
}
