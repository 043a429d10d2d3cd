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
package org.openhab.binding.emoncms.simulated;

import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;

import org.eclipse.jdt.annotation.NonNullByDefault;

/**
 * All feeds, by their ids, which start at 1 and are never used again.
 *
 * @author Emoncms add-on contributors - Initial contribution
 */
@NonNullByDefault
final class FeedCatalogue {
    private final Map<Integer, Feed> feeds = new ConcurrentHashMap<>();
    private final Map<Integer, Map<Integer, Feed>> byUser = new ConcurrentHashMap<>();
    private int lastId;

    /**
     * @return empty if the user has such a feed
     */
    synchronized Optional<Feed> add(int userId, String tag, String name, int engine, String unit) {
        if (named(userId, tag, name).isPresent()) {
            return Optional.empty();
        }
        Feed feed = new Feed(++lastId, userId, tag, name, engine, unit);
        feeds.put(feed.id(), feed);
        byUser.computeIfAbsent(userId, user -> new ConcurrentSkipListMap<>()).put(feed.id(), feed);
        return Optional.of(feed);
    }

    void remove(Feed feed) {
        feeds.remove(feed.id());
        byUser.getOrDefault(feed.userId(), Map.of()).remove(feed.id());
    }

    Optional<Feed> withId(long id) {
        return id > Integer.MAX_VALUE ? Optional.empty() : Optional.ofNullable(feeds.get((int) id));
    }

    Optional<Feed> named(int userId, String tag, String name) {
        return of(userId).stream().filter(feed -> feed.isNamed(tag, name)).findFirst();
    }

    /** In the order of their ids */
    Collection<Feed> of(int userId) {
        return byUser.getOrDefault(userId, Map.of()).values();
    }
}
