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
import java.util.Map;
import java.util.function.BooleanSupplier;

import org.eclipse.jdt.annotation.NonNullByDefault;
import org.eclipse.jdt.annotation.Nullable;
import org.openhab.binding.emoncms.internal.feed.FeedIdentity;
import org.openhab.binding.emoncms.internal.feed.Problem;

/**
 * Remembers what the listener was told and tells it only what changed.
 *
 * @author Emoncms add-on contributors - Initial contribution
 */
@NonNullByDefault
final class Reporter {

    private final SyncListener listener;
    private final BooleanSupplier silenced;
    private final Map<FeedIdentity, FeedReport> feeds = new HashMap<>();
    private final Map<FeedIdentity, Instant> lastUploads = new HashMap<>();
    private @Nullable ServerReport server;
    private @Nullable Instant lastUpload;
    private long uploadedBytes;

    /**
     * @param silenced asked before each report
     */
    Reporter(SyncListener listener, BooleanSupplier silenced) {
        this.listener = listener;
        this.silenced = silenced;
    }

    void uploaded(FeedIdentity feed, Instant time) {
        lastUploads.put(feed, time);
        lastUpload = time;
    }

    void sent(long bytes) {
        uploadedBytes += bytes;
    }

    @Nullable
    Instant lastUpload(FeedIdentity feed) {
        return lastUploads.get(feed);
    }

    void feed(FeedReport report) {
        if (!report.equals(feeds.put(report.identity(), report)) && !silenced.getAsBoolean()) {
            listener.feedChanged(report);
        }
    }

    /** Tells the next report of the feed also if nothing changed. */
    void forget(FeedIdentity feed) {
        feeds.remove(feed);
    }

    void unwatch(FeedIdentity feed) {
        feeds.remove(feed);
        lastUploads.remove(feed);
    }

    void server(@Nullable Problem problem, boolean connected, boolean paused, @Nullable Instant nextUpload) {
        int inSync = 0;
        long pendingBytes = 0;
        for (FeedReport feed : feeds.values()) {
            inSync += feed.state() == SyncState.SAME ? 1 : 0;
            pendingBytes += feed.pendingBytes();
        }
        ServerReport report = new ServerReport(problem, connected, paused, feeds.size(), inSync, pendingBytes,
                lastUpload, nextUpload, uploadedBytes);
        if (!report.equals(server) && !silenced.getAsBoolean()) {
            server = report;
            listener.serverChanged(report);
        }
    }
}
