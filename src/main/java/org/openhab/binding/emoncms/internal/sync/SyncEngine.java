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
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;

import org.eclipse.jdt.annotation.NonNullByDefault;
import org.eclipse.jdt.annotation.Nullable;
import org.openhab.binding.emoncms.internal.feed.FeedIdentity;
import org.openhab.binding.emoncms.internal.store.LocalFeedStore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the watched feeds of a remote store the same as those of a local one: runs a {@link SyncCycle} at each time of
 * the schedule, at once on request, and again after a failure. All work is done by the one worker thread; the methods
 * only hand over.
 *
 * @author Emoncms add-on contributors - Initial contribution
 */
@NonNullByDefault
public final class SyncEngine {

    /** Lets a start with many feeds become one cycle. */
    private static final Duration WAKE_DELAY = Duration.ofMillis(300);
    private static final Duration AFTER_DEFECT = Duration.ofMinutes(1);

    private final Logger logger = LoggerFactory.getLogger(SyncEngine.class);

    private final ScheduledExecutorService worker;
    private final WatchedFeeds watched;
    private final Downloads downloads = new Downloads();
    private final Verifications verifications;
    private final Jobs jobs = new Jobs();
    private final Requests requests = new Requests();
    private final SyncCycle cycle;

    private volatile boolean stopped;
    private volatile boolean paused;
    /** A cycle is due at once, or will be with {@link #start}. */
    private volatile boolean woken = true;
    private volatile boolean busy;

    // of the worker thread
    private boolean started;
    private @Nullable Future<?> next;

    private final SyncCycle.Flags flags = new SyncCycle.Flags() {

        @Override
        public boolean isStopped() {
            return stopped;
        }

        @Override
        public boolean isPaused() {
            return paused;
        }

        @Override
        public boolean isWoken() {
            return woken;
        }
    };

    /**
     * @param clock its zone is that of the upload window, of days and of months
     * @param worker a single thread
     * @param meter asked by the worker
     */
    public SyncEngine(LocalFeedStore local, RemoteAccess access, SyncSettings settings, Clock clock,
            RandomGenerator random, ScheduledExecutorService worker, UsageMeter meter, SyncListener listener) {
        this.worker = worker;
        watched = new WatchedFeeds(settings.uploadPatterns());
        verifications = new Verifications(clock);
        cycle = new SyncCycle(local, access, settings, clock, random, requests, watched, downloads, verifications, jobs,
                flags, meter, listener);
    }

    /**
     * Starts the first cycle.
     *
     * @param delay before it; long enough for a request of another engine that was given up
     */
    public void start(boolean paused, Duration delay) {
        this.paused = paused;
        schedule(this::firstCycle, delay);
    }

    /** Whatever was requested before had to wait for it. */
    private void firstCycle() {
        started = true;
        runCycle();
    }

    /** Reports the feed from now on, within seconds for the first time; also tries it again if it was parked. */
    public void watch(FeedIdentity feed, boolean upload) {
        watched.watch(feed, upload);
        requests.feed(feed);
        if (!woken) {
            woken = true;
            schedule(this::runCycle, WAKE_DELAY);
        }
    }

    public void unwatch(FeedIdentity feed) {
        watched.unwatch(feed);
        hand(() -> cycle.unwatch(feed));
    }

    /** Compares both sides anew and uploads, without regard to schedule, pauses after failures and parked feeds. */
    public void uploadNow() {
        requests.upload();
        wake();
    }

    /** As {@link #uploadNow}; this feed also if it is not selected for upload. */
    public void uploadNow(FeedIdentity feed) {
        watched.uploadOnce(feed);
        uploadNow();
    }

    /**
     * Downloads the points that the local feed lacks, once, also while paused.
     *
     * @return false if that is already requested
     */
    public boolean download(FeedIdentity feed) {
        return wakeFor(downloads.request(feed));
    }

    /**
     * Downloads every feed that is only remote or ahead there, once, also while paused.
     *
     * @return false if that is already requested
     */
    public boolean downloadAll() {
        return wakeFor(downloads.requestAll());
    }

    /**
     * Compares all points of the feed on both sides, once, also while paused.
     *
     * @return false if that is already requested
     */
    public boolean verify(FeedIdentity feed) {
        return wakeFor(verifications.request(feed));
    }

    /**
     * Compares all points of every watched feed, once, also while paused.
     *
     * @return false if that is already requested
     */
    public boolean verifyAll() {
        return wakeFor(verifications.requestAll());
    }

    /**
     * Makes the remote points that differ equal to the local ones.
     *
     * @param dryRun whether it is only said what would be changed
     * @return fails with a {@link org.openhab.binding.emoncms.internal.feed.ProblemException} if that is not possible
     */
    public CompletableFuture<JobReport> repair(FeedIdentity feed, boolean dryRun) {
        return add(new Repair(feed, dryRun));
    }

    /** As {@link #repair}; has the feed uploaded anew and keeps the remote one under another name. */
    public CompletableFuture<JobReport> recreateRemote(FeedIdentity feed, boolean dryRun) {
        return add(new RemoteRecreation(feed, dryRun));
    }

    /** As {@link #repair}; downloads the remote feed to a new local one. */
    public CompletableFuture<JobReport> downloadToNewFeed(FeedIdentity feed, boolean dryRun) {
        return add(new DownloadToNewFeed(feed, dryRun));
    }

    private CompletableFuture<JobReport> add(FeedJob job) {
        CompletableFuture<JobReport> report = jobs.add(job);
        wake();
        if (stopped) {
            report.cancel(false);
        }
        return report;
    }

    private boolean wakeFor(boolean isNew) {
        if (isNew) {
            requests.download();
            wake();
        }
        return isNew;
    }

    /**
     * Looks at both sides, also while paused.
     *
     * @return fails with a {@link org.openhab.binding.emoncms.internal.feed.ProblemException} if that is not possible
     */
    public CompletableFuture<Map<FeedIdentity, KnownFeed>> look() {
        CompletableFuture<Map<FeedIdentity, KnownFeed>> look = requests.look();
        wake();
        if (stopped) {
            look.cancel(false);
        }
        return look;
    }

    /** Whether both sides were seen since the start. */
    public boolean hasLooked() {
        return cycle.known().hasLooked();
    }

    /** All feeds of both sides, as they were last seen. */
    public Set<FeedIdentity> known() {
        return cycle.known().feeds().keySet();
    }

    /** What was said of the feed last; null if nothing was, since both sides lack it or were not seen yet. */
    public @Nullable FeedReport report(FeedIdentity feed) {
        return cycle.known().report(feed);
    }

    /** Takes effect after the request that is under way. */
    public void setPaused(boolean paused) {
        this.paused = paused;
        hand(this::runCycle);
    }

    public boolean isPaused() {
        return paused;
    }

    /** Whether a cycle is under way, and with it perhaps a request. */
    public boolean isBusy() {
        return busy;
    }

    /** The listener is told nothing more. The worker has to be shut down by its owner. */
    public void stop() {
        stopped = true;
        requests.takeLooks().forEach(look -> look.cancel(false));
        jobs.cancel();
    }

    private void wake() {
        woken = true;
        hand(this::runCycle);
    }

    private void hand(Runnable task) {
        try {
            worker.execute(task);
        } catch (RejectedExecutionException e) {
            logger.trace("Stopped");
        }
    }

    private @Nullable Future<?> schedule(Runnable cycle, Duration delay) {
        try {
            return worker.schedule(cycle, delay.toNanos(), TimeUnit.NANOSECONDS);
        } catch (RejectedExecutionException e) {
            logger.trace("Stopped");
            return null;
        }
    }

    private void runCycle() {
        if (!started) {
            return;
        }
        woken = false;
        Future<?> scheduled = next;
        if (scheduled != null) {
            scheduled.cancel(false);
        }
        if (stopped) {
            return;
        }
        busy = true;
        try {
            Duration delay = cycle.run();
            if (delay != null) {
                next = schedule(this::runCycle, delay);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            logger.error("Unexpected failure", e);
            next = schedule(this::runCycle, AFTER_DEFECT);
        } finally {
            busy = false;
        }
    }
}
