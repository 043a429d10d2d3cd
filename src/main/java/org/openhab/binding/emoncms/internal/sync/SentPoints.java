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
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

import org.eclipse.jdt.annotation.NonNullByDefault;
import org.openhab.binding.emoncms.internal.feed.FeedIdentity;
import org.openhab.binding.emoncms.internal.feed.ListedFeed;
import org.openhab.binding.emoncms.internal.store.Segment;

/**
 * Remembers which feeds were continued where the remote side was believed to end. If such a feed had been cleared
 * meanwhile, Emoncms took the points all the same, at their old place, and filled up with zeros what is before; so the
 * start of each is looked at once a day, and after a batch that followed another of the same cycle.
 *
 * @author Emoncms add-on contributors - Initial contribution
 */
@NonNullByDefault
final class SentPoints {

    private static final Duration PERIOD = Duration.ofDays(1);
    private static final Duration LONG = Duration.ofHours(1);

    /**
     * @param from when to look at the feed
     */
    private record Sent(int remoteId, long firstPoint, Instant at, Instant from) {
    }

    private final Verifications verifications;
    private final Clock clock;
    private final Map<FeedIdentity, Sent> unproven = new HashMap<>();

    SentPoints(Verifications verifications, Clock clock) {
        this.verifications = verifications;
        this.clock = clock;
    }

    /** Whether the server can help with it, as far as is known. */
    boolean canBeProven() {
        return verifications.isSupported();
    }

    /**
     * @param isFollowing whether other points were sent in the same cycle before
     */
    void sent(Segment segment, boolean isFollowing) {
        FeedIdentity feed = segment.target().identity();
        int id = segment.target().id();
        Instant now = clock.instant();
        Instant from = isFollowing ? now : now.plus(PERIOD);
        if (segment.firstPoint() > 0) {
            unproven.merge(feed, new Sent(id, segment.firstPoint(), now, from),
                    (before, sent) -> before.remoteId() != id ? sent
                            : new Sent(id, before.firstPoint(), before.at(),
                                    from.isBefore(before.from()) ? from : before.from()));
        }
    }

    /** The remote side does not end where it was believed to: somebody else may have written there. */
    void doubt(Segment segment) {
        FeedIdentity feed = segment.target().identity();
        Instant now = clock.instant();
        verifications.doubt(feed, 1);
        unproven.computeIfPresent(feed,
                (identity, sent) -> new Sent(sent.remoteId(), sent.firstPoint(), sent.at(), now));
    }

    /** Those that are to be looked at. */
    List<FeedIdentity> due() {
        return due(Duration.ZERO);
    }

    /** Those that should have been looked at long ago. */
    List<FeedIdentity> overdue() {
        return due(LONG);
    }

    private List<FeedIdentity> due(Duration since) {
        Instant now = clock.instant();
        Instant limit = now.minus(since);
        return unproven.entrySet().stream()
                .filter(sent -> now.isBefore(sent.getValue().at()) || !limit.isBefore(sent.getValue().from()))
                .map(Map.Entry::getKey).sorted(FeedIdentity.ORDER).toList();
    }

    /** The first point that was sent since the feed was looked at; nothing if none was. */
    OptionalLong firstPoint(ListedFeed.Usable remote) {
        Sent sent = unproven.get(remote.identity());
        return sent != null && sent.remoteId() == remote.id() ? OptionalLong.of(sent.firstPoint())
                : OptionalLong.empty();
    }

    /** What was sent so far is where it belongs. */
    void proven(FeedIdentity feed) {
        unproven.remove(feed);
    }

    /** Looks at the feed in another day. */
    void tryLater(FeedIdentity feed) {
        Instant now = clock.instant();
        unproven.computeIfPresent(feed,
                (identity, sent) -> new Sent(sent.remoteId(), sent.firstPoint(), now, now.plus(PERIOD)));
    }

    void retain(TwoSides sides) {
        unproven.keySet().removeIf(feed -> !sides.isWatched(feed));
    }
}
