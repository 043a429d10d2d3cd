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

import java.nio.ByteBuffer;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.OptionalInt;

import org.eclipse.jdt.annotation.NonNullByDefault;
import org.eclipse.jdt.annotation.Nullable;
import org.openhab.binding.emoncms.internal.feed.Engine;
import org.openhab.binding.emoncms.internal.feed.FeedIdentity;
import org.openhab.binding.emoncms.internal.feed.FeedMeta;
import org.openhab.binding.emoncms.internal.feed.ListedFeed;
import org.openhab.binding.emoncms.internal.feed.LittleEndian;
import org.openhab.binding.emoncms.internal.feed.Problem;
import org.openhab.binding.emoncms.internal.feed.ProblemException;
import org.openhab.binding.emoncms.internal.feed.ProblemKind;
import org.openhab.binding.emoncms.internal.feed.TimeSeriesRecord;
import org.openhab.binding.emoncms.internal.store.DownloadPlan;
import org.openhab.binding.emoncms.internal.store.LocalFeedStore;
import org.openhab.binding.emoncms.internal.store.RemoteFeedStore;
import org.openhab.binding.emoncms.internal.store.StagedDownload;

/**
 * Gets on with the requested downloads for a while. Each is of the points that the local feed lacks when it begins; it
 * becomes part of the local feed when all of them are there. A feed that fails holds back no other.
 *
 * @author Emoncms add-on contributors - Initial contribution
 */
@NonNullByDefault
final class DownloadCycle {

    /** A longer one is continued in a new cycle, so that uploads get their share. */
    private static final Duration LONGEST = Duration.ofSeconds(10);
    private static final Duration BETWEEN_REPORTS = Duration.ofSeconds(1);

    private final LocalFeedStore local;
    private final RemoteFeedStore remote;
    private final TwoSides sides;
    private final Downloads downloads;
    private final Reporter reporter;
    private final Settling settling;
    private final Clock clock;
    private final BackOff backOff;
    private final Instant start;
    private Instant lastReport = Instant.EPOCH;
    private boolean hasLost;
    private @Nullable SyncEvent end;

    DownloadCycle(LocalFeedStore local, RemoteFeedStore remote, TwoSides sides, Downloads downloads, BackOff backOff,
            Reporter reporter, Settling settling, Clock clock) {
        this.local = local;
        this.remote = remote;
        this.sides = sides;
        this.downloads = downloads;
        this.backOff = backOff;
        this.reporter = reporter;
        this.settling = settling;
        this.clock = clock;
        start = clock.instant();
    }

    /**
     * @return when to go on; null if there is nothing more to download
     * @throws ProblemException if the user has to do something about the account first
     */
    @Nullable
    Duration run(UploadCycle.Control control) throws ProblemException, InterruptedException {
        if (downloads.isEmpty()) {
            return null;
        }
        if (sides.book().refresh(remote)) {
            sides.reportAll();
        }
        control.progress();
        if (downloads.takeAll()) {
            downloads.requestOfAll(sides.toDownload());
        }
        List<FeedIdentity> feeds = downloads.requested();
        feeds.forEach(sides::report);
        control.progress();
        boolean isInTime = true;
        for (FeedIdentity feed : feeds) {
            isInTime = isInTime && goesOn(control);
            if (isInTime) {
                download(feed, control);
            }
        }
        if (downloads.isEmpty()) {
            backOff.reset();
            end = downloads.takeFailed() ? SyncEvent.FAILED : SyncEvent.DOWNLOADED;
            return null;
        }
        return isInTime && hasLost ? backOff.next(ProblemKind.Remedy.RETRY) : Duration.ZERO;
    }

    /** Tells that all downloads have ended, if they have; called when the feeds they have made are known. */
    void tellEnd() {
        SyncEvent end = this.end;
        if (end != null) {
            reporter.event(end);
        }
    }

    private boolean goesOn(UploadCycle.Control control) {
        Instant now = clock.instant();
        return !control.isInterrupted() && !now.isBefore(start) && now.isBefore(start.plus(LONGEST));
    }

    private void download(FeedIdentity feed, UploadCycle.Control control)
            throws ProblemException, InterruptedException {
        Problem obstacle = obstacle(feed);
        if (obstacle != null) {
            giveUp(feed, obstacle);
            return;
        }
        try {
            if (isDone(feed, control)) {
                FeedIdentity source = downloads.source(feed);
                downloads.done(feed);
                sides.report(feed);
                reporter.event(source, SyncEvent.DOWNLOADED);
            }
        } catch (ProblemException e) {
            failed(feed, e);
        }
    }

    private @Nullable Problem obstacle(FeedIdentity feed) {
        FeedIdentity source = downloads.source(feed);
        boolean isAbsent = source.equals(feed) ? sides.compare(feed).state() == SyncState.ABSENT
                : !(sides.book().get(source) instanceof ListedFeed.Usable);
        return isAbsent ? Problem.of(ProblemKind.FEED_ABSENT, source) : sides.compare(feed).problem();
    }

    private void giveUp(FeedIdentity feed, Problem problem) {
        FeedIdentity source = downloads.source(feed);
        downloads.failed(feed, problem);
        sides.report(feed);
        reporter.event(source, SyncEvent.FAILED);
    }

    private void failed(FeedIdentity feed, ProblemException e) throws ProblemException {
        ProblemKind kind = e.problem().kind();
        if (kind.remedy() == ProblemKind.Remedy.ACT || kind.remedy() == ProblemKind.Remedy.WAIT) {
            throw e;
        }
        if (isOfFeed(kind) || !downloads.tryLater(feed)) {
            giveUp(feed, e.problem());
        } else {
            hasLost = true;
        }
    }

    /** Whether the failure is of this feed, and would be the same the next time. */
    private static boolean isOfFeed(ProblemKind kind) {
        return switch (kind) {
            case REFUSED, UNREADABLE_ANSWER, ANSWER_TOO_LONG -> true;
            default -> kind.remedy() == ProblemKind.Remedy.FIX;
        };
    }

    /**
     * @return whether the local feed has all points that the remote one had
     */
    private boolean isDone(FeedIdentity feed, UploadCycle.Control control)
            throws ProblemException, InterruptedException {
        LocalFeed localFeed = sides.local(feed);
        ListedFeed.Usable here = localFeed == null ? null : localFeed.feed();
        if (!(sides.book().get(downloads.source(feed)) instanceof ListedFeed.Usable listed)) {
            return true;
        }
        long firstPoint = here == null ? 0 : here.meta().npoints();
        ListedFeed.Usable there = listed.withMeta(listed.meta().withPoints(settledPoints(listed)));
        if (here != null && firstPoint >= there.meta().npoints()) {
            return true;
        }
        FeedMeta meta = there.meta();
        DownloadPlan plan = new DownloadPlan(feed, there.engine(), there.unit(), meta.startTime(),
                meta.intervalSeconds(), firstPoint, here == null ? OptionalInt.empty() : OptionalInt.of(here.id()));
        return isDone(plan, here, there, control);
    }

    /** A point that may still change there would stay as it was here. */
    private long settledPoints(ListedFeed.Usable there) {
        FeedMeta meta = there.meta();
        boolean isPast = meta.startTime() <= clock.instant().getEpochSecond();
        return there.engine() == Engine.PHPFINA && isPast ? settling.points(meta, clock.instant()) : meta.npoints();
    }

    private boolean isDone(DownloadPlan plan, ListedFeed.@Nullable Usable here, ListedFeed.Usable there,
            UploadCycle.Control control) throws ProblemException, InterruptedException {
        FeedIdentity feed = plan.identity();
        try (StagedDownload staged = local.stage(plan, there.meta().npoints() - plan.firstPoint())) {
            long before = staged.npoints();
            try {
                sides.downloading(feed, plan.firstPoint() + before);
                FeedDownload download = new FeedDownload(local, here, remote, there, staged, npoints -> {
                    reportNowAndThen(feed, npoints);
                    return goesOn(control);
                });
                boolean isWhole = download.run();
                if (isWhole) {
                    sides.book().put(there.withMeta(download.remoteMeta()));
                    forgetYoungRecords(staged);
                    sides.downloaded(local.takeOver(staged));
                }
                return isWhole;
            } catch (ProblemException e) {
                if (isOfFeed(e.problem().kind())) {
                    staged.delete();
                } else if (staged.npoints() > before) {
                    downloads.gotOn(feed);
                    backOff.reset();
                }
                throw e;
            }
        }
    }

    private void forgetYoungRecords(StagedDownload staged) throws ProblemException, InterruptedException {
        ByteBuffer last = LittleEndian.allocate(TimeSeriesRecord.BYTES);
        boolean isYoung = staged.plan().engine() == Engine.PHPTIMESERIES;
        boolean isLast = true;
        while (isYoung && staged.npoints() > 0) {
            staged.read((staged.npoints() - 1) * TimeSeriesRecord.BYTES, last.clear());
            isYoung = !settling.isSettled(TimeSeriesRecord.read(last, 0).time(), isLast, clock.instant());
            if (isYoung) {
                staged.keep(staged.npoints() - 1);
                isLast = false;
            }
        }
    }

    private void reportNowAndThen(FeedIdentity feed, long npoints) {
        Instant now = clock.instant();
        if (Duration.between(lastReport, now).abs().compareTo(BETWEEN_REPORTS) >= 0) {
            lastReport = now;
            sides.downloading(feed, npoints);
        }
    }
}
