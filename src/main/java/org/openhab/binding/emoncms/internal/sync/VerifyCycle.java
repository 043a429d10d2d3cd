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
import java.util.OptionalLong;

import org.eclipse.jdt.annotation.NonNullByDefault;
import org.eclipse.jdt.annotation.Nullable;
import org.openhab.binding.emoncms.internal.feed.Engine;
import org.openhab.binding.emoncms.internal.feed.FeedIdentity;
import org.openhab.binding.emoncms.internal.feed.FeedMeta;
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

    private final Logger logger = LoggerFactory.getLogger(VerifyCycle.class);

    private final FeedStore local;
    private final RemoteFeedStore remote;
    private final TwoSides sides;
    private final Verifications verifications;
    private final SentPoints sentPoints;
    private final Reporter reporter;
    private final Duration interval;
    private final Clock clock;
    private boolean hasCompared;

    /**
     * @param interval between two cycles
     */
    VerifyCycle(FeedStore local, RemoteFeedStore remote, TwoSides sides, Verifications verifications,
            SentPoints sentPoints, Reporter reporter, Duration interval, Clock clock) {
        this.local = local;
        this.remote = remote;
        this.sides = sides;
        this.verifications = verifications;
        this.sentPoints = sentPoints;
        this.reporter = reporter;
        this.interval = interval;
        this.clock = clock;
    }

    /**
     * @param isQuiet whether there is time for feeds that nobody has asked for
     * @return false if comparisons are left
     * @throws ProblemException if the user has to do something about the account first
     */
    boolean run(UploadCycle.Control control, boolean isQuiet) throws ProblemException, InterruptedException {
        Instant end = clock.instant().plus(LONGEST);
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
        if (!isQuiet || !requested.isEmpty()) {
            return true;
        }
        for (FeedIdentity feed : sentPoints.due()) {
            if (control.isInterrupted() || clock.instant().isAfter(end)) {
                return false;
            }
            prove(feed);
        }
        verifications.chooseDue(comparable, interval);
        for (FeedIdentity feed = verifications.nextDue(); feed != null; feed = verifications.nextDue()) {
            if (comparable.containsKey(feed)) {
                compareAndMend(feed);
            }
            if (control.isInterrupted() || clock.instant().isAfter(end)) {
                return !verifications.hasDue();
            }
        }
        return true;
    }

    /** Finds out whether the start of the remote feed is what it was when it was continued. */
    private void prove(FeedIdentity feed) throws ProblemException, InterruptedException {
        LocalFeed here = sides.local(feed);
        if (here == null || !(sides.book().get(feed) instanceof ListedFeed.Usable there)
                || !verifications.isSupported()) {
            sentPoints.tryLater(feed);
            return;
        }
        try {
            if (isFilledTimeSeries(there)) {
                mend(here, there);
            } else if (!sides.isComparable(feed)) {
                sentPoints.tryLater(feed);
                return;
            } else if (!new FilledFeed(local, here.feed(), remote, there).startsTheSame()) {
                compareAndMend(feed);
            }
            sentPoints.proven(feed);
        } catch (ProblemException e) {
            requireServer(e);
            failed(feed, e.problem());
            sentPoints.tryLater(feed);
        }
    }

    /** Its first record, which says when the feed starts, is of zeros too. */
    private static boolean isFilledTimeSeries(ListedFeed.Usable there) {
        return there.engine() == Engine.PHPTIMESERIES && !there.meta().isEmpty() && there.meta().startTime() == 0;
    }

    private void compareAndMend(FeedIdentity feed) throws ProblemException, InterruptedException {
        if (!Boolean.FALSE.equals(compare(feed))) {
            return;
        }
        LocalFeed here = sides.local(feed);
        if (here == null || !(sides.book().get(feed) instanceof ListedFeed.Usable there)) {
            return;
        }
        try {
            mend(here, there);
        } catch (ProblemException e) {
            requireServer(e);
            logger.debug("{} was perhaps cleared: {}", feed, e.problem());
        }
    }

    /** Has a feed uploaded from its start that was cleared and then continued. */
    private void mend(LocalFeed here, ListedFeed.Usable there) throws ProblemException, InterruptedException {
        OptionalLong firstSent = sentPoints.firstPoint(there);
        if (firstSent.isPresent() && here.settledPoints() >= there.meta().npoints()
                && new FilledFeed(local, here.feed(), remote, there).isNothingButZerosAndOurs(firstSent.getAsLong())) {
            logger.debug("{} was cleared while it was continued, and is uploaded from its start", there.identity());
            remote.clear(there);
            sides.book().put(there.withMeta(new FeedMeta(0, there.meta().intervalSeconds(), 0)));
            verifications.forget(there.identity());
            sides.report(there.identity());
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
        if (problem.kind() == ProblemKind.DIGEST_UNSUPPORTED) {
            verifications.unsupported();
        } else if (problem.kind().remedy() == ProblemKind.Remedy.FIX) {
            sides.unreadable(feed, problem);
        }
        failed(feed);
    }

    private void failed(FeedIdentity feed) {
        if (verifications.failed(feed)) {
            reporter.event(feed, SyncEvent.FAILED);
        }
    }
}
