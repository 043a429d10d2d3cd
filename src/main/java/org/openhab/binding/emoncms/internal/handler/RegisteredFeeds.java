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
package org.openhab.binding.emoncms.internal.handler;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;

import org.eclipse.jdt.annotation.NonNullByDefault;
import org.eclipse.jdt.annotation.Nullable;
import org.openhab.binding.emoncms.internal.feed.FeedIdentity;

/**
 * Which thing of a bridge stands for which feed: one for each, others wait until it is gone.
 *
 * @author Emoncms add-on contributors - Initial contribution
 */
@NonNullByDefault
final class RegisteredFeeds {

    private final Map<FeedIdentity, EmoncmsFeedHandler> feeds = new ConcurrentHashMap<>();
    private final Map<EmoncmsFeedHandler, FeedIdentity> waiting = new ConcurrentHashMap<>();

    /**
     * @return false if another thing stands for this feed
     */
    synchronized boolean register(FeedIdentity feed, EmoncmsFeedHandler handler) {
        EmoncmsFeedHandler other = feeds.putIfAbsent(feed, handler);
        if (other != null && !handler.equals(other)) {
            waiting.put(handler, feed);
            return false;
        }
        waiting.remove(handler);
        return true;
    }

    /**
     * @return whether the thing stood for this feed
     */
    synchronized boolean unregister(FeedIdentity feed, EmoncmsFeedHandler handler) {
        waiting.remove(handler);
        return feeds.remove(feed, handler);
    }

    /** A thing that may stand for the feed now. */
    synchronized Optional<EmoncmsFeedHandler> waitingFor(FeedIdentity feed) {
        return waiting.entrySet().stream().filter(entry -> feed.equals(entry.getValue())).map(Map.Entry::getKey)
                .findFirst();
    }

    @Nullable
    EmoncmsFeedHandler get(FeedIdentity feed) {
        return feeds.get(feed);
    }

    void forEach(BiConsumer<FeedIdentity, EmoncmsFeedHandler> action) {
        feeds.forEach(action);
    }
}
