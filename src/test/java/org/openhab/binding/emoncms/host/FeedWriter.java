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
package org.openhab.binding.emoncms.host;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;

import org.eclipse.jdt.annotation.NonNullByDefault;
import org.openhab.binding.emoncms.internal.feed.Engine;
import org.openhab.binding.emoncms.internal.feed.FeedIdentity;
import org.openhab.binding.emoncms.internal.feed.FeedMeta;
import org.openhab.binding.emoncms.internal.feed.ListedFeed;
import org.openhab.binding.emoncms.internal.feed.LittleEndian;
import org.openhab.binding.emoncms.internal.feed.ProblemException;
import org.openhab.binding.emoncms.internal.feed.TimeSeriesRecord;
import org.openhab.binding.emoncms.internal.store.NewFeed;
import org.openhab.binding.emoncms.internal.store.Segment;
import org.openhab.binding.emoncms.internal.store.directory.DirectoryFeedStore;

/**
 * Records points in a local store, as a logger does.
 *
 * @author Emoncms add-on contributors - Initial contribution
 */
@NonNullByDefault
public final class FeedWriter {

    private final DirectoryFeedStore store;

    public FeedWriter(Path directory) {
        store = DirectoryFeedStore.making(directory, Clock.systemUTC());
    }

    public ListedFeed.Usable createFixedInterval(String tag, String name, long intervalSeconds, String unit)
            throws ProblemException, InterruptedException {
        return store.create(new NewFeed(new FeedIdentity(tag, name), Engine.PHPFINA, intervalSeconds, unit));
    }

    public ListedFeed.Usable createTimeSeries(String tag, String name, String unit)
            throws ProblemException, InterruptedException {
        return store.create(new NewFeed(new FeedIdentity(tag, name), Engine.PHPTIMESERIES, 0, unit));
    }

    public FeedMeta meta(ListedFeed.Usable feed) throws ProblemException, InterruptedException {
        return store.meta(feed);
    }

    /**
     * @param startTime of the feed's first point, s since 1970 (UTC); counts if the feed is empty
     * @param values one per interval; NaN where there is no data
     */
    public void append(ListedFeed.Usable feed, long startTime, float... values)
            throws ProblemException, InterruptedException {
        ByteBuffer points = LittleEndian.allocate(values.length * feed.engine().pointBytes());
        for (float value : values) {
            points.putFloat(value);
        }
        append(feed, startTime, points.flip());
    }

    /**
     * @param records in the order of their times
     */
    public void append(ListedFeed.Usable feed, List<TimeSeriesRecord> records)
            throws ProblemException, InterruptedException {
        ByteBuffer points = LittleEndian.allocate(records.size() * TimeSeriesRecord.BYTES);
        records.forEach(record -> record.write(points));
        append(feed, records.get(0).time(), points.flip());
    }

    private void append(ListedFeed.Usable feed, long startTime, ByteBuffer points)
            throws ProblemException, InterruptedException {
        FeedMeta held = store.meta(feed);
        FeedMeta meta = held.isEmpty() ? new FeedMeta(startTime, held.intervalSeconds(), 0) : held;
        store.append(List.of(new Segment(feed, meta, held.npoints(), points.limit() / feed.engine().pointBytes(),
                (startByte, target) -> target.put(points))));
    }
}
