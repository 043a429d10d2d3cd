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
import java.util.ArrayList;
import java.util.List;

import org.eclipse.jdt.annotation.NonNullByDefault;
import org.openhab.binding.emoncms.internal.feed.ByteSink;
import org.openhab.binding.emoncms.internal.feed.Engine;
import org.openhab.binding.emoncms.internal.feed.FeedMeta;
import org.openhab.binding.emoncms.internal.feed.ListedFeed;
import org.openhab.binding.emoncms.internal.feed.LittleEndian;
import org.openhab.binding.emoncms.internal.feed.Problem;
import org.openhab.binding.emoncms.internal.feed.ProblemException;
import org.openhab.binding.emoncms.internal.feed.ProblemKind;
import org.openhab.binding.emoncms.internal.feed.TimeSeriesRecord;
import org.openhab.binding.emoncms.internal.store.FeedStore;

/**
 * Fetches remote points and compares them one by one with the local ones.
 *
 * @author Emoncms add-on contributors - Initial contribution
 */
@NonNullByDefault
final class PointComparison implements ByteSink {

    private static final int BUFFER_BYTES = 64 << 10;

    private final FeedStore local;
    private final ListedFeed.Usable here;
    private final boolean isFixedInterval;
    private final int pointBytes;
    private final long end;
    private final int most;
    private final ByteBuffer received = LittleEndian.allocate(BUFFER_BYTES);
    private final ByteBuffer held = LittleEndian.allocate(BUFFER_BYTES);
    private final List<PointChange> differing = new ArrayList<>();
    private long next;

    /**
     * @param first the first point that is compared
     * @param end the first that is not
     * @param most so many differing points are enough, or a few more
     */
    PointComparison(FeedStore local, ListedFeed.Usable here, long first, long end, int most) {
        this.local = local;
        this.here = here;
        this.end = end;
        this.most = most;
        next = first;
        isFixedInterval = here.engine() == Engine.PHPFINA;
        pointBytes = here.engine().pointBytes();
    }

    /** The first point that was not compared. */
    long next() {
        return next;
    }

    /** In the order of the feed. */
    List<PointChange> differing() {
        return differing;
    }

    /**
     * @throws ProblemException if the remote feed ends before its announced points do
     */
    void requireProgress(long before) throws ProblemException {
        if (next == before) {
            throw new ProblemException(Problem.of(ProblemKind.REMOTE_CHANGED, here.identity()));
        }
    }

    @Override
    public boolean accept(ByteBuffer bytes) throws ProblemException, InterruptedException {
        while (bytes.hasRemaining() && next < end && differing.size() < most) {
            int length = Math.min(bytes.remaining(), received.remaining());
            received.put(bytes.slice(bytes.position(), length));
            bytes.position(bytes.position() + length);
            compare();
        }
        return next < end && differing.size() < most;
    }

    private void compare() throws ProblemException, InterruptedException {
        received.flip();
        int npoints = (int) Math.min(received.remaining() / pointBytes, end - next);
        if (npoints > 0) {
            local.read(here, next * pointBytes, held.clear().limit(npoints * pointBytes));
            for (int i = 0; i < npoints; i++) {
                compare(i * pointBytes);
                next++;
            }
            received.position(npoints * pointBytes);
        }
        received.compact();
    }

    private void compare(int position) {
        if (isFixedInterval) {
            if (received.getInt(position) != held.getInt(position)) {
                FeedMeta meta = here.meta();
                add(meta.startTime() + next * meta.intervalSeconds(), received.getFloat(position),
                        held.getFloat(position), true);
            }
        } else if (!received.slice(position, pointBytes).equals(held.slice(position, pointBytes))) {
            TimeSeriesRecord there = TimeSeriesRecord.read(received, position);
            TimeSeriesRecord record = TimeSeriesRecord.read(held, position);
            add(record.time(), there.value(), record.value(), there.time() == record.time());
        }
    }

    private void add(long time, float remote, float value, boolean isPossible) {
        differing.add(new PointChange(next, Instant.ofEpochSecond(time), remote, value, isPossible));
    }
}
