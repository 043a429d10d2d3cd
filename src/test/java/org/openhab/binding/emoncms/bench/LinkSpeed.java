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
package org.openhab.binding.emoncms.bench;

import java.time.Duration;

import org.eclipse.jdt.annotation.NonNullByDefault;

/**
 * What a link is like in each of its two directions.
 *
 * @param oneWay how long a byte is under way
 * @param bytesPerSecond 0 if that is not limited
 * @param queueBytes how much may wait or be under way before the sender has to wait
 *
 * @author Emoncms add-on contributors - Initial contribution
 */
@NonNullByDefault
record LinkSpeed(Duration oneWay, int bytesPerSecond, int queueBytes) {

    static final Duration SLOW_ROUND_TRIP = Duration.ofMillis(600);
    static final int SLOW_BYTES_PER_SECOND = 64_000;

    private static final int CHUNK_BYTES = 1 << 16;
    /** About what a packet holds. */
    private static final int SLOW_CHUNK_BYTES = 1400;
    private static final int WIDE_QUEUE_BYTES = 16 << 20;

    static LinkSpeed unlimited() {
        return new LinkSpeed(Duration.ZERO, 0, WIDE_QUEUE_BYTES);
    }

    static LinkSpeed delayed(Duration roundTrip) {
        return new LinkSpeed(roundTrip.dividedBy(2), 0, WIDE_QUEUE_BYTES);
    }

    /** As over GSM, with a buffer of a second before it. */
    static LinkSpeed slow() {
        return new LinkSpeed(SLOW_ROUND_TRIP.dividedBy(2), SLOW_BYTES_PER_SECOND, SLOW_BYTES_PER_SECOND);
    }

    boolean isLimited() {
        return bytesPerSecond > 0;
    }

    int chunkBytes() {
        return isLimited() ? SLOW_CHUNK_BYTES : CHUNK_BYTES;
    }
}
