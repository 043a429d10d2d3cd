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
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Collectors;

import org.eclipse.jdt.annotation.NonNullByDefault;
import org.eclipse.jdt.annotation.Nullable;
import org.openhab.binding.emoncms.internal.feed.FeedIdentity;

/**
 * Tells those who wait how an upload has ended.
 *
 * @author Emoncms add-on contributors - Initial contribution
 */
@NonNullByDefault
final class UploadEvents {

    private final Reporter reporter;
    private final WatchedFeeds watched;
    private Set<FeedIdentity> once = Set.of();
    private @Nullable Instant announcedUpload;
    private boolean isRequested;

    UploadEvents(Reporter reporter, WatchedFeeds watched) {
        this.reporter = reporter;
        this.watched = watched;
    }

    /** Somebody waits for the end of the next upload, also if nothing is uploaded. */
    void request() {
        isRequested = true;
    }

    boolean isRequested() {
        return isRequested;
    }

    /** An upload begins; who asks for a feed from now on waits for the next one. */
    void begin() {
        Set<FeedIdentity> requested = watched.once();
        Set<FeedIdentity> added = new HashSet<>(requested);
        added.removeAll(once);
        reporter.announceAgain(added);
        once = requested;
    }

    /** Nothing is left to upload. */
    void uploaded(TwoSides sides) {
        Set<FeedIdentity> announced = reporter.takeAnnounced();
        Set<FeedIdentity> once = this.once.stream().filter(sides::isWatched).collect(Collectors.toSet());
        for (FeedIdentity feed : once) {
            if (!announced.contains(feed)) {
                boolean isSame = sides.compare(feed).state() == SyncState.SAME;
                reporter.event(feed, isSame ? SyncEvent.UPLOADED : SyncEvent.FAILED);
            }
        }
        watched.uploadedOnce(once);
        this.once = Set.of();
        Instant lastUpload = reporter.lastUpload();
        boolean hasUploaded = lastUpload != null && !lastUpload.equals(announcedUpload);
        if (sides.isUploadComplete() && (isRequested || hasUploaded)) {
            reporter.event(SyncEvent.UPLOADED);
        } else if (isRequested) {
            reporter.event(SyncEvent.FAILED);
        }
        announcedUpload = lastUpload;
        isRequested = false;
    }

    /**
     * @param isNews whether the next report tells of the failure
     */
    void failed(boolean isNews) {
        if (isRequested && !isNews) {
            reporter.event(SyncEvent.FAILED);
        }
        isRequested = false;
    }
}
