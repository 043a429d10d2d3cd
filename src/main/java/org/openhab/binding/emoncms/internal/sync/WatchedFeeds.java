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

import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import org.eclipse.jdt.annotation.NonNullByDefault;
import org.openhab.binding.emoncms.internal.feed.FeedIdentity;

/**
 * The feeds somebody wants to know about, and which of them are uploaded. Any thread may change it at any time.
 *
 * @author Emoncms add-on contributors - Initial contribution
 */
@NonNullByDefault
final class WatchedFeeds {

    private final Map<FeedIdentity, Boolean> uploads = new ConcurrentHashMap<>();

    void watch(FeedIdentity feed, boolean upload) {
        uploads.put(feed, upload);
    }

    void unwatch(FeedIdentity feed) {
        uploads.remove(feed);
    }

    Set<FeedIdentity> all() {
        return uploads.keySet();
    }

    boolean isUploaded(FeedIdentity feed) {
        return uploads.getOrDefault(feed, false);
    }
}
