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

import java.util.Collection;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import org.eclipse.jdt.annotation.NonNullByDefault;
import org.openhab.binding.emoncms.internal.feed.FeedIdentity;
import org.openhab.binding.emoncms.internal.feed.FeedPatterns;

/**
 * The feeds somebody wants to know about, and which of them are uploaded. What is said of a single feed goes before the
 * patterns. Any thread may change it at any time.
 *
 * @author Emoncms add-on contributors - Initial contribution
 */
@NonNullByDefault
final class WatchedFeeds {

    private final Map<FeedIdentity, Boolean> uploads = new ConcurrentHashMap<>();
    private final Set<FeedIdentity> once = ConcurrentHashMap.newKeySet();
    private final FeedPatterns patterns;

    /**
     * @param patterns of local feeds that are watched and uploaded as well
     */
    WatchedFeeds(FeedPatterns patterns) {
        this.patterns = patterns;
    }

    void watch(FeedIdentity feed, boolean upload) {
        uploads.put(feed, upload);
    }

    void unwatch(FeedIdentity feed) {
        uploads.remove(feed);
    }

    /** Has the feed uploaded one time, also if it is not selected. */
    void uploadOnce(FeedIdentity feed) {
        once.add(feed);
    }

    /** Forgets which feeds are to be uploaded one time. */
    void uploadedOnce(Set<FeedIdentity> feeds) {
        once.removeAll(feeds);
    }

    Set<FeedIdentity> once() {
        return Set.copyOf(once);
    }

    /**
     * @param local the feeds there are locally
     */
    Set<FeedIdentity> all(Collection<FeedIdentity> local) {
        Set<FeedIdentity> all = new HashSet<>(uploads.keySet());
        all.addAll(once);
        local.stream().filter(patterns::matches).forEach(all::add);
        return all;
    }

    boolean isUploaded(FeedIdentity feed) {
        return once.contains(feed) || isSelected(feed);
    }

    /** As {@link #isUploaded}, but not for one time only. */
    boolean isSelected(FeedIdentity feed) {
        Boolean upload = uploads.get(feed);
        return upload == null ? patterns.matches(feed) : upload;
    }
}
