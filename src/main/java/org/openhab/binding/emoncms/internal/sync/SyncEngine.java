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
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
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
    private final Blame blame;

    // of any thread
    private final Set<FeedIdentity> requested = ConcurrentHashMap.newKeySet();
    private volatile boolean stopped;
    private volatile boolean paused;
    /** A cycle is due at once, or will be with {@link #start}. */
    private volatile boolean woken = true;
    private volatile boolean uploadRequested;
    private volatile boolean busy;

    // of the worker thread
    private @Nullable FeedStore remote;
    private @Nullable Future<?> next;
    private @Nullable Instant nextUpload;
    private @Nullable Hold hold;
    private boolean connected;
    private @Nullable Problem problem;

    private final UploadCycle.Control control = new UploadCycle.Control() {

        @Override
        public boolean isInterrupted() {
            return stopped || paused || woken;
        }

        @Override
        public void progress() {
            connected = true;
            report();
        }
    };

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
        blame = new Blame(parked, limits);
        backOff = new BackOff(settings.uploadInterval(), random);
        reporter = new Reporter(listener, () -> stopped);
    }

    /**
     * Starts the first cycle.
     *
     * @param delay before it; long enough for a request of another engine that was given up
     */
    public void start(boolean paused, Duration delay) {
        this.paused = paused;
        schedule(delay);
    }

    /** Reports the feed from now on, within seconds for the first time; also tries it again if it was parked. */
    public void watch(FeedIdentity feed, boolean upload) {
        watched.watch(feed, upload);
        requested.add(feed);
        if (!woken) {
            woken = true;
            schedule(WAKE_DELAY);
        }
    }

    public void unwatch(FeedIdentity feed) {
        watched.unwatch(feed);
        hand(() -> {
            blame.forget(feed);
            reporter.unwatch(feed);
            report();
        });
    }

    /** Compares both sides anew and uploads, without regard to schedule, pauses after failures and parked feeds. */
    public void uploadNow() {
        uploadRequested = true;
        woken = true;
        hand(this::runCycle);
    }

    /** Takes effect after the request that is under way. */
    public void setPaused(boolean paused) {
        this.paused = paused;
        hand(this::runCycle);
    }

    /** Whether a cycle is under way, and with it perhaps a request. */
    public boolean isBusy() {
        return busy;
    }

    /** The listener is told nothing more. The worker has to be shut down by its owner. */
    public void stop() {
        stopped = true;
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
        nextUpload = null;
        if (stopped) {
            return;
        }
        takeRequests();
        busy = true;
        try {
            Duration delay = cycle();
            if (delay != null) {
                next = schedule(delay);
                nextUpload = delay.isZero() ? null : clock.instant().plus(delay);
            }
            report();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            busy = false;
        }
    }

    private void takeRequests() {
        for (FeedIdentity feed : Set.copyOf(requested)) {
            requested.remove(feed);
            blame.forget(feed);
            reporter.forget(feed);
            book.distrust();
        }
        if (uploadRequested) {
            uploadRequested = false;
            blame.forgetAll();
            book.distrust();
            backOff.reset();
            Hold hold = this.hold;
            if (hold != null && hold.problem().kind().remedy() != ProblemKind.Remedy.WAIT) {
                this.hold = null;
            }
        }
    }

    /**
     * @return when to run the next one; null while paused
     */
    private @Nullable Duration cycle() throws InterruptedException {
        try {
            TwoSides sides = new TwoSides(LocalView.of(local, reader, watched.all()), book, parked, watched, reporter);
            sides.reportAll();
            if (paused) {
                return null;
            }
            Instant now = clock.instant();
            Hold hold = this.hold;
            if (hold != null && !hold.isOver(now)) {
                problem = hold.problem();
                return Duration.between(now, hold.until());
            }
            this.hold = null;
            return upload(sides);
        } catch (ProblemException e) {
            return failed(e.problem(), e);
        } catch (RuntimeException | Error e) {
            logger.error("Unexpected failure", e);
            return failed(Problem.of(ProblemKind.INTERNAL, e), e);
        }
    }

    private Duration upload(TwoSides sides) throws ProblemException, InterruptedException {
        FeedStore remote = this.remote;
        if (remote == null) {
            remote = access.open();
            this.remote = remote;
        }
        boolean done = new UploadCycle(local, remote, sides, limits, blame, reporter, clock).run(control);
        if (done || blame.isClear()) {
            connected = true;
            problem = null;
            backOff.reset();
        }
        Instant now = clock.instant();
        return done ? Duration.between(now, schedule.next(now)) : Duration.ZERO;
    }

    private @Nullable Duration failed(Problem problem, Throwable cause) {
        logger.debug("Cycle failed: {}", problem, cause);
        this.problem = problem;
        book.distrust();
        if (paused) {
            return null;
        }
        ProblemKind.Remedy remedy = problem.kind().remedy();
        if (remedy == ProblemKind.Remedy.ACT && remote != null) {
            // the key worked until now: prove it, or fetch another, before the user is told for long
            remote = null;
            return backOff.next(ProblemKind.Remedy.RETRY);
        }
        Duration delay = backOff.next(remedy);
        if (remedy == ProblemKind.Remedy.ACT || remedy == ProblemKind.Remedy.WAIT) {
            Instant now = clock.instant();
            hold = new Hold(problem, now, now.plus(delay));
        }
        return delay;
    }

    private void report() {
        reporter.server(problem, connected, paused, nextUpload);
    }
}
