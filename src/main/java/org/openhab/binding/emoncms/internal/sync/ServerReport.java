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
import org.openhab.binding.emoncms.internal.feed.Problem;

/**
 * What is known of the server and of all watched feeds together.
 *
 * @param problem what the last cycle failed at; null if it ended well
 * @param connected false until the first cycle that ended well
 * @param nextUpload null while a cycle runs or while paused
 * @param uploadedBytes request bodies since the start
 * @param downloads requested ones that are not over
 * @param isDownloadingAll whether a request for all is among them, or has still to find its feeds
 * @param budgetSpentUntil when the month begins in which is uploaded again; null unless its data are spent
 *
 * @author Emoncms add-on contributors - Initial contribution
 */
@NonNullByDefault
public record ServerReport(@Nullable Problem problem, boolean connected, boolean paused, int feeds, int feedsInSync,
        long pendingBytes, @Nullable Instant lastUpload, @Nullable Instant nextUpload, long uploadedBytes,
        int downloads, boolean isDownloadingAll, DataUsage usage, @Nullable Instant budgetSpentUntil) {
}
