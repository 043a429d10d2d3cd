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
import java.util.Map;
import java.util.function.IntSupplier;
import java.util.random.RandomGenerator;

import org.eclipse.jdt.annotation.NonNullByDefault;
import org.eclipse.jdt.annotation.Nullable;
import org.openhab.binding.emoncms.internal.feed.FeedIdentity;
import org.openhab.binding.emoncms.internal.feed.Problem;
import org.openhab.binding.emoncms.internal.feed.ProblemException;
import org.openhab.binding.emoncms.internal.feed.ProblemKind;
import org.openhab.binding.emoncms.internal.store.LocalFeedStore;
import org.openhab.binding.emoncms.internal.store.RemoteFeedStore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the worker thread does again and again: looks at both sides, uploads, downloads what was requested, and says
 * when it wants to be called again. What it learned in earlier cycles is kept here.
 *
 * @author Emoncms add-on contributors - Initial contribution
 */
@NonNullByDefault
final class SyncCycle {

    /** What other threads may have changed meanwhile. */
    interface Flags {

        boolean isStopped();

        boolean isPaused();

        /** Whether another cycle is due at once. */
        boolean isWoken();
    }

    private record Control(Flags flags, boolean endsWithPause, IntSupplier mostBytes,
            Runnable onProgress) implements UploadCycle.Control {

        @Override
        public int batchBytes() {
            return mostBytes.getAsInt();
        }

        @Override
        public boolean isInterrupted() {
            return flags.isStopped() || flags.isWoken() || endsWithPause && flags.isPaused();
        }

        @Override
        public void progress() {
            onProgress.run();
        }
    }

    /** A longer one is continued in a new cycle, so that uploads get their share. */
    private static final Duration LONGEST_JOB = Duration.ofSeconds(10);

    private final Logger logger = LoggerFactory.getLogger(SyncCycle.class);

    private final LocalFeedStore local;
    private final RemoteAccess access;
    private final SyncSettings settings;
    private final UploadSchedule schedule;
    private final Clock clock;
    private final Requests requests;
    private final WatchedFeeds watched;
    private final Downloads downloads;
    private final Verifications verifications;
    private final Jobs jobs;
    private final OpenSlots openSlots;
    private final Flags flags;
    private final SyncListener listener;
    private final LocalFeedReader reader;
    private final RemoteBook book;
    private final SentPoints sentPoints;
    private final ParkedFeeds parked;
    private final BatchLimits limits;
    private final Blame blame;
    private final UploadGate gate;
    private final UsageMeter meter;
    private final BackOff backOff;
    private final BackOff downloadBackOff;
    private final Reporter reporter;

    private final KnownFeeds known = new KnownFeeds();
    private final DefectLog defects;
    private final UploadEvents uploadEvents;
    private @Nullable RemoteFeedStore remote;
    private @Nullable Hold hold;
    private @Nullable Problem problem;
    private @Nullable Instant nextUpload;
    /** Why nothing is uploaded without a request; null while it is. */
    private UploadGate.@Nullable Closed closed;
    private boolean connected;

    SyncCycle(LocalFeedStore local, RemoteAccess access, SyncSettings settings, Clock clock, RandomGenerator random,
            Requests requests, WatchedFeeds watched, Downloads downloads, Verifications verifications, Jobs jobs,
            Flags flags, UsageMeter meter, SyncListener listener) {
        this.local = local;
        this.access = access;
        this.clock = clock;
        this.requests = requests;
        this.watched = watched;
        this.downloads = downloads;
        this.verifications = verifications;
        this.jobs = jobs;
        openSlots = new OpenSlots(settings.uploadsOpenSlots(), clock);
        this.settings = settings;
        this.flags = flags;
        this.meter = meter;
        gate = new UploadGate(settings, meter, clock);
        this.listener = listener;
        schedule = new UploadSchedule(settings.uploadInterval(), settings.phase());
        reader = new LocalFeedReader(local, clock, settings.settling());
        book = new RemoteBook(clock, settings.uploadInterval());
        sentPoints = new SentPoints(verifications, clock);
        parked = new ParkedFeeds(clock, settings.uploadInterval());
        limits = new BatchLimits(settings.batchBytes());
        blame = new Blame(parked, limits);
        backOff = new BackOff(settings.uploadInterval(), random);
        downloadBackOff = new BackOff(settings.uploadInterval(), random);
        reporter = new Reporter(listener, flags::isStopped, downloads, known);
        uploadEvents = new UploadEvents(reporter, watched);
        defects = new DefectLog(clock);
    }

    /** May be read by any thread. */
    KnownFeeds known() {
        return known;
    }

    void unwatch(FeedIdentity feed) {
        blame.forget(feed);
        reporter.unwatch(feed);
        report();
    }

    private void report() {
        UploadGate.Closed closed = this.closed;
        reporter.server(problem, connected, flags.isPaused(), nextUpload, meter.usage(),
                closed != null && closed.isBudget() ? closed.until() : null);
    }

    /**
     * @return when to call again; null while paused
     */
    @Nullable
    Duration run() throws InterruptedException {
        nextUpload = null;
        takeRequests();
        try {
            Duration delay = cycle();
            nextUpload = delay == null || delay.isZero() ? null : nextUpload(clock.instant().plus(delay));
            report();
            meter.cycleEnded(delay);
            return delay;
        } catch (InterruptedException e) {
            known.cancel();
            jobs.cancel();
            throw e;
        }
    }

    private Instant nextUpload(Instant nextCycle) {
        UploadGate.Closed closed = this.closed;
        return closed != null && closed.until().isAfter(nextCycle) ? closed.until() : nextCycle;
    }

    private void takeRequests() {
        for (FeedIdentity feed : requests.takeFeeds()) {
            blame.forget(feed);
            reporter.forget(feed);
            book.distrust();
        }
        known.await(requests.takeLooks());
        if (requests.takeDownload() || known.isAwaited()) {
            book.distrust();
        }
        if (requests.takeUpload()) {
            uploadEvents.request();
            blame.forgetAll();
            book.distrust();
            backOff.reset();
            Hold hold = this.hold;
            if (hold != null && hold.problem().kind().remedy() != ProblemKind.Remedy.WAIT) {
                this.hold = null;
            }
        }
    }

    private @Nullable Duration cycle() throws InterruptedException {
        TwoSides sides = null;
        try {
            sides = new TwoSides(LocalView.of(local, reader, watched), book, parked, watched, downloads, verifications,
                    openSlots, reporter);
            sides.reportAll();
            if (flags.isPaused() && isIdle()) {
                problem = null;
                return null;
            }
            Instant now = clock.instant();
            Hold hold = this.hold;
            if (hold != null && !hold.isOver(now)) {
                boolean isNews = problem == null;
                problem = hold.problem();
                giveUp(sides, hold.problem(), isNews);
                return Duration.between(now, hold.until());
            }
            this.hold = null;
            closed = gate.closed();
            if (!mayUpload() && isIdle() && (problem == null && book.isKnown() || isBudgetSpent())) {
                problem = null;
                return untilNextLook();
            }
            return synchronise(sides);
        } catch (ProblemException e) {
            return failed(sides, e.problem(), e);
        } catch (RuntimeException | Error e) {
            defects.add(e);
            return failed(sides, Problem.of(ProblemKind.INTERNAL, e), e);
        }
    }

    private boolean mayUpload() {
        return closed == null || uploadEvents.isRequested();
    }

    private boolean isBudgetSpent() {
        UploadGate.Closed closed = this.closed;
        return closed != null && closed.isBudget();
    }

    /** The local feeds are looked at all the same. */
    private Duration untilNextLook() {
        Instant now = clock.instant();
        Instant next = schedule.next(now);
        UploadGate.Closed closed = this.closed;
        return Duration.between(now, closed != null && closed.until().isBefore(next) ? closed.until() : next);
    }

    /** Whether nobody has asked for anything but uploads. */
    private boolean isIdle() {
        return downloads.isEmpty() && !known.isAwaited() && jobs.isEmpty() && !verifications.hasRequests();
    }

    private @Nullable Duration synchronise(TwoSides sides) throws ProblemException, InterruptedException {
        RemoteFeedStore remote = this.remote;
        if (remote == null) {
            remote = access.open();
            this.remote = remote;
        }
        boolean isUploaded = upload(sides, remote);
        Control control = new Control(flags, false, this::batchBytes, this::progress);
        DownloadCycle download = new DownloadCycle(local, remote, sides, downloads, downloadBackOff, reporter,
                settings.settling(), clock);
        Duration downloadDelay = download.run(control);
        publish(sides);
        download.tellEnd();
        boolean isDone = doRequested(sides, remote, control, isUploaded && downloadDelay == null) && isUploaded;
        Duration uploadDelay = !isDone ? Duration.ZERO : flags.isPaused() ? null : untilNextLook();
        return uploadDelay == null || downloadDelay != null && downloadDelay.compareTo(uploadDelay) < 0 ? downloadDelay
                : uploadDelay;
    }

    /**
     * @return false if something is left to do at once
     */
    private boolean doRequested(TwoSides sides, RemoteFeedStore remote, Control control, boolean isQuiet)
            throws ProblemException, InterruptedException {
        boolean isUploading = !flags.isPaused() && closed == null;
        VerifyCycle verify = new VerifyCycle(local, remote, sides, verifications, sentPoints,
                new Mending(local, remote, sides, verifications, sentPoints, isUploading), reporter,
                settings.uploadInterval(), clock);
        Instant end = clock.instant().plus(LONGEST_JOB);
        boolean hadJobs = !jobs.isEmpty();
        boolean isDone = jobs.run(new FeedJob.Context(local, remote, sides, verify, verifications, watched, downloads,
                clock, () -> !control.isInterrupted() && clock.instant().isBefore(end), flags::isPaused), reporter);
        boolean isVerified = verify.run(control, isUploading, isQuiet && !hadJobs);
        if (hadJobs || verify.hasCompared()) {
            publish(sides);
        }
        return isVerified && isDone && !hadJobs;
    }

    private int batchBytes() {
        closed = gate.closed();
        return mayUpload() ? closed == null ? gate.batchBytes() : Integer.MAX_VALUE : 0;
    }

    private void progress() {
        connected = true;
        report();
    }

    /**
     * @return false if there is more to upload
     */
    private boolean upload(TwoSides sides, RemoteFeedStore remote) throws ProblemException, InterruptedException {
        if (flags.isPaused() || !mayUpload()) {
            book.refresh(remote);
            connected = true;
            problem = null;
            sides.reportAll();
            return true;
        }
        uploadEvents.begin();
        boolean isDone = new UploadCycle(local, remote, sides, openSlots, limits, blame, sentPoints, reporter, clock)
                .run(new Control(flags, true, this::batchBytes, this::progress));
        if (isDone || blame.isClear()) {
            connected = true;
            problem = null;
            backOff.reset();
        }
        if (isDone) {
            uploadEvents.uploaded(sides);
        }
        return isDone;
    }

    private void publish(TwoSides sides) {
        Map<FeedIdentity, KnownFeed> seen = sides.all();
        known.publish(seen);
        if (!flags.isStopped()) {
            listener.feedsKnown(seen);
        }
    }

    private @Nullable Duration failed(@Nullable TwoSides sides, Problem problem, Throwable cause) {
        logger.debug("Cycle failed: {}", problem, cause);
        book.distrust();
        known.fail(problem);
        jobs.fail(problem, reporter);
        boolean isNews = this.problem == null;
        this.problem = problem;
        uploadEvents.failed(isNews);
        ProblemKind.Remedy remedy = problem.kind().remedy();
        if (remedy == ProblemKind.Remedy.ACT && remote != null) {
            // the key worked until now: prove it, or fetch another, before the user is told for long
            remote = null;
            return gate.pause(backOff.next(ProblemKind.Remedy.RETRY));
        }
        giveUp(sides, problem, isNews);
        Duration delay = backOff.next(remedy);
        if (remedy == ProblemKind.Remedy.ACT || remedy == ProblemKind.Remedy.WAIT) {
            Instant now = clock.instant();
            hold = new Hold(problem, now, now.plus(delay));
        } else {
            delay = gate.pause(delay);
        }
        return flags.isPaused() && isIdle() ? null : delay;
    }

    /**
     * Nobody is to wait for what needs the user first.
     *
     * @param isNews whether the next report tells of the problem
     */
    private void giveUp(@Nullable TwoSides sides, Problem problem, boolean isNews) {
        known.fail(problem);
        jobs.fail(problem, reporter);
        if (problem.kind().remedy() != ProblemKind.Remedy.ACT) {
            return;
        }
        boolean hasFailed = downloads.takeAll();
        for (FeedIdentity feed : downloads.requested()) {
            downloads.failed(feed, problem);
            if (sides != null) {
                sides.report(feed);
            }
            reporter.event(feed, SyncEvent.FAILED);
        }
        if ((downloads.takeFailed() || hasFailed) && !isNews) {
            reporter.event(SyncEvent.FAILED);
        }
    }
}
