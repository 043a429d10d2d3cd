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
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;

import org.eclipse.jdt.annotation.NonNullByDefault;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openhab.binding.emoncms.internal.feed.FeedIdentity;
import org.openhab.binding.emoncms.internal.feed.Problem;
import org.openhab.binding.emoncms.internal.feed.ProblemException;
import org.openhab.binding.emoncms.internal.feed.ProblemKind;
import org.openhab.binding.emoncms.simulated.Fault;
import org.openhab.binding.emoncms.simulated.Outcome;
import org.openhab.binding.emoncms.simulated.Reply;

/**
 * How the engine is woken, held, paused and stopped, and what it tells.
 *
 * @author Emoncms add-on contributors - Initial contribution
 */
@NonNullByDefault
class SyncEngineTest {

    private final TwoSidesFixture sides;

    SyncEngineTest(@TempDir Path directory) {
        sides = new TwoSidesFixture(directory, 16 << 10);
    }

    @AfterEach
    void close() throws Exception {
        sides.close();
    }

    @Test
    void anErrorOfTheVirtualMachineDoesNotEndTheEngine() throws Exception {
        AtomicInteger opened = new AtomicInteger();
        FeedIdentity power = sides.fina("power", 500);
        sides.openBy(() -> {
            if (opened.getAndIncrement() == 0) {
                throw new OutOfMemoryError("for a test");
            }
            return sides.openRemote();
        });
        sides.watch(power);
        sides.start();
        sides.worker.run(Duration.ofMinutes(10));

        sides.assertSame(power);
    }

    @Test
    void newFeedsDoNotRepeatARefusedLogin() throws Exception {
        AtomicInteger logins = new AtomicInteger();
        sides.openBy(() -> {
            logins.incrementAndGet();
            throw new ProblemException(Problem.of(ProblemKind.LOGIN_REFUSED, "host", "no"));
        });
        sides.start();
        for (int i = 0; i < 15; i++) {
            sides.watch(sides.fina("power" + i, 10));
            sides.worker.run(Duration.ofSeconds(5));
        }

        assertThat(logins).hasValue(1);
        assertThat(sides.feeds).as("the local side is shown all the same").hasSize(15);
        sides.engine.uploadNow();
        sides.worker.runDue();
        assertThat(logins).hasValue(2);
    }

    @Test
    void aKeyThatIsReplacedOnTheServerIsFetchedAgainSoon() throws Exception {
        FeedIdentity[] feeds = sides.grownFeeds(1);
        sides.emoncms.fault(Fault.next(1, request -> true, Outcome.answer(Reply.html(401, "Invalid API key"))));
        sides.nextInterval();
        sides.nextInterval();

        sides.assertSame(feeds);
    }

    @Test
    void aParkedFeedIsFreeAgainWhenTheClockWasSetBack() throws Exception {
        ParkedFeeds parked = new ParkedFeeds(sides.clock, Duration.ofMinutes(5));
        FeedIdentity power = new FeedIdentity("house", "power");
        parked.park(power, Problem.of(ProblemKind.SERVER_ERROR, "host", 500));
        sides.clock.advance(Duration.ofDays(-300));

        assertThat(parked.reason(power)).isNull();
    }

    @Test
    void aFeedThatIsWatchedAgainIsToldAgain() throws Exception {
        FeedIdentity power = sides.fina("power", 500);
        sides.watch(power);
        sides.start();
        sides.feeds.clear();
        sides.watch(power);
        sides.worker.run(Duration.ofSeconds(1));

        assertThat(sides.state(power)).isEqualTo(SyncState.SAME);
    }

    @Test
    void aFeedWatchedDuringARequestIsToldSoon() throws Exception {
        FeedIdentity[] feeds = sides.grownFeeds(1);
        FeedIdentity other = sides.fina("other", 10);
        sides.emoncms.fault(Fault.next(1, Fault.route("/feed/sync"), Outcome.pass()));
        sides.emoncms.fault(request -> {
            if (request.isFor("/feed/sync")) {
                sides.watch(other);
                sides.clock.advance(Duration.ofSeconds(2));
                sides.engine.unwatch(feeds[0]);
                sides.feeds.remove(feeds[0]);
                sides.watch(feeds[0]);
            }
            return Outcome.pass();
        });
        sides.nextInterval();
        sides.emoncms.clearFaults();
        sides.worker.run(Duration.ofSeconds(2));

        sides.assertSame(feeds[0], other);
    }

    @Test
    void theFirstCycleWaitsAsLongAsItIsToldTo() throws Exception {
        sides.watch(sides.fina("power", 500));
        sides.engine.start(false, Duration.ofSeconds(5));
        sides.watch(sides.fina("other", 500));
        sides.worker.run(Duration.ofMillis(4900));
        assertThat(sides.requests()).isEmpty();
        sides.worker.run(Duration.ofMillis(200));

        assertThat(sides.requests()).isNotEmpty();
    }

    @Test
    void whatWasMendedHereIsNotToldDuringAHold() throws Exception {
        Path catalogue = sides.localDirectory.resolve("feeds.json");
        sides.fina("power", 500);
        String good = Files.readString(catalogue);
        sides.openBy(() -> {
            throw new ProblemException(Problem.of(ProblemKind.LOGIN_REFUSED, "host", "no"));
        });
        sides.start();
        Files.writeString(catalogue, "no json");
        sides.watch(new FeedIdentity("house", "power"));
        sides.worker.run(Duration.ofSeconds(1));
        assertThat(Objects.requireNonNull(sides.server().problem()).kind()).isEqualTo(ProblemKind.CATALOGUE_DAMAGED);
        Files.writeString(catalogue, good);
        sides.worker.run(Duration.ofMinutes(6));

        assertThat(Objects.requireNonNull(sides.server().problem()).kind()).isEqualTo(ProblemKind.LOGIN_REFUSED);
    }

    @Test
    void nothingIsToldAfterAStopInTheMiddleOfACycle() throws Exception {
        sides.emoncms.fault(request -> {
            if (request.isFor("/feed/sync")) {
                sides.engine.stop();
                sides.feeds.clear();
            }
            return Outcome.pass();
        });
        sides.watch(sides.fina("power", 500));
        sides.start();

        assertThat(sides.feeds).isEmpty();
    }

    @Test
    void whilePausedTheLocalSideIsShown() throws Exception {
        FeedIdentity power = sides.fina("power", 500);
        sides.watch(power);
        sides.engine.start(true, Duration.ofSeconds(1));
        sides.worker.run(Duration.ofSeconds(2));
        FeedReport report = Objects.requireNonNull(sides.feeds.get(power));

        assertThat(report.state()).isNull();
        assertThat(Objects.requireNonNull(report.local()).feed().meta().npoints()).isEqualTo(500);
        assertThat(sides.requests()).isEmpty();
    }

    @Test
    void theServerIsSaidToBeConnectedWhileTheFirstUploadIsUnderWay() throws Exception {
        sides.emoncms.fault(request -> {
            if (request.isFor("/feed/sync")) {
                assertThat(sides.server().connected()).isTrue();
                assertThat(sides.server().pendingBytes()).isPositive();
                assertThat(sides.server().nextUpload()).isNull();
            }
            return Outcome.pass();
        });
        FeedIdentity power = sides.fina("power", 9000);
        sides.watch(power);
        sides.start();

        sides.assertSame(power);
    }
}
