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
import java.util.List;
import java.util.OptionalInt;

import org.eclipse.jdt.annotation.NonNullByDefault;
import org.eclipse.jdt.annotation.Nullable;
import org.openhab.binding.emoncms.internal.feed.FeedIdentity;
import org.openhab.binding.emoncms.internal.feed.FeedMeta;
import org.openhab.binding.emoncms.internal.feed.ListedFeed;
import org.openhab.binding.emoncms.internal.feed.Problem;
import org.openhab.binding.emoncms.internal.feed.ProblemException;
import org.openhab.binding.emoncms.internal.feed.ProblemKind;
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
    private final Clock clock;
    private final Instant start;
    private Instant lastReport = Instant.EPOCH;

    DownloadCycle(LocalFeedStore local, RemoteFeedStore remote, TwoSides sides, Downloads downloads, Reporter reporter,
            Clock clock) {
        this.local = local;
        this.remote = remote;
        this.sides = sides;
        this.downloads = downloads;
        this.reporter = reporter;
        this.clock = clock;
        start = clock.instant();
    }

    /**
     * @return false if there is more to download
     * @throws ProblemException if the server as a whole failed
     */
    boolean run(UploadCycle.Control control) throws ProblemException, InterruptedException {
        if (downloads.isEmpty()) {
            return true;
        }
        sides.book().refresh(remote);
        if (downloads.takeAll()) {
            sides.toDownload().forEach(downloads::request);
        }
        List<FeedIdentity> feeds = downloads.requested();
        feeds.forEach(sides::report);
        control.progress();
        for (FeedIdentity feed : feeds) {
            if (!goesOn(control)) {
                return false;
            }
            download(feed, control);
        }
        if (!downloads.isEmpty()) {
            return false;
        }
        reporter.event(downloads.takeFailed() ? SyncEvent.FAILED : SyncEvent.DOWNLOADED);
        return true;
    }

    private boolean goesOn(UploadCycle.Control control) {
        Instant now = clock.instant();
        return !control.isInterrupted() && !now.isBefore(start) && now.isBefore(start.plus(LONGEST));
    }

    private void download(FeedIdentity feed, UploadCycle.Control control)
            throws ProblemException, InterruptedException {
        try {
            if (isDone(feed, control)) {
                downloads.done(feed);
                sides.report(feed);
                reporter.event(feed, SyncEvent.DOWNLOADED);
            }
        } catch (ProblemException e) {
            failed(feed, e);
        }
    }

    private void failed(FeedIdentity feed, ProblemException e) throws ProblemException {
        ProblemKind kind = e.problem().kind();
        boolean isOver = isOfFeed(kind) || kind.remedy() == ProblemKind.Remedy.RETRY && !downloads.tryLater(feed);
        if (isOver) {
            downloads.failed(feed, e.problem());
            sides.report(feed);
            reporter.event(feed, SyncEvent.FAILED);
        }
        if (!isOfFeed(kind)) {
            throw e;
        }
    }

    /** Whether the failure is of this feed, and would be the same the next time. */
    private static boolean isOfFeed(ProblemKind kind) {
        return switch (kind) {
            case REFUSED, UNREADABLE_ANSWER, ANSWER_TOO_LONG, WRITE_FAILED -> true;
            default -> kind.remedy() == ProblemKind.Remedy.FIX;
        };
    }

    /**
     * @return whether the local feed has all points that the remote one had
     */
    private boolean isDone(FeedIdentity feed, UploadCycle.Control control)
            throws ProblemException, InterruptedException {
        Comparison comparison = sides.compare(feed);
        Problem problem = comparison.problem();
        if (problem != null) {
            throw new ProblemException(problem);
        }
        if (comparison.state() == SyncState.ABSENT) {
            throw new ProblemException(Problem.of(ProblemKind.FEED_ABSENT, feed));
        }
        LocalFeed localFeed = sides.local(feed);
        ListedFeed.Usable here = localFeed == null ? null : localFeed.feed();
        if (!(sides.book().get(feed) instanceof ListedFeed.Usable there)) {
            return true;
        }
        long firstPoint = here == null ? 0 : here.meta().npoints();
        if (here != null && firstPoint >= there.meta().npoints()) {
            return true;
        }
        FeedMeta meta = there.meta();
        DownloadPlan plan = new DownloadPlan(feed, there.engine(), there.unit(), meta.startTime(),
                meta.intervalSeconds(), firstPoint, here == null ? OptionalInt.empty() : OptionalInt.of(here.id()));
        return isDone(plan, here, there, control);
    }

    private boolean isDone(DownloadPlan plan, ListedFeed.@Nullable Usable here, ListedFeed.Usable there,
            UploadCycle.Control control) throws ProblemException, InterruptedException {
        FeedIdentity feed = plan.identity();
        try (StagedDownload staged = local.stage(plan, there.meta().npoints() - plan.firstPoint())) {
            long before = staged.npoints();
            try {
                sides.downloading(feed, plan.firstPoint() + before);
                boolean isWhole = new FeedDownload(local, here, remote, there, staged, npoints -> {
                    reportNowAndThen(feed, npoints);
                    return goesOn(control);
                }).run();
                if (isWhole) {
                    sides.downloaded(local.takeOver(staged));
                }
                return isWhole;
            } catch (ProblemException e) {
                if (isOfFeed(e.problem().kind())) {
                    staged.delete();
                } else if (staged.npoints() > before) {
                    downloads.gotOn(feed);
                }
                throw e;
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
