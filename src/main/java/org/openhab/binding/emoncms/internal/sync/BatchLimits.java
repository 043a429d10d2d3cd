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

/**
 * How large a batch may be: as much as the link carries in some seconds, so that a slow one is kept filled while a
 * request stays far from its time-out. Smaller while the server is too narrow for it, and while it is not clear which
 * feed of a batch the server stumbles over.
 *
 * @author Emoncms add-on contributors - Initial contribution
 */
@NonNullByDefault
final class BatchLimits {

    private static final int LEAST_BYTES = 16 << 10;
    /** Little enough for any link that can be used at all. */
    private static final int FIRST_BYTES = 64 << 10;
    private static final Duration LONG = Duration.ofSeconds(10);
    /** A segment costs the server 0.2 ms, since it opens files and its database for each: so they cost 2 % at most. */
    private static final Duration LONG_FOR_A_SHARE = Duration.ofMillis(10);
    private static final int LEAST_SHARES = 4;
    private static final int MOST_TIMES = 16;
    private static final double WORTH_GROWING = 1.2;
    /** So many metas in an answer are well below what is read of one. */
    private static final int MOST_FEEDS = 5000;
    /** A size that was given up is not tried again at once. */
    private static final int SUCCESSES_TO_GROW = 16;

    private int mostBytes;
    private int bytes;
    private int feeds = MOST_FEEDS;
    private int shares = LEAST_SHARES;
    private int successesToGrow;

    BatchLimits(int mostBytes) {
        this.mostBytes = mostBytes;
        bytes = Math.min(FIRST_BYTES, mostBytes);
    }

    /** What the server takes at most, as far as is known. */
    int mostBytes() {
        return mostBytes;
    }

    int bytes() {
        return bytes;
    }

    int feeds() {
        return feeds;
    }

    /** Among how many feeds with much to upload a batch may be divided: the more, the longer a batch takes. */
    int shares() {
        return shares;
    }

    /**
     * @param sent size of the batch
     * @param took from its first byte to the answer
     */
    void succeeded(long sent, Duration took) {
        feeds = Math.min(MOST_FEEDS, feeds * 2);
        shares = (int) Math.max(LEAST_SHARES, Math.min(MOST_FEEDS, took.dividedBy(LONG_FOR_A_SHARE)));
        successesToGrow--;
        double times = (double) LONG.toMillis() / Math.max(1, took.toMillis());
        if (sent < bytes / 2) {
            return;
        }
        if (times < 1) {
            resize(Math.max(Math.min(FIRST_BYTES, bytes), bytes * times));
        } else if (times > WORTH_GROWING && successesToGrow <= 0) {
            resize(bytes * Math.min(MOST_TIMES, times));
        }
    }

    private void resize(double wanted) {
        bytes = (int) Math.max(Math.min(LEAST_BYTES, mostBytes), Math.min(mostBytes, wanted));
    }

    /** A body of this size took too long. */
    void tooSlow() {
        successesToGrow = SUCCESSES_TO_GROW;
        resize(bytes / 2.0);
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
