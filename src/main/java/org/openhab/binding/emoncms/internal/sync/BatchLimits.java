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

import org.eclipse.jdt.annotation.NonNullByDefault;

/**
 * How large a batch may be. Shrinks while the link is too slow or the server too narrow for it, and while it is not
 * clear which feed of a batch the server stumbles over; grows again with success.
 *
 * @author Emoncms add-on contributors - Initial contribution
 */
@NonNullByDefault
final class BatchLimits {

    private static final int LEAST_BYTES = 16 << 10;

    private final int mostBytes;
    private int bytes;
    private int feeds = Integer.MAX_VALUE;

    BatchLimits(int mostBytes) {
        this.mostBytes = mostBytes;
        bytes = mostBytes;
    }

    int bytes() {
        return bytes;
    }

    int feeds() {
        return feeds;
    }

    void succeeded() {
        bytes = Math.min(mostBytes, bytes * 2);
        feeds = feeds > Integer.MAX_VALUE / 2 ? Integer.MAX_VALUE : feeds * 2;
    }

    /**
     * @return false if it cannot shrink any more
     */
    boolean shrinkBytes() {
        if (bytes <= LEAST_BYTES) {
            return false;
        }
        bytes = Math.max(LEAST_BYTES, bytes / 2);
        return true;
    }

    void shrinkFeeds(int feedsInBatch) {
        feeds = Math.max(1, feedsInBatch / 2);
    }
}
