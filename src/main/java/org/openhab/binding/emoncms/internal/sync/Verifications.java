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
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.eclipse.jdt.annotation.NonNullByDefault;
import org.eclipse.jdt.annotation.Nullable;
import org.openhab.binding.emoncms.internal.feed.FeedIdentity;
import org.openhab.binding.emoncms.internal.feed.ListedFeed;

/**
 * What was found when the points of feeds were compared, and which feeds are next. Any thread may request one; the rest
 * is of the worker thread. Nothing of it outlives the engine: after a restart every feed is compared anew.
 *
 * @author Emoncms add-on contributors - Initial contribution
 */
@NonNullByDefault
final class Verifications {

    /** Leaves time for a second go within the week. */
    private static final Duration PERIOD = Duration.ofDays(5);
    private static final Duration LEAST_PAUSE = Duration.ofHours(1);
    private static final Duration AFTER_FAILURE = Duration.ofDays(1);
    private static final Duration LONGEST_PUT_OFF = Duration.ofDays(1);

    /**
     * @param npoints that were compared
     * @param difference null if they are the same
     */
    private record Found(Instant at, int localId, int remoteId, long npoints, @Nullable Difference difference) {

        /** Whether it still is about these feeds. */
        boolean isOf(ListedFeed.Usable local, ListedFeed.Usable remote) {
            long least = difference == null ? npoints : difference.point() + 1;
            return local.id() == localId && remote.id() == remoteId && local.meta().npoints() >= least
                    && remote.meta().npoints() >= least;
        }
    }

    private final Clock clock;
    private final Instant start;
    private final Set<FeedIdentity> requested = new LinkedHashSet<>();
    private boolean all;
    /** Those of {@link #requested} that were requested all at once, and how that has gone so far. */
    private final Set<FeedIdentity> ofAll = new HashSet<>();
    private @Nullable SyncEvent endOfAll;
    private final Map<FeedIdentity, Found> found = new HashMap<>();
    /** When comparing a feed has failed. */
    private final Map<FeedIdentity, Instant> failures = new HashMap<>();
    /** Feeds that there is reason to doubt, as soon as so many of their points can be compared. */
    private final Map<FeedIdentity, Long> urgent = new HashMap<>();
    /** Those whose turn it is in this interval. */
    private final Deque<FeedIdentity> due = new ArrayDeque<>();
    private Instant unsupported = Instant.EPOCH;
    /** Until a comparison fails for lack of hashes, and again after the next that does not. */
    private boolean isSupported = true;
    private Instant lastChoice = Instant.EPOCH;

    Verifications(Clock clock) {
        this.clock = clock;
        start = clock.instant();
    }

    /**
     * @return false if it is already requested
     */
    synchronized boolean request(FeedIdentity feed) {
        return requested.add(feed);
    }

    /** Requests all watched feeds. */
    synchronized boolean requestAll() {
        boolean isNew = !all && ofAll.isEmpty();
        all = all || isNew;
        return isNew;
    }

    synchronized boolean isRequested(FeedIdentity feed) {
        return requested.contains(feed);
    }

    synchronized boolean hasRequests() {
        return all || !requested.isEmpty();
    }

    /**
     * The requested feeds, in the order of their requests; those of a request for all among them.
     *
     * @param hasIncomparable whether there are others that are on both sides
     */
    synchronized List<FeedIdentity> requested(Collection<FeedIdentity> comparable, boolean hasIncomparable) {
        if (all) {
            all = false;
            endOfAll = hasIncomparable ? SyncEvent.FAILED : SyncEvent.VERIFIED;
            ofAll.addAll(comparable);
            comparable.stream().sorted(FeedIdentity.ORDER).forEach(requested::add);
        }
        return List.copyOf(requested);
    }

    /**
     * How a request for all has ended, told once: VERIFIED, or else DIVERGED if feeds differ, or FAILED if some could
     * not be compared; null if none has.
     */
    synchronized @Nullable SyncEvent takeEndOfAll() {
        if (all || !ofAll.isEmpty()) {
            return null;
        }
        SyncEvent end = endOfAll;
        endOfAll = null;
        return end;
    }

    private synchronized boolean done(FeedIdentity feed, SyncEvent outcome) {
        if (ofAll.remove(feed) && outcome != SyncEvent.VERIFIED && endOfAll != SyncEvent.DIVERGED) {
            endOfAll = outcome;
        }
        return requested.remove(feed);
    }

    /**
     * Puts the feed before all others as soon as it can be compared so far.
     *
     * @param npoints how many points have to be settled
     */
    void doubt(FeedIdentity feed, long npoints) {
        urgent.merge(feed, npoints, Math::max);
    }

    /** As {@link #doubt}, of a feed that was never compared: some of its points may have been sent too early. */
    void doubtAtFirst(FeedIdentity feed, long npoints) {
        if (!found.containsKey(feed)) {
            doubt(feed, npoints);
        }
    }

    void forget(FeedIdentity feed) {
        found.remove(feed);
        failures.remove(feed);
    }

    /**
     * Chooses the feeds whose turn it is without a request, unless some of the last choice are left: at once those that
     * there is reason to doubt, now and then some of the others, so that a connection is not opened for each.
     *
     * @param comparable how many points of a feed can be compared
     * @param interval between two cycles
     */
    void chooseDue(Map<FeedIdentity, Long> comparable, Duration interval) {
        Instant now = clock.instant();
        if (!due.isEmpty() || isRecent(unsupported, now)) {
            return;
        }
        Duration pause = interval.compareTo(LEAST_PAUSE) > 0 ? interval : LEAST_PAUSE;
        boolean isTime = now.isBefore(lastChoice) || !now.isBefore(lastChoice.plus(pause).minus(interval.dividedBy(2)));
        List<FeedIdentity> candidates = new ArrayList<>(isTime ? comparable.keySet() : urgent.keySet());
        candidates.removeIf(feed -> !comparable.containsKey(feed) || !isDue(feed, comparable, now)
                || !isTime && !isUrgent(feed, comparable));
        candidates.sort(Comparator.comparing((FeedIdentity feed) -> !isUrgent(feed, comparable))
                .thenComparing(this::lastTime).thenComparing(FeedIdentity.ORDER));
        long share = (comparable.size() * sinceLastChoice(pause, now).toSeconds() + PERIOD.toSeconds() - 1)
                / PERIOD.toSeconds();
        long urgentOnes = candidates.stream().filter(feed -> isUrgent(feed, comparable)).count();
        long count = Math.min(candidates.size(), Math.max(1, Math.max(share, urgentOnes)));
        due.addAll(candidates.subList(0, (int) count));
        lastChoice = isTime ? now : lastChoice;
    }

    /** Longer than the pause where there was no time for comparisons, such as outside the upload window. */
    private Duration sinceLastChoice(Duration pause, Instant now) {
        if (lastChoice.equals(Instant.EPOCH) || now.isBefore(lastChoice.plus(pause))) {
            return pause;
        }
        Duration passed = Duration.between(lastChoice, now);
        return passed.compareTo(PERIOD) < 0 ? passed : PERIOD;
    }

    /** Whether there was no time to choose feeds for a day. */
    boolean isOverdue() {
        Instant now = clock.instant();
        Instant last = lastChoice.isAfter(start) ? lastChoice : start;
        return now.isBefore(last) || !now.isBefore(last.plus(LONGEST_PUT_OFF));
    }

    @Nullable
    FeedIdentity nextDue() {
        return due.poll();
    }

    boolean hasDue() {
        return !due.isEmpty();
    }

    private boolean isUrgent(FeedIdentity feed, Map<FeedIdentity, Long> comparable) {
        Long npoints = urgent.get(feed);
        return npoints != null && comparable.getOrDefault(feed, 0L) >= npoints;
    }

    private static boolean isRecent(Instant failure, Instant now) {
        return !now.isBefore(failure) && Duration.between(failure, now).compareTo(AFTER_FAILURE) < 0;
    }

    /** Whether the remote side has hashes, as far as is known. */
    boolean isSupported() {
        return isSupported;
    }

    /** Notes that the remote side has no hashes, so that it is asked again only after a while. */
    void unsupported() {
        unsupported = clock.instant();
        isSupported = false;
    }

    private Instant lastTime(FeedIdentity feed) {
        Found last = found.get(feed);
        return last == null ? Instant.EPOCH : last.at();
    }

    private boolean isDue(FeedIdentity feed, Map<FeedIdentity, Long> comparable, Instant now) {
        if (isRecent(failures.getOrDefault(feed, Instant.EPOCH), now)) {
            return false;
        }
        Found last = found.get(feed);
        return isUrgent(feed, comparable) || last == null || now.isBefore(last.at())
                || !now.isBefore(last.at().plus(PERIOD));
    }

    /**
     * @param difference null if the points are the same
     * @return whether it was requested
     */
    boolean found(ListedFeed.Usable local, ListedFeed.Usable remote, long npoints, @Nullable Difference difference) {
        FeedIdentity feed = local.identity();
        isSupported = true;
        found.put(feed, new Found(clock.instant(), local.id(), remote.id(), npoints, difference));
        failures.remove(feed);
        urgent.computeIfPresent(feed, (doubted, least) -> least <= npoints ? null : least);
        return done(feed, difference == null ? SyncEvent.VERIFIED : SyncEvent.DIVERGED);
    }

    /**
     * Puts off a feed that could not be compared.
     *
     * @return whether it was requested
     */
    boolean failed(FeedIdentity feed) {
        failures.put(feed, clock.instant());
        return done(feed, SyncEvent.FAILED);
    }

    /** Forgets what was found if the feeds have become other ones, or shorter. */
    Verification of(FeedIdentity feed, ListedFeed.@Nullable Usable local, ListedFeed.@Nullable Usable remote) {
        Found last = found.get(feed);
        if (last != null && local != null && remote != null && !last.isOf(local, remote)) {
            found.remove(feed);
            last = null;
        }
        boolean isRequested = isRequested(feed);
        if (last == null || local == null || remote == null) {
            return isRequested ? new Verification(null, null, true) : Verification.NONE;
        }
        return new Verification(last.difference() == null ? last.at() : null, last.difference(), isRequested);
    }
}
