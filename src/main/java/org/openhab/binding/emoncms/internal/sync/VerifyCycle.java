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
import java.util.Map;

import org.eclipse.jdt.annotation.NonNullByDefault;
import org.eclipse.jdt.annotation.Nullable;
import org.openhab.binding.emoncms.internal.feed.Engine;
import org.openhab.binding.emoncms.internal.feed.FeedIdentity;
import org.openhab.binding.emoncms.internal.feed.ListedFeed;
import org.openhab.binding.emoncms.internal.feed.Problem;
import org.openhab.binding.emoncms.internal.feed.ProblemException;
import org.openhab.binding.emoncms.internal.feed.ProblemKind;
import org.openhab.binding.emoncms.internal.store.FeedStore;
import org.openhab.binding.emoncms.internal.store.RemoteFeedStore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Compares the points of both sides: of the feeds for which that was requested, and in quiet times of a few others, so
 * that each has its turn within a week. That a comparison fails says nothing of the server: the next list does.
 *
 * @author Emoncms add-on contributors - Initial contribution
 */
@NonNullByDefault
final class VerifyCycle {

    private static final Duration LONGEST = Duration.ofSeconds(10);
    /** The share of a cycle that has other things to do. */
    private static final Duration LONGEST_BESIDE = Duration.ofSeconds(1);

    private final Logger logger = LoggerFactory.getLogger(VerifyCycle.class);

    private final FeedStore local;
    private final RemoteFeedStore remote;
    private final TwoSides sides;
    private final Verifications verifications;
    private final SentPoints sentPoints;
    private final Reporter reporter;
    private final Duration interval;
    private final Clock clock;
    private final Mending mending;
    private boolean hasCompared;
    /** Whether the server did not answer, so that the rest waits for the next cycle. */
    private boolean isLost;

    /**
     * @param interval between two cycles
     */
    VerifyCycle(FeedStore local, RemoteFeedStore remote, TwoSides sides, Verifications verifications,
            SentPoints sentPoints, Mending mending, Reporter reporter, Duration interval, Clock clock) {
        this.local = local;
        this.remote = remote;
        this.sides = sides;
        this.verifications = verifications;
        this.sentPoints = sentPoints;
        this.mending = mending;
        this.reporter = reporter;
        this.interval = interval;
        this.clock = clock;
    }

    /**
     * @param isOpen whether feeds may be compared that nobody has asked for
     * @param isQuiet whether there is nothing else to do; else only what is overdue is done, in a small share of time
     * @return false if comparisons are left
     * @throws ProblemException if the user has to do something about the account first
     */
    boolean run(UploadCycle.Control control, boolean isOpen, boolean isQuiet)
            throws ProblemException, InterruptedException {
        Instant start = clock.instant();
        Instant end = start.plus(LONGEST);
        Map<FeedIdentity, Long> comparable = sides.comparablePoints();
        List<FeedIdentity> requested = verifications.requested(comparable.keySet(), sides.hasIncomparable());
        for (FeedIdentity feed : requested) {
            if (control.isInterrupted() || clock.instant().isAfter(end)) {
                return false;
            }
            compareAndMend(feed);
        }
        SyncEvent outcome = verifications.takeEndOfAll();
        if (outcome != null) {
            reporter.event(outcome);
        }
        sides.remoteAhead().forEach(verifications::doubtAtFirst);
        sentPoints.retain(sides);
        if (!isOpen || !requested.isEmpty()) {
            return true;
        }
        return isQuiet ? compareDue(control, comparable, sentPoints.due(), end)
                : compareOverdue(control, comparable, start.plus(LONGEST_BESIDE));
    }

    /** An upload or a download that takes days would put this off for as long. */
    private boolean compareOverdue(UploadCycle.Control control, Map<FeedIdentity, Long> comparable, Instant end)
            throws ProblemException, InterruptedException {
        List<FeedIdentity> overdue = sentPoints.overdue();
        if (verifications.isOverdue()) {
            compareDue(control, comparable, overdue, end);
        } else {
            prove(control, overdue, end);
        }
        return true;
    }

    /**
     * @param sent the feeds of which points were sent that are to be looked at
     */
    private boolean compareDue(UploadCycle.Control control, Map<FeedIdentity, Long> comparable, List<FeedIdentity> sent,
            Instant end) throws ProblemException, InterruptedException {
        if (!prove(control, sent, end)) {
            return false;
        }
        if (isLost || control.batchBytes() == 0) {
            return true;
        }
        verifications.chooseDue(comparable, interval);
        for (FeedIdentity feed = verifications.nextDue(); feed != null; feed = verifications.nextDue()) {
            if (comparable.containsKey(feed)) {
                compareAndMend(feed);
            }
            if (isLost || control.batchBytes() == 0) {
                return true;
            }
            if (control.isInterrupted() || clock.instant().isAfter(end)) {
                return !verifications.hasDue();
            }
        }
        return true;
    }

    /**
     * @return false if some are left
     */
    private boolean prove(UploadCycle.Control control, List<FeedIdentity> feeds, Instant end)
            throws ProblemException, InterruptedException {
        for (FeedIdentity feed : feeds) {
            if (control.isInterrupted() || clock.instant().isAfter(end)) {
                return false;
            }
            if (control.batchBytes() == 0) {
                return true;
            }
            prove(feed);
            if (isLost) {
                return true;
            }
        }
        return true;
    }

    /** Finds out whether the start of the remote feed is what it was when it was continued. */
    private void prove(FeedIdentity feed) throws ProblemException, InterruptedException {
        try {
            if (isProven(feed)) {
                sentPoints.proven(feed);
            } else {
                sentPoints.tryLater(feed);
            }
        } catch (ProblemException e) {
            sentPoints.tryLater(feed);
            requireServer(e);
            failed(feed, e.problem());
        }
    }

    /**
     * @return false if it has to be looked at again
     */
    private boolean isProven(FeedIdentity feed) throws ProblemException, InterruptedException {
        LocalFeed here = sides.local(feed);
        if (here == null || !(sides.book().get(feed) instanceof ListedFeed.Usable there)
                || !verifications.isSupported()) {
            return false;
        }
        if (isFilledTimeSeries(there)) {
            return mending.mend(feed);
        }
        return sides.isComparable(feed)
                && (new FilledFeed(local, here.feed(), remote, there).startsTheSame() || isSameOrMended(feed));
    }

    /** Its first record, which says when the feed starts, is of zeros too. */
    private static boolean isFilledTimeSeries(ListedFeed.Usable there) {
        return there.engine() == Engine.PHPTIMESERIES && !there.meta().isEmpty() && there.meta().startTime() == 0;
    }

    private boolean isSameOrMended(FeedIdentity feed) throws ProblemException, InterruptedException {
        Boolean isSame = compare(feed);
        return isSame != null && (isSame || mending.mend(feed));
    }

    /** What cannot be mended now is looked at again with the next comparison. */
    private void compareAndMend(FeedIdentity feed) throws ProblemException, InterruptedException {
        try {
            isSameOrMended(feed);
        } catch (ProblemException e) {
            requireServer(e);
            logger.debug("{} was perhaps cleared: {}", feed, e.problem());
            isLost = isLost || OpenSlots.isOfServer(e.problem().kind());
        }
    }

    private static void requireServer(ProblemException e) throws ProblemException {
        ProblemKind.Remedy remedy = e.problem().kind().remedy();
        if (remedy == ProblemKind.Remedy.ACT || remedy == ProblemKind.Remedy.WAIT) {
            throw e;
        }
    }

    boolean hasCompared() {
        return hasCompared;
    }

    /**
     * @return whether the points are the same; null if they could not be compared
     */
    @Nullable
    Boolean compare(FeedIdentity feed) throws ProblemException, InterruptedException {
        LocalFeed here = sides.local(feed);
        if (here == null || !(sides.remoteWithoutOpen(feed) instanceof ListedFeed.Usable there)
                || !sides.isComparable(feed)) {
            failed(feed);
            return null;
        }
        long npoints = Math.min(here.settledPoints(), there.meta().npoints());
        boolean wasDiverged = sides.look(feed).verification().difference() != null;
        hasCompared = true;
        sides.verifying(feed);
        try {
            Difference difference = new FirstDifference(local, here.feed(), remote, there).find(npoints);
            boolean isRequested = verifications.found(here.feed(), there, npoints, difference);
            sides.verified(feed);
            if (difference != null && (isRequested || !wasDiverged)) {
                reporter.event(feed, SyncEvent.DIVERGED);
            } else if (difference == null && isRequested) {
                reporter.event(feed, SyncEvent.VERIFIED);
            }
            return difference == null;
        } catch (ProblemException e) {
            requireServer(e);
            failed(feed, e.problem());
            return null;
        } finally {
            sides.verified(feed);
        }
    }

    private void failed(FeedIdentity feed, Problem problem) {
        logger.debug("{} cannot be compared: {}", feed, problem);
        isLost = isLost || OpenSlots.isOfServer(problem.kind());
        if (problem.kind() == ProblemKind.DIGEST_UNSUPPORTED) {
            verifications.unsupported();
        } else if (problem.kind().remedy() == ProblemKind.Remedy.FIX) {
            sides.unreadable(feed, problem);
        }
        failed(feed);
    }

    private void failed(FeedIdentity feed) {
        boolean isRequested = verifications.failed(feed);
        sides.verified(feed);
        if (isRequested) {
            reporter.event(feed, SyncEvent.FAILED);
        }
    }
}
