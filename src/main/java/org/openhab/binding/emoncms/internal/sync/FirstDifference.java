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

import java.nio.ByteBuffer;
import java.time.Instant;

import org.eclipse.jdt.annotation.NonNullByDefault;
import org.eclipse.jdt.annotation.Nullable;
import org.openhab.binding.emoncms.internal.feed.Engine;
import org.openhab.binding.emoncms.internal.feed.FeedMeta;
import org.openhab.binding.emoncms.internal.feed.ListedFeed;
import org.openhab.binding.emoncms.internal.feed.LittleEndian;
import org.openhab.binding.emoncms.internal.feed.ProblemException;
import org.openhab.binding.emoncms.internal.feed.TimeSeriesRecord;
import org.openhab.binding.emoncms.internal.store.FeedStore;

/**
 * Compares the leading points of two feeds by their hashes, and finds the first that differs by hashes of ever closer
 * prefixes: no point is transferred.
 *
 * @author Emoncms add-on contributors - Initial contribution
 */
@NonNullByDefault
final class FirstDifference {

    private final FeedStore local;
    private final FeedStore remote;
    private final ListedFeed.Usable here;
    private final ListedFeed.Usable there;

    FirstDifference(FeedStore local, ListedFeed.Usable here, FeedStore remote, ListedFeed.Usable there) {
        this.local = local;
        this.here = here;
        this.remote = remote;
        this.there = there;
    }

    /**
     * @param npoints how many points are compared; both sides hold as many
     * @return null if they are the same
     */
    @Nullable
    Difference find(long npoints) throws ProblemException, InterruptedException {
        if (npoints == 0 || isSame(npoints)) {
            return null;
        }
        long same = 0;
        long different = npoints;
        while (different - same > 1) {
            long middle = same + (different - same) / 2;
            if (isSame(middle)) {
                same = middle;
            } else {
                different = middle;
            }
        }
        return new Difference(same, Instant.ofEpochSecond(time(same)));
    }

    private boolean isSame(long npoints) throws ProblemException, InterruptedException {
        return remote.digest(there, npoints).equals(local.digest(here, npoints));
    }

    private long time(long point) throws ProblemException, InterruptedException {
        FeedMeta meta = here.meta();
        if (here.engine() == Engine.PHPFINA) {
            return meta.startTime() + point * meta.intervalSeconds();
        }
        ByteBuffer record = LittleEndian.allocate(TimeSeriesRecord.BYTES);
        local.read(here, point * TimeSeriesRecord.BYTES, record);
        return TimeSeriesRecord.read(record, 0).time();
    }
}
