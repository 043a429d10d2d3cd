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

import org.eclipse.jdt.annotation.NonNullByDefault;
import org.eclipse.jdt.annotation.Nullable;
import org.openhab.binding.emoncms.internal.feed.FeedIdentity;
import org.openhab.binding.emoncms.internal.feed.ListedFeed;
import org.openhab.binding.emoncms.internal.feed.Problem;

/**
 * What is known of a watched feed.
 *
 * @param state null while what the remote side holds is not known
 * @param problem what keeps the feed from being synchronised
 * @param local null if there is none or it cannot be read
 * @param remote null if there is none or it cannot be used
 * @param isUploaded whether it is selected for upload
 * @param downloadedPoints how many points a requested download makes of the local feed so far; null if none is
 *            requested
 * @param verification what comparing the points has shown
 *
 * @author Emoncms add-on contributors - Initial contribution
 */
@NonNullByDefault
public record FeedReport(FeedIdentity identity, @Nullable SyncState state, @Nullable Problem problem,
        @Nullable LocalFeed local, ListedFeed.@Nullable Usable remote, long pendingPoints, @Nullable Instant lastUpload,
        boolean isUploaded, @Nullable Long downloadedPoints, Verification verification) {

    public long pendingBytes() {
        LocalFeed local = this.local;
        return local == null ? 0 : pendingPoints * local.feed().engine().pointBytes();
    }

    /**
     * How much of the settled local points the remote side has, in percent, or during a download the other way round;
     * null if that can't be said.
     */
    public @Nullable Double progress() {
        LocalFeed local = this.local;
        ListedFeed.Usable remote = this.remote;
        Long downloadedPoints = this.downloadedPoints;
        SyncState state = this.state;
        if (state == SyncState.DOWNLOADING && remote != null && downloadedPoints != null) {
            return 100.0 * downloadedPoints / remote.meta().npoints();
        }
        if (state == SyncState.SAME) {
            return 100.0;
        }
        boolean partly = state == SyncState.LOCAL_AHEAD || state == SyncState.UPLOADING
                || state == SyncState.LOCAL_ONLY;
        if (!partly || local == null || local.settledPoints() == 0) {
            return null;
        }
        return 100.0 * (local.settledPoints() - pendingPoints) / local.settledPoints();
    }
}
