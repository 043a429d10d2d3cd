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

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;

import org.eclipse.jdt.annotation.NonNullByDefault;
import org.eclipse.jdt.annotation.Nullable;
import org.openhab.binding.emoncms.internal.feed.FeedIdentity;
import org.openhab.binding.emoncms.internal.feed.Problem;
import org.openhab.binding.emoncms.internal.feed.ProblemException;
import org.openhab.binding.emoncms.internal.feed.ProblemKind;
import org.openhab.binding.emoncms.internal.store.FeedStore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the watched feeds of a remote store the same as those of a local one: runs an {@link UploadCycle} at each time
 * of the schedule, at once on request, and again after a failure. All work is done by the one worker thread; the
 * methods only hand over.
 *
 * @author Emoncms add-on contributors - Initial contribution
 */
@NonNullByDefault
public final class SyncEngine {

    /** Lets a start with many feeds become one cycle. */
    private static final Duration WAKE_DELAY = Duration.ofMillis(300);

    private final Logger logger = LoggerFactory.getLogger(SyncEngine.class);

    private final FeedStore local;
    private final RemoteAccess access;
    private final UploadSchedule schedule;
    private final Clock clock;
    private final ScheduledExecutorService worker;
    private final WatchedFeeds watched = new WatchedFeeds();
    private final LocalFeedReader reader;
    private final RemoteBook book;
    private final ParkedFeeds parked;
    private final BatchLimits limits;
    private final BackOff backOff;
    private final Reporter reporter;

    private volatile boolean stopped;
    private volatile boolean paused;
    private volatile boolean woken;

    // of the worker thread
    private @Nullable FeedStore remote;
    private @Nullable Future<?> next;
    private boolean connected;
    private @Nullable Problem problem;

    /**
     * @param worker a single thread
     */
    public SyncEngine(FeedStore local, RemoteAccess access, SyncSettings settings, Clock clock, RandomGenerator random,
            ScheduledExecutorService worker, SyncListener listener) {
        this.local = local;
        this.access = access;
        this.clock = clock;
        this.worker = worker;
        schedule = new UploadSchedule(settings.uploadInterval(), settings.phase());
        reader = new LocalFeedReader(local, clock, SyncSettings.SETTLE_GRACE);
        book = new RemoteBook(clock);
        parked = new ParkedFeeds(clock, settings.uploadInterval());
        limits = new BatchLimits(settings.batchBytes());
        backOff = new BackOff(settings.uploadInterval(), random);
        reporter = new Reporter(listener);
    }

    /** Starts the first cycle. */
    public void start(boolean paused) {
        this.paused = paused;
        wake();
    }

    /** Reports the feed from now on, within seconds for the first time; also tries it again if it was parked. */
    public void watch(FeedIdentity feed, boolean upload) {
        watched.watch(feed, upload);
        hand(() -> {
            parked.release(feed);
            reporter.forget(feed);
        });
        wake();
    }

    public void unwatch(FeedIdentity feed) {
        watched.unwatch(feed);
        hand(() -> reporter.forget(feed));
    }

    /** Compares both sides anew and uploads, without regard to schedule, pauses after failures and parked feeds. */
    public void uploadNow() {
        woken = true;
        hand(() -> {
            book.distrust();
            parked.releaseAll();
            backOff.reset();
            runCycle();
        });
    }

    /** Takes effect after the request that is under way. */
    public void setPaused(boolean paused) {
        this.paused = paused;
        hand(this::runCycle);
    }

    /** The listener is told nothing more. The worker has to be shut down by its owner. */
    public void stop() {
        stopped = true;
    }

    private void wake() {
        if (!woken) {
            woken = true;
            schedule(WAKE_DELAY);
        }
    }

    private void hand(Runnable task) {
        try {
            worker.execute(task);
        } catch (RejectedExecutionException e) {
            logger.trace("Stopped");
        }
    }

    private @Nullable Future<?> schedule(Duration delay) {
        try {
            return worker.schedule(this::runCycle, delay.toMillis(), TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException e) {
            logger.trace("Stopped");
            return null;
        }
    }

    private void runCycle() {
        woken = false;
        Future<?> scheduled = next;
        if (scheduled != null) {
            scheduled.cancel(false);
        }
        if (stopped) {
            return;
        }
        if (paused) {
            report(null);
            return;
        }
        try {
            Duration delay = cycle();
            if (!stopped) {
                next = schedule(delay);
                report(delay.isZero() ? null : clock.instant().plus(delay));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /**
     * @return when to run the next one
     */
    private Duration cycle() throws InterruptedException {
        try {
            boolean done = connectAndUpload();
            if (problem != null) {
                logger.debug("In reach again");
            }
            connected = true;
            problem = null;
            backOff.reset();
            Instant now = clock.instant();
            return done ? Duration.between(now, schedule.next(now)) : Duration.ZERO;
        } catch (ProblemException e) {
            return failed(e.problem(), e);
        } catch (RuntimeException e) {
            logger.error("Unexpected failure", e);
            return failed(Problem.of(ProblemKind.INTERNAL, e), e);
        }
    }

    private Duration failed(Problem problem, Exception cause) {
        logger.debug("Cycle failed: {}", problem, cause);
        this.problem = problem;
        book.distrust();
        if (problem.kind().remedy() == ProblemKind.Remedy.ACT) {
            remote = null;
        }
        return backOff.next(problem.kind().remedy());
    }

    private boolean connectAndUpload() throws ProblemException, InterruptedException {
        TwoSides sides = new TwoSides(LocalView.of(local, reader, watched.all()), book, parked, watched, reporter);
        sides.reportAll();
        FeedStore remote = this.remote;
        if (remote == null) {
            remote = access.open();
            this.remote = remote;
        }
        return new UploadCycle(local, remote, sides, limits, reporter, clock).run(() -> stopped || paused || woken);
    }

    private void report(@Nullable Instant nextUpload) {
        reporter.server(problem, connected, paused, nextUpload);
    }
}
