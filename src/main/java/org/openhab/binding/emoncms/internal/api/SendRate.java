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
package org.openhab.binding.emoncms.internal.api;

import java.util.function.LongSupplier;

import org.eclipse.jdt.annotation.NonNullByDefault;

/**
 * Says when the next piece of a request body may be sent, so that bodies do not go out faster than so many bytes per
 * second, also over several requests.
 *
 * @author Emoncms add-on contributors - Initial contribution
 */
@NonNullByDefault
final class SendRate {

    private static final long NANOS = 1_000_000_000;
    /** Few enough bytes for a server not to think that the body has stalled. */
    private static final int PIECES_PER_SECOND = 4;

    private final long bytesPerSecond;
    private final LongSupplier nanoTime;
    private long free;

    SendRate(long bytesPerSecond, LongSupplier nanoTime) {
        this.bytesPerSecond = bytesPerSecond;
        this.nanoTime = nanoTime;
        free = nanoTime.getAsLong();
    }

    int pieceBytes() {
        return (int) Math.min(1 << 20, Math.max(1, bytesPerSecond / PIECES_PER_SECOND));
    }

    /**
     * Takes the next piece into account.
     *
     * @return how long to wait before it is sent, ns
     */
    synchronized long waitBefore(int bytes) {
        long now = nanoTime.getAsLong();
        long start = Math.max(0, free - now);
        free = now + start + bytes * NANOS / bytesPerSecond;
        return start;
    }
}
