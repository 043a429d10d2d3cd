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

import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.BooleanSupplier;

import org.eclipse.jdt.annotation.NonNullByDefault;
import org.eclipse.jdt.annotation.Nullable;
import org.openhab.binding.emoncms.internal.feed.FeedIdentity;
import org.openhab.binding.emoncms.internal.feed.Problem;

/**
 * Remembers what the listener was told and tells it only what changed, and what has come to an end by that.
 *
 * @author Emoncms add-on contributors - Initial contribution
 */
@NonNullByDefault
final class Reporter {

    private final SyncListener listener;
    private final BooleanSupplier silenced;
    private final Downloads downloads;
    private final KnownFeeds known;
    private final Map<FeedIdentity, FeedReport> feeds = new HashMap<>();
    /** Those that are told to be compared; what was told before counts until the end of that. */
    private final Set<FeedIdentity> verifying = new HashSet<>();
    private final Map<FeedIdentity, Instant> lastUploads = new HashMap<>();
    private final Set<FeedIdentity> announced = new HashSet<>();
    private @Nullable ServerReport server;
    private @Nullable Instant lastUpload;
    private long uploadedBytes;

    /**
     * @param silenced asked before each report
     */
    Reporter(SyncListener listener, BooleanSupplier silenced, Downloads downloads, KnownFeeds known) {
        this.listener = listener;
        this.silenced = silenced;
        this.downloads = downloads;
        this.known = known;
    }

    void uploaded(FeedIdentity feed, Instant time) {
        lastUploads.put(feed, time);
        lastUpload = time;
    }

    void sent(long bytes) {
        uploadedBytes += bytes;
    }

    @Nullable
    Instant lastUpload() {
        return lastUpload;
    }

    @Nullable
    Instant lastUpload(FeedIdentity feed) {
        return lastUploads.get(feed);
    }

    void feed(FeedReport report) {
        FeedIdentity feed = report.identity();
        if (report.state() == SyncState.VERIFYING) {
            verifying.add(feed);
            if (!silenced.getAsBoolean()) {
                tell(report);
            }
            return;
        }
        boolean wasVerifying = verifying.remove(feed);
        FeedReport before = feeds.put(feed, report);
        if (report.equals(before) && !wasVerifying || silenced.getAsBoolean()) {
            return;
        }
        tell(report);
        if (before == null || before.state() == null) {
            return;
        }
        if (report.state() == SyncState.SAME && before.state() != SyncState.SAME) {
            event(report.identity(), SyncEvent.IN_SYNC);
        }
        boolean isOfDownload = report.state() == SyncState.REMOTE_AHEAD || report.state() == SyncState.REMOTE_ONLY;
        if (report.problem() != null && before.problem() == null && !isOfDownload
                && report.state() != SyncState.DIVERGED) {
            event(feed, SyncEvent.FAILED);
        }
    }

    private void tell(FeedReport report) {
        known.told(report);
        listener.feedChanged(report);
    }

    void event(FeedIdentity feed, SyncEvent event) {
        if (event == SyncEvent.UPLOADED) {
            announced.add(feed);
        }
        if (!silenced.getAsBoolean()) {
            listener.feedEvent(feed, event);
        }
    }

    /** The feeds whose upload was announced since this was asked last. */
    Set<FeedIdentity> takeAnnounced() {
        Set<FeedIdentity> taken = Set.copyOf(announced);
        announced.clear();
        return taken;
    }

    /** Has an upload that was announced before somebody asked for it announced again. */
    void announceAgain(Set<FeedIdentity> feeds) {
        announced.removeAll(feeds);
    }

    void event(SyncEvent event) {
        if (!silenced.getAsBoolean()) {
            listener.serverEvent(event);
        }
    }

    /** Forgets the feeds that are not watched any more. */
    void retain(Set<FeedIdentity> watched) {
        feeds.keySet().retainAll(watched);
    }

    /** The report as it was told, if it says the same, so that it is held once. */
    FeedReport told(FeedReport report) {
        FeedReport told = feeds.get(report.identity());
        return report.equals(told) && told != null ? told : report;
    }

    /** Tells the next report of the feed also if nothing changed. */
    void forget(FeedIdentity feed) {
        feeds.remove(feed);
    }

    void unwatch(FeedIdentity feed) {
        feeds.remove(feed);
        lastUploads.remove(feed);
    }

    void server(@Nullable Problem problem, boolean connected, boolean paused, @Nullable Instant nextUpload,
            DataUsage usage, @Nullable Instant budgetSpentUntil) {
        int inSync = 0;
        long pendingBytes = 0;
        for (FeedReport feed : feeds.values()) {
            inSync += feed.state() == SyncState.SAME ? 1 : 0;
            pendingBytes += feed.pendingBytes();
        }
        ServerReport before = server;
        ServerReport report = new ServerReport(problem, connected, paused, feeds.size(), inSync, pendingBytes,
                lastUpload, nextUpload, uploadedBytes, downloads.size(), downloads.isAllRequested(), usage,
                budgetSpentUntil);
        if (report.equals(before) || silenced.getAsBoolean()) {
            return;
        }
        server = report;
        listener.serverChanged(report);
        if (problem != null && (before == null || before.problem() == null)) {
            event(SyncEvent.FAILED);
        }
        if (budgetSpentUntil != null && (before == null || before.budgetSpentUntil() == null)) {
            event(SyncEvent.BUDGET_SPENT);
        }
        if (before != null && before.feedsInSync() < before.feeds() && inSync == feeds.size() && inSync > 0) {
            event(SyncEvent.IN_SYNC);
        }
    }
}
