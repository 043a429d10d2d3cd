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
import java.time.Instant;

import org.eclipse.jdt.annotation.NonNullByDefault;
import org.openhab.binding.emoncms.internal.feed.FeedMeta;

/**
 * When a stored point changes no more. A PHPFina point may be rewritten until its interval has ended, a PHPTimeSeries
 * point while another one of the same second may come. Emoncms in low-write mode writes what has come in between only
 * minutes later, but then in the order of time: a point that another one follows is final, the last one of a feed is
 * not.
 *
 * @param grace how long after its time a point may still be written, whatever follows it
 * @param writeDelay how long after its time the last point may still be written
 *
 * @author Emoncms add-on contributors - Initial contribution
 */
@NonNullByDefault
record Settling(Duration grace, Duration writeDelay) {

    /** The leading points of a PHPFina feed that are settled. */
    long points(FeedMeta meta, Instant now) {
        if (meta.isEmpty()) {
            return 0;
        }
        boolean isLastSettled = ended(meta, now.minus(writeDelay)) >= meta.npoints();
        return Math.min(isLastSettled ? meta.npoints() : meta.npoints() - 1, ended(meta, now.minus(grace)));
    }

    private static long ended(FeedMeta meta, Instant time) {
        return Math.max(0, (time.getEpochSecond() - meta.startTime()) / meta.intervalSeconds());
    }

    /**
     * @param time of a PHPTimeSeries record, s since 1970
     * @param isLast whether none follows it
     */
    boolean isSettled(long time, boolean isLast, Instant now) {
        return time < now.minus(grace).getEpochSecond() && (!isLast || time < now.minus(writeDelay).getEpochSecond());
    }
}
