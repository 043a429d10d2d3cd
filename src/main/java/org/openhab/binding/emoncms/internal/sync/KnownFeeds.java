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
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;

import org.eclipse.jdt.annotation.NonNullByDefault;
import org.eclipse.jdt.annotation.Nullable;
import org.openhab.binding.emoncms.internal.feed.FeedIdentity;
import org.openhab.binding.emoncms.internal.feed.Problem;
import org.openhab.binding.emoncms.internal.feed.ProblemException;

/**
 * The feeds of both sides as they were last seen, and those who wait for a fresh look. Any thread may read; the rest is
 * of the worker thread.
 *
 * @author Emoncms add-on contributors - Initial contribution
 */
@NonNullByDefault
final class KnownFeeds {

    private final List<CompletableFuture<Map<FeedIdentity, KnownFeed>>> waiting = new ArrayList<>();
    private volatile Map<FeedIdentity, KnownFeed> feeds = Map.of();
    /** What was told of single feeds since. */
    private final Map<FeedIdentity, FeedReport> told = new ConcurrentHashMap<>();
    private volatile boolean looked;

    Map<FeedIdentity, KnownFeed> feeds() {
        return feeds;
    }

    /** What was said of the feed last; null if nothing was, since both sides lack it or were not seen yet. */
    @Nullable
    FeedReport report(FeedIdentity feed) {
        FeedReport report = told.get(feed);
        KnownFeed known = feeds.get(feed);
        return report == null && known != null ? known.report() : report;
    }

    void told(FeedReport report) {
        told.put(report.identity(), report);
    }

    /** Whether both sides were seen. */
    boolean hasLooked() {
        return looked;
    }

    void await(Collection<CompletableFuture<Map<FeedIdentity, KnownFeed>>> looks) {
        waiting.addAll(looks);
    }

    boolean isAwaited() {
        return !waiting.isEmpty();
    }

    void publish(Map<FeedIdentity, KnownFeed> seen) {
        feeds = seen;
        told.clear();
        looked = true;
        waiting.forEach(look -> look.complete(seen));
        waiting.clear();
    }

    void fail(Problem problem) {
        waiting.forEach(look -> look.completeExceptionally(new ProblemException(problem)));
        waiting.clear();
    }

    void cancel() {
        waiting.forEach(look -> look.cancel(false));
        waiting.clear();
    }
}
