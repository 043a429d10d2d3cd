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

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;

import org.assertj.core.api.InstanceOfAssertFactories;
import org.eclipse.jdt.annotation.NonNullByDefault;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.openhab.binding.emoncms.internal.feed.FeedIdentity;
import org.openhab.binding.emoncms.internal.feed.ProblemException;
import org.openhab.binding.emoncms.simulated.Fault;
import org.openhab.binding.emoncms.simulated.Outcome;
import org.openhab.binding.emoncms.simulated.ReceivedRequest;

/**
 * Uploads that are held back until it is the time for them, or until a new month has begun. The clock stands on UTC.
 *
 * @author Emoncms add-on contributors - Initial contribution
 */
@NonNullByDefault
@Timeout(60)
class FrugalUploadTest {

    private static final long BUDGET = 100_000;
    private static final DataUsage SPENT = new DataUsage(0, 0, 60_000, 40_000);
    private static final Instant EVENING = Instant.parse("2025-06-16T20:00:00Z");
    private static final Instant OPENING = Instant.parse("2025-06-17T01:00:00Z");
    private static final Instant NEXT_MONTH = Instant.parse("2025-07-01T00:00:00Z");
    /** 20 kB */
    private static final int POINTS = 5_000;

    private final TwoSidesFixture sides;

    FrugalUploadTest(@TempDir Path directory) {
        sides = new TwoSidesFixture(directory, 64 << 10);
    }

    @BeforeEach
    void makeStore() throws Exception {
        sides.local.list();
        sides.clock.set(EVENING);
    }

    @AfterEach
    void close() throws Exception {
        sides.close();
    }

    private void uploadWithin(String window) throws ProblemException {
        sides.uploadWithin(UploadWindow.parse(window), SyncSettings.UNLIMITED);
    }

    private void uploadWithBudget() {
        sides.uploadWithin(UploadWindow.ALWAYS, BUDGET);
    }

    private void start(FeedIdentity... feeds) {
        sides.watch(feeds);
        sides.start();
    }

    /** With a window of ten minutes. */
    private FeedIdentity startWithoutServer(Duration interval) throws Exception {
        sides.uploadEach(interval);
        uploadWithin("01:00-01:10");
        FeedIdentity power = sides.fina("power", 100);
        sides.emoncms.stop();
        start(power);
        return power;
    }

    private void runUntil(Instant time) {
        sides.worker.run(Duration.between(sides.clock.instant(), time));
    }

    private void uploadNow() {
        sides.engine.uploadNow();
        sides.worker.runDue();
    }

    private long pendingPoints(FeedIdentity feed) {
        return Objects.requireNonNull(Objects.requireNonNull(sides.feeds.get(feed)).pendingPoints());
    }

    private List<ReceivedRequest> uploads() {
        return sides.emoncms.requests().stream().filter(Fault.route("/feed/sync")).toList();
    }

    private FeedIdentity[] manyPoints() throws Exception {
        FeedIdentity[] feeds = new FeedIdentity[8];
        for (int i = 0; i < feeds.length; i++) {
            feeds[i] = sides.fina("power" + i, POINTS);
        }
        return feeds;
    }

    /** Counts request bodies as if they were all that is transferred. */
    private void countBodies() {
        sides.emoncms.fault(request -> {
            sides.usage = new DataUsage(0, 0, sides.usage.sentThisMonth() + request.bodyLength(), 0);
            return Outcome.pass();
        });
    }

    @Test
    void outsideTheWindowNothingIsSent() throws Exception {
        uploadWithin("01:00-05:00");
        start(sides.fina("power", 100), sides.series("counter", 100));
        runUntil(OPENING.minusSeconds(1));

        assertThat(sides.requests()).containsExactly("/user/session.json", "/feed/listwithmeta.json");
    }

    @Test
    void whatWaitsForTheWindowIsReported() throws Exception {
        uploadWithin("01:00-05:00");
        FeedIdentity power = sides.fina("power", 100);
        start(power);

        assertThat(sides.state(power)).isEqualTo(SyncState.LOCAL_ONLY);
        assertThat(pendingPoints(power)).isEqualTo(100);
        assertThat(sides.server().pendingBytes()).isEqualTo(400);
        assertThat(sides.server().problem()).isNull();
    }

    @Test
    void whatIsRecordedOutsideTheWindowIsReported() throws Exception {
        uploadWithin("01:00-05:00");
        FeedIdentity power = sides.fina("power", 100);
        start(power);
        sides.append(power, 20);
        sides.nextInterval();

        assertThat(pendingPoints(power)).isEqualTo(120);
    }

    @Test
    void theNextUploadIsTheOpeningOfTheWindow() throws Exception {
        uploadWithin("01:00-05:00");
        start(sides.fina("power", 100));
        assertThat(sides.server().nextUpload()).isEqualTo(OPENING);
        sides.nextInterval();
        assertThat(sides.server().nextUpload()).isEqualTo(OPENING);
    }

    @Test
    void withinTheWindowPointsGo() throws Exception {
        uploadWithin("01:00-05:00");
        FeedIdentity power = sides.fina("power", 100);
        FeedIdentity counter = sides.series("counter", 100);
        start(power, counter);
        runUntil(OPENING);

        sides.assertSame(power, counter);
        assertThat(sides.server().pendingBytes()).isZero();
    }

    @Test
    void withinTheWindowEachIntervalUploads() throws Exception {
        uploadWithin("19:00-21:00");
        FeedIdentity power = sides.fina("power", 100);
        start(power);
        sides.append(power, 10);
        sides.nextInterval();

        sides.assertSame(power);
        assertThat(sides.server().nextUpload()).isBeforeOrEqualTo(sides.clock.instant().plus(TwoSidesFixture.INTERVAL));
    }

    @Test
    void uploadNowDoesNotWaitForTheWindow() throws Exception {
        uploadWithin("01:00-05:00");
        FeedIdentity power = sides.fina("power", 100);
        start(power);
        uploadNow();

        sides.assertSame(power);
        assertThat(sides.events).contains("server UPLOADED");
    }

    @Test
    void afterUploadNowTheWindowIsWaitedForAgain() throws Exception {
        uploadWithin("01:00-05:00");
        FeedIdentity power = sides.fina("power", 100);
        start(power);
        uploadNow();
        sides.append(power, 10);
        runUntil(OPENING.minusSeconds(1));

        assertThat(uploads()).hasSize(1);
        assertThat(pendingPoints(power)).isEqualTo(10);
        runUntil(OPENING);
        sides.assertSame(power);
    }

    @Test
    void aWindowThatClosesDuringAnUploadEndsIt() throws Exception {
        FeedIdentity[] feeds = manyPoints();
        uploadWithin("19:00-21:00");
        sides.clock.set(Instant.parse("2025-06-16T20:59:57Z"));
        sides.emoncms.fault(request -> {
            if (request.isFor("/feed/sync")) {
                sides.clock.set(Instant.parse("2025-06-16T21:00:00Z"));
            }
            return Outcome.pass();
        });
        start(feeds);
        runUntil(Instant.parse("2025-06-16T21:01:00Z"));

        assertThat(uploads()).hasSize(1);
        assertThat(sides.server().pendingBytes()).isPositive();
        assertThat(sides.server().nextUpload()).isEqualTo("2025-06-17T19:00:00Z");
        assertThat(sides.server().problem()).isNull();
        sides.emoncms.clearFaults();
        runUntil(Instant.parse("2025-06-17T19:00:01Z"));
        sides.assertSame(feeds);
    }

    @Test
    void withTheBudgetSpentNoRequestIsSent() throws Exception {
        sides.usage = SPENT;
        uploadWithBudget();
        start(sides.fina("power", 100));
        sides.worker.run(Duration.ofHours(3));

        assertThat(sides.emoncms.requests()).isEmpty();
    }

    @Test
    void whenTheBudgetIsSpentTheReportSaysUntilWhen() throws Exception {
        sides.usage = SPENT;
        uploadWithBudget();
        start(sides.fina("power", 100));

        assertThat(sides.server().budgetSpentUntil()).isEqualTo(NEXT_MONTH);
        assertThat(sides.server().nextUpload()).isEqualTo(NEXT_MONTH);
        assertThat(sides.server().usage()).isEqualTo(SPENT);
    }

    @Test
    void whileThereIsBudgetTheReportSaysSo() throws Exception {
        sides.usage = new DataUsage(0, 0, 50_000, 10_000);
        uploadWithBudget();
        FeedIdentity power = sides.fina("power", 100);
        start(power);

        sides.assertSame(power);
        assertThat(sides.server().budgetSpentUntil()).isNull();
        assertThat(sides.events).doesNotContain("server BUDGET_SPENT");
    }

    @Test
    void thatTheBudgetIsSpentIsToldOnce() throws Exception {
        sides.usage = SPENT;
        uploadWithBudget();
        start(sides.fina("power", 100));
        sides.worker.run(Duration.ofDays(1));

        assertThat(Collections.frequency(sides.events, "server BUDGET_SPENT")).isOne();
    }

    @Test
    void thatTheBudgetIsSpentIsToldAgainInAnotherMonth() throws Exception {
        sides.usage = SPENT;
        uploadWithBudget();
        start(sides.fina("power", 100));
        sides.clock.set(NEXT_MONTH.minusSeconds(600));
        sides.usage = DataUsage.NONE;
        runUntil(NEXT_MONTH.plusSeconds(600));
        sides.usage = SPENT;
        sides.worker.run(Duration.ofHours(1));

        assertThat(Collections.frequency(sides.events, "server BUDGET_SPENT")).isEqualTo(2);
        assertThat(sides.server().budgetSpentUntil()).isEqualTo("2025-08-01T00:00:00Z");
    }

    @Test
    void uploadNowDoesNotMindTheBudget() throws Exception {
        sides.usage = SPENT;
        uploadWithBudget();
        FeedIdentity[] feeds = manyPoints();
        start(feeds);
        uploadNow();

        sides.assertSame(feeds);
    }

    @Test
    void afterUploadNowTheBudgetIsMindedAgain() throws Exception {
        sides.usage = SPENT;
        uploadWithBudget();
        FeedIdentity power = sides.fina("power", 100);
        start(power);
        uploadNow();
        sides.append(power, 10);
        sides.emoncms.clearRequests();
        sides.worker.run(Duration.ofHours(1));

        assertThat(sides.requests()).isEmpty();
        assertThat(pendingPoints(power)).isEqualTo(10);
        assertThat(sides.server().budgetSpentUntil()).isEqualTo(NEXT_MONTH);
    }

    @Test
    void inTheNextMonthItGoesOnWithNothingLost() throws Exception {
        uploadWithBudget();
        FeedIdentity power = sides.fina("power", 100);
        FeedIdentity counter = sides.series("counter", 100);
        start(power, counter);
        sides.usage = SPENT;
        sides.append(power, 1000);
        sides.append(counter, 1000);
        sides.nextInterval();
        sides.clock.set(NEXT_MONTH.minusSeconds(600));
        runUntil(NEXT_MONTH.minusSeconds(1));
        assertThat(uploads()).hasSize(1);
        assertThat(pendingPoints(power)).isEqualTo(1000);
        sides.usage = DataUsage.NONE;
        runUntil(NEXT_MONTH.plusSeconds(1));

        sides.assertSame(power, counter);
        assertThat(sides.server().budgetSpentUntil()).isNull();
    }

    @Test
    void openPointsAreNotShownBeyondTheBudget() throws Exception {
        sides.uploadOpenSlots();
        uploadWithBudget();
        FeedIdentity[] feeds = new FeedIdentity[5];
        for (int i = 0; i < feeds.length; i++) {
            feeds[i] = sides.fina("power" + i, 100);
        }
        sides.clock.set(Instant.ofEpochSecond(TwoSidesFixture.START + 1000));
        start(feeds);
        sides.emoncms.fault(request -> {
            if (request.isFor("/feed/post")) {
                sides.usage = SPENT;
            }
            return Outcome.pass();
        });
        for (FeedIdentity feed : feeds) {
            sides.append(feed, 30);
        }
        sides.nextInterval();

        assertThat(sides.emoncms.requests()).filteredOn(Fault.route("/feed/post")).hasSize(1);
    }

    @Test
    void theMeterIsToldHowLongThePauseIs() throws Exception {
        uploadWithin("01:00-05:00");
        FeedIdentity power = sides.fina("power", 100);
        start(power);
        assertThat(sides.pauses).last(InstanceOfAssertFactories.DURATION).isPositive()
                .isLessThanOrEqualTo(TwoSidesFixture.INTERVAL);
        sides.engine.setPaused(true);
        sides.worker.runDue();
        assertThat(sides.pauses).last().isNull();
    }

    @Test
    void noBatchExceedsWhatIsLeftOfTheBudget() throws Exception {
        uploadWithBudget();
        FeedIdentity[] feeds = manyPoints();
        List<Long> left = new ArrayList<>();
        sides.emoncms.fault(request -> {
            if (request.isFor("/feed/sync")) {
                left.add(BUDGET - sides.usage.thisMonth() - request.bodyLength());
            }
            return Outcome.pass();
        });
        countBodies();
        start(feeds);
        sides.worker.run(Duration.ofHours(1));

        assertThat(left).isNotEmpty().allSatisfy(bytes -> assertThat(bytes).isNotNegative());
        assertThat(sides.usage.thisMonth()).as("used").isBetween(BUDGET * 9 / 10, BUDGET);
    }

    @Test
    void whatTheBudgetWasTooSmallForGoesInTheNextMonth() throws Exception {
        uploadWithBudget();
        FeedIdentity[] feeds = manyPoints();
        countBodies();
        start(feeds);
        assertThat(sides.server().budgetSpentUntil()).isEqualTo(NEXT_MONTH);
        assertThat(sides.server().pendingBytes()).isPositive();
        assertThat(Collections.frequency(sides.events, "server BUDGET_SPENT")).isOne();
        sides.clock.set(NEXT_MONTH.minusSeconds(60));
        sides.usage = DataUsage.NONE;
        runUntil(NEXT_MONTH.plusSeconds(1));
        sides.clock.set(NEXT_MONTH.plus(Duration.ofDays(31)).minusSeconds(60));
        sides.usage = DataUsage.NONE;
        sides.worker.run(Duration.ofMinutes(10));

        sides.assertSame(feeds);
    }

    @Test
    void aProblemOutsideTheWindowIsOverWhenTheServerIsBack() throws Exception {
        uploadWithin("01:00-05:00");
        start(sides.fina("power", 100));
        sides.emoncms.stop();
        uploadNow();
        assertThat(sides.server().problem()).isNotNull();
        sides.emoncms.restart();
        sides.worker.run(Duration.ofMinutes(10));

        assertThat(sides.server().problem()).isNull();
        assertThat(uploads()).isEmpty();
    }

    @Test
    void aLinkThatIsThereOnlyInTheWindowIsUsedInEachWindow() throws Exception {
        FeedIdentity power = startWithoutServer(Duration.ofDays(1));
        Instant opening = OPENING;
        for (int day = 0; day < 7; day++) {
            runUntil(opening.minusSeconds(1));
            sides.append(power, 8640);
            sides.emoncms.restart();
            runUntil(opening.plusSeconds(600));
            assertThat(sides.remoteBytes(power)).as("day %d", day).hasSize(4 * (100 + (day + 1) * 8640));
            sides.emoncms.stop();
            opening = opening.plus(Duration.ofDays(1));
        }
    }

    @Test
    void anOutageThatEndsBeforeTheWindowDoesNotMissIt() throws Exception {
        FeedIdentity power = startWithoutServer(Duration.ofDays(7));
        runUntil(OPENING.plus(Duration.ofDays(3)).minusSeconds(1800));
        sides.emoncms.restart();
        runUntil(OPENING.plus(Duration.ofDays(3)).plusSeconds(600));

        sides.assertSame(power);
    }

    @Test
    void anOutageAtTheOpeningIsTriedAgainInTheWindow() throws Exception {
        FeedIdentity power = startWithoutServer(Duration.ofDays(1));
        runUntil(OPENING.plusSeconds(60));
        sides.emoncms.restart();
        runUntil(OPENING.plusSeconds(600));

        sides.assertSame(power);
    }

    @Test
    void aProblemOutsideTheWindowStaysWhileTheServerIsDown() throws Exception {
        uploadWithin("01:00-05:00");
        start(sides.fina("power", 100));
        sides.emoncms.stop();
        uploadNow();
        sides.worker.run(Duration.ofMinutes(30));

        assertThat(sides.server().problem()).isNotNull();
    }

    @Test
    void aWindowOfAnHourIsEnoughToCompareAllFeedsWithinAWeek() throws Exception {
        FeedIdentity[] feeds = new FeedIdentity[60];
        for (int i = 0; i < feeds.length; i++) {
            feeds[i] = sides.fina("power" + i, 20);
        }
        start(feeds);
        uploadWithin("01:00-02:00");
        start(feeds);
        sides.worker.run(Duration.ofDays(7));

        assertThat(feeds)
                .allSatisfy(feed -> assertThat(Objects.requireNonNull(sides.feeds.get(feed)).verification().verified())
                        .isNotNull());
    }
}
