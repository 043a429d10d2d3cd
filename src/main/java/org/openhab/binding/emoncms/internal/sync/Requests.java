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

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

import org.eclipse.jdt.annotation.NonNullByDefault;
import org.openhab.binding.emoncms.internal.feed.FeedIdentity;

/**
 * What was asked of the engine since its worker last looked. Any thread may ask.
 *
 * @author Emoncms add-on contributors - Initial contribution
 */
@NonNullByDefault
final class Requests {

    private final Set<FeedIdentity> feeds = new HashSet<>();
    private final List<CompletableFuture<Map<FeedIdentity, KnownFeed>>> looks = new ArrayList<>();
    private boolean upload;
    private boolean download;

    /** A report of the feed, also if nothing has changed. */
    synchronized void feed(FeedIdentity feed) {
        feeds.add(feed);
    }

    /** A cycle that uploads, and tells when it is over. */
    synchronized void upload() {
        upload = true;
    }

    /** A fresh look at the remote side before a download. */
    synchronized void download() {
        download = true;
    }

    /** A fresh look at both sides. */
    synchronized CompletableFuture<Map<FeedIdentity, KnownFeed>> look() {
        CompletableFuture<Map<FeedIdentity, KnownFeed>> look = new CompletableFuture<>();
        looks.add(look);
        return look;
    }

    synchronized Set<FeedIdentity> takeFeeds() {
        Set<FeedIdentity> taken = Set.copyOf(feeds);
        feeds.clear();
        return taken;
    }

    synchronized boolean takeUpload() {
        boolean taken = upload;
        upload = false;
        return taken;
    }

    synchronized boolean takeDownload() {
        boolean taken = download;
        download = false;
        return taken;
    }

    synchronized List<CompletableFuture<Map<FeedIdentity, KnownFeed>>> takeLooks() {
        List<CompletableFuture<Map<FeedIdentity, KnownFeed>>> taken = List.copyOf(looks);
        looks.clear();
        return taken;
    }
}
