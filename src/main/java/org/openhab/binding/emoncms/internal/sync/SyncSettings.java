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

import java.time.Duration;

import org.eclipse.jdt.annotation.NonNullByDefault;
import org.openhab.binding.emoncms.internal.feed.FeedPatterns;

/**
 * What a bridge uploads, and when.
 *
 * @param uploadInterval between two cycles
 * @param phase where in the interval a cycle starts, so that not all homes call at once
 * @param batchBytes the longest request body
 * @param uploadPatterns selects local feeds that are watched and uploaded although nobody has asked for them
 * @param writeDelay how long after its time the last point of a feed may still be written
 * @param uploadsOpenSlots whether PHPFina points are shown remotely while they may still change
 * @param uploadWindow when is uploaded without a request
 * @param monthlyBudget how many bytes may be sent and received in a month before that ends, or UNLIMITED
 *
 * @author Emoncms add-on contributors - Initial contribution
 */
@NonNullByDefault
public record SyncSettings(Duration uploadInterval, Duration phase, int batchBytes, FeedPatterns uploadPatterns,
        Duration writeDelay, boolean uploadsOpenSlots, UploadWindow uploadWindow, long monthlyBudget) {

    public static final long UNLIMITED = Long.MAX_VALUE;

    /** How long after the end of its interval a point may still be written. */
    static final Duration SETTLE_GRACE = Duration.ofSeconds(10);

    Settling settling() {
        return new Settling(SETTLE_GRACE, writeDelay);
    }
}
