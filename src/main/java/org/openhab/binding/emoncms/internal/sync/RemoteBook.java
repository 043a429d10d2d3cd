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
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;

import org.eclipse.jdt.annotation.NonNullByDefault;
import org.eclipse.jdt.annotation.Nullable;
import org.openhab.binding.emoncms.internal.feed.FeedIdentity;
import org.openhab.binding.emoncms.internal.feed.ListedFeed;
import org.openhab.binding.emoncms.internal.feed.ProblemException;
import org.openhab.binding.emoncms.internal.store.FeedStore;

/**
 * What the remote store holds, listed once and then kept true by its answers. Distrusted as soon as something
 * disagrees: the remote's number of points is the only checkpoint of an upload.
 *
 * @author Emoncms add-on contributors - Initial contribution
 */
@NonNullByDefault
final class RemoteBook {

    /** How long a list is believed that nothing contradicts. */
    private static final Duration LONGEST = Duration.ofDays(1);
    /** How long while something waits for a change on a side. */
    private static final Duration LONGEST_WAIT = Duration.ofHours(1);

    private final Clock clock;
    private final int longestPause;
    private Map<FeedIdentity, ListedFeed> feeds = Map.of();
    private @Nullable Instant listedAt;
    private boolean trusted;
    private int lists;
    /** Between two lists while something waits, in cycles; 0 if nothing does. */
    private int pause;
    private int cyclesLeft;
    private final Set<FeedIdentity> changed = new HashSet<>();
    private final Set<FeedIdentity> doubtful = new HashSet<>();

    /**
     * @param interval between two cycles
     */
    RemoteBook(Clock clock, Duration interval) {
        this.clock = clock;
        longestPause = (int) Math.max(1, LONGEST_WAIT.dividedBy(interval));
    }

    /**
     * Lists the store again if the book is not to be trusted, or too old.
     *
     * @return whether it did
     */
    boolean refresh(FeedStore remote) throws ProblemException, InterruptedException {
        Instant listedAt = this.listedAt;
        Instant now = clock.instant();
        if (trusted && listedAt != null && !now.isBefore(listedAt) && now.isBefore(listedAt.plus(LONGEST))) {
            return false;
        }
        Map<FeedIdentity, ListedFeed> listed = new HashMap<>();
        for (ListedFeed feed : remote.list()) {
            listed.put(feed.identity(), feed);
        }
        if (isKnown()) {
            Stream.concat(feeds.keySet().stream(), listed.keySet().stream())
                    .filter(feed -> !Objects.equals(feeds.get(feed), listed.get(feed))).forEach(changed::add);
        }
        feeds = listed;
        doubtful.clear();
        lists++;
        this.listedAt = now;
        trusted = true;
        return true;
    }

    /** Lists the store in any case. */
    void relist(FeedStore remote) throws ProblemException, InterruptedException {
        distrust();
        refresh(remote);
    }

    void distrust() {
        trusted = false;
    }

    /**
     * Called at the end of a cycle. Has the store listed again in the next one, or after ever longer pauses, while
     * something waits for a change there.
     */
    void awaitChange(boolean isAwaited) {
        if (!isAwaited) {
            pause = 0;
            return;
        }
        if (pause == 0 || cyclesLeft == 0) {
            pause = Math.max(1, Math.min(2 * pause, longestPause));
            cyclesLeft = pause;
        }
        cyclesLeft--;
        if (cyclesLeft == 0) {
            distrust();
        }
    }

    /** The feeds that were other ones in a list than was known, since this was asked last. */
    Set<FeedIdentity> takeChanged() {
        Set<FeedIdentity> taken = Set.copyOf(changed);
        changed.clear();
        return taken;
    }

    /** How often the store was listed. */
    int lists() {
        return lists;
    }

    /** False until the first list. */
    boolean isKnown() {
        return listedAt != null;
    }

    Set<FeedIdentity> all() {
        return feeds.keySet();
    }

    @Nullable
    ListedFeed get(FeedIdentity feed) {
        return feeds.get(feed);
    }

    void put(ListedFeed.Usable feed) {
        feeds.put(feed.identity(), feed);
        doubtful.remove(feed.identity());
    }

    /** Points were sent, and only the next list can tell whether they have arrived. */
    void doubt(FeedIdentity feed) {
        doubtful.add(feed);
    }

    boolean isDoubtful(FeedIdentity feed) {
        return doubtful.contains(feed);
    }
}
