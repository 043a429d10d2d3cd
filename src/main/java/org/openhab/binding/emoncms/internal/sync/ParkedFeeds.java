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
import java.util.HashMap;
import java.util.Map;

import org.eclipse.jdt.annotation.NonNullByDefault;
import org.eclipse.jdt.annotation.Nullable;
import org.openhab.binding.emoncms.internal.feed.FeedIdentity;
import org.openhab.binding.emoncms.internal.feed.Problem;

/**
 * Feeds that are left out for a while because the server did not take them, so that they hold back no other. The pause
 * grows with each refusal.
 *
 * @author Emoncms add-on contributors - Initial contribution
 */
@NonNullByDefault
final class ParkedFeeds {

    private static final Duration LONGEST = Duration.ofDays(1);
    private static final int MAX_DOUBLINGS = 12;
    /** The first refusal may come of a change between the list and the upload. */
    private static final int REFUSALS_TO_PARK = 2;

    private record Parked(Problem problem, Instant since, Instant until, int times) {
    }

    private final Clock clock;
    private final Duration shortest;
    private final Map<FeedIdentity, Integer> refusals = new HashMap<>();
    private final Map<FeedIdentity, Parked> parked = new HashMap<>();

    /**
     * @param shortest the time between two cycles; a pause ends half of it early, so as not to miss its cycle
     */
    ParkedFeeds(Clock clock, Duration shortest) {
        this.clock = clock;
        this.shortest = shortest;
    }

    /** Parks the feed if it was refused before. */
    void refused(FeedIdentity feed, Problem problem) {
        if (refusals.merge(feed, 1, Integer::sum) >= REFUSALS_TO_PARK) {
            park(feed, problem);
        }
    }

    void park(FeedIdentity feed, Problem problem) {
        Parked before = parked.get(feed);
        int times = before == null ? 0 : before.times();
        Duration growing = shortest.multipliedBy(1L << Math.min(times, MAX_DOUBLINGS));
        Duration pause = growing.compareTo(LONGEST) < 0 ? growing : LONGEST;
        Duration early = shortest.compareTo(pause) < 0 ? shortest : pause;
        Instant since = clock.instant();
        Instant until = since.plus(pause).minus(early.dividedBy(2));
        parked.put(feed, new Parked(problem, since, until, times + 1));
        refusals.remove(feed);
    }

    /** Why the feed is parked, or null if it may be tried. */
    @Nullable
    Problem reason(FeedIdentity feed) {
        Parked entry = parked.get(feed);
        if (entry == null) {
            return null;
        }
        Instant now = clock.instant();
        return !now.isBefore(entry.since()) && now.isBefore(entry.until()) ? entry.problem() : null;
    }

    /** Whether the feed is parked, or was and has not been uploaded since. */
    boolean wasParked(FeedIdentity feed) {
        return parked.containsKey(feed);
    }

    void release(FeedIdentity feed) {
        parked.remove(feed);
        refusals.remove(feed);
    }

    void releaseAll() {
        parked.clear();
        refusals.clear();
    }
}
