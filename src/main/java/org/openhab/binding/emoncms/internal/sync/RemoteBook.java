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

    private final Clock clock;
    private Map<FeedIdentity, ListedFeed> feeds = Map.of();
    private @Nullable Instant listedAt;
    private boolean trusted;
    private final Set<FeedIdentity> changed = new HashSet<>();

    RemoteBook(Clock clock) {
        this.clock = clock;
    }

    /**
     * Lists the store again if the book is not to be trusted, or too old.
     *
     * @return whether it did
     */
    boolean refresh(FeedStore remote) throws ProblemException, InterruptedException {
        Instant listedAt = this.listedAt;
        Instant now = clock.instant();
        if (trusted && listedAt != null && !now.isBefore(listedAt)
                && now.isBefore(listedAt.plus(SyncSettings.MAX_LIST_AGE))) {
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

    /** The feeds that were other ones in a list than was known, since this was asked last. */
    Set<FeedIdentity> takeChanged() {
        Set<FeedIdentity> taken = Set.copyOf(changed);
        changed.clear();
        return taken;
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
    }
}
