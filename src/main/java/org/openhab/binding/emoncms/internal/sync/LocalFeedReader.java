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
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

import org.eclipse.jdt.annotation.NonNullByDefault;
import org.eclipse.jdt.annotation.Nullable;
import org.openhab.binding.emoncms.internal.feed.Engine;
import org.openhab.binding.emoncms.internal.feed.FeedIdentity;
import org.openhab.binding.emoncms.internal.feed.FeedMeta;
import org.openhab.binding.emoncms.internal.feed.ListedFeed;
import org.openhab.binding.emoncms.internal.feed.LittleEndian;
import org.openhab.binding.emoncms.internal.feed.ProblemException;
import org.openhab.binding.emoncms.internal.feed.TimeSeriesRecord;
import org.openhab.binding.emoncms.internal.store.LocalFeedStore;

/**
 * Finds out how many of a feed's points are settled. Reads only what has changed since it was read last.
 *
 * @author Emoncms add-on contributors - Initial contribution
 */
@NonNullByDefault
final class LocalFeedReader {

    private static final int FIRST_RECORDS = 64;
    private static final int MOST_RECORDS = 64 << 10;

    private record Read(Object stamp, LocalFeed feed) {
    }

    private final LocalFeedStore store;
    private final Clock clock;
    private final Settling settling;
    private final Map<FeedIdentity, Read> read = new HashMap<>();

    LocalFeedReader(LocalFeedStore store, Clock clock, Settling settling) {
        this.store = store;
        this.clock = clock;
        this.settling = settling;
    }

    /**
     * What can be said without a look at the points: that of a PHPTimeSeries feed none is so young that it may change.
     */
    LocalFeed glance(ListedFeed.Usable feed) {
        FeedMeta meta = feed.meta();
        return new LocalFeed(feed,
                feed.engine() == Engine.PHPFINA ? settling.points(meta, clock.instant()) : meta.npoints(), null);
    }

    /** Forgets all others. */
    void retain(Set<FeedIdentity> feeds) {
        read.keySet().retainAll(feeds);
    }

    LocalFeed read(ListedFeed.Usable feed) throws ProblemException, InterruptedException {
        Object stamp = store.stamp(feed);
        Read last = read.get(feed.identity());
        LocalFeed now = last != null && last.stamp().equals(stamp) && last.feed().feed().equals(feed)
                ? unchanged(last.feed())
                : null;
        if (now == null) {
            now = readPoints(feed);
        }
        if (stamp == null) {
            read.remove(feed.identity());
        } else if (last == null || !now.equals(last.feed()) || !stamp.equals(last.stamp())) {
            read.put(feed.identity(), new Read(stamp, now));
        }
        return now;
    }

    /**
     * @return null if that depends on the times of the points
     */
    private @Nullable LocalFeed unchanged(LocalFeed last) {
        FeedMeta meta = last.feed().meta();
        boolean isSettled = last.settledPoints() == meta.npoints();
        if (last.feed().engine() == Engine.PHPTIMESERIES) {
            return isSettled ? last : null;
        }
        long settledPoints = settling.points(meta, clock.instant());
        return settledPoints == last.settledPoints() ? last
                : new LocalFeed(last.feed(), settledPoints, last.lastPoint());
    }

    private LocalFeed readPoints(ListedFeed.Usable feed) throws ProblemException, InterruptedException {
        FeedMeta meta = feed.meta();
        if (meta.isEmpty()) {
            return new LocalFeed(feed, 0, null);
        }
        int pointBytes = feed.engine().pointBytes();
        ByteBuffer last = LittleEndian.allocate(pointBytes);
        store.read(feed, (meta.npoints() - 1) * pointBytes, last);
        if (feed.engine() == Engine.PHPFINA) {
            long lastTime = meta.startTime() + (meta.npoints() - 1) * meta.intervalSeconds();
            return new LocalFeed(feed, settling.points(meta, clock.instant()),
                    new LocalFeed.LastPoint(Instant.ofEpochSecond(lastTime), last.getFloat(0)));
        }
        TimeSeriesRecord lastRecord = TimeSeriesRecord.read(last, 0);
        return new LocalFeed(feed, settledRecords(feed),
                new LocalFeed.LastPoint(Instant.ofEpochSecond(lastRecord.time()), lastRecord.value()));
    }

    /** Looks for the last settled record from the end, where it nearly always is. */
    private long settledRecords(ListedFeed.Usable feed) throws ProblemException, InterruptedException {
        long end = feed.meta().npoints();
        Instant now = clock.instant();
        for (int window = FIRST_RECORDS; end > 0; window = Math.min(MOST_RECORDS, window * 4)) {
            long start = Math.max(0, end - window);
            ByteBuffer records = LittleEndian.allocate((int) (end - start) * TimeSeriesRecord.BYTES);
            store.read(feed, start * TimeSeriesRecord.BYTES, records);
            for (; end > start; end--) {
                long time = TimeSeriesRecord.read(records, (int) (end - 1 - start) * TimeSeriesRecord.BYTES).time();
                if (settling.isSettled(time, end == feed.meta().npoints(), now)) {
                    return end;
                }
            }
        }
        return 0;
    }
}
