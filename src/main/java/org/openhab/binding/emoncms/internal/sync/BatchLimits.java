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
    /** So many metas in an answer are well below what is read of one. */
    private static final int MOST_FEEDS = 5000;
    /** A size that was too slow once is not tried again at once. */
    private static final int SUCCESSES_TO_GROW = 16;

    private int mostBytes;
    private int bytes;
    private int feeds = MOST_FEEDS;
    private int successes;

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
        feeds = Math.min(MOST_FEEDS, feeds * 2);
        successes++;
        if (successes >= SUCCESSES_TO_GROW) {
            successes = 0;
            bytes = Math.min(mostBytes, bytes * 2);
        }
    }

    /** A body of this size took too long. */
    void tooSlow() {
        successes = 0;
        bytes = Math.max(Math.min(LEAST_BYTES, mostBytes), bytes / 2);
    }

    /**
     * The server takes no body of this size.
     *
     * @return false if there is no smaller one
     */
    boolean tooLarge() {
        if (bytes <= LEAST_BYTES) {
            return false;
        }
        tooSlow();
        mostBytes = bytes;
        return true;
    }

    void shrinkFeeds(int feedsInBatch) {
        feeds = Math.max(1, feedsInBatch / 2);
    }
}
