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
package org.openhab.binding.emoncms.crash;

import java.nio.ByteBuffer;

import org.eclipse.jdt.annotation.NonNullByDefault;
import org.openhab.binding.emoncms.internal.feed.Engine;
import org.openhab.binding.emoncms.internal.feed.FeedIdentity;
import org.openhab.binding.emoncms.internal.feed.FeedMeta;
import org.openhab.binding.emoncms.internal.feed.LittleEndian;
import org.openhab.binding.emoncms.internal.feed.TimeSeriesRecord;

/**
 * A feed whose every point is known beforehand, so that any part of it can be checked wherever it is found: a point
 * that is shifted, or of another feed, has another value.
 *
 * @author Emoncms add-on contributors - Initial contribution
 */
@NonNullByDefault
record CrashFeed(FeedIdentity identity, Engine engine, int number, int salt) {

    /** Tag of the feeds that are written locally and uploaded. */
    static final String RECORDED = "recorded";
    /** Tag of the feeds that are written on the server and downloaded. */
    static final String OFFERED = "offered";
    static final String UNIT = "W";
    static final int INTERVAL_SECONDS = 10;

    private static final long START = 1_700_000_000L;
    private static final int SECONDS_BETWEEN_RECORDS = 7;
    private static final String NAME = "feed ";
    /** What a float holds exactly. */
    private static final int MOST = (1 << 24) - 1;

    private static CrashFeed of(String tag, int number) {
        Engine engine = number % 2 == 0 ? Engine.PHPFINA : Engine.PHPTIMESERIES;
        return new CrashFeed(new FeedIdentity(tag, NAME + number), engine, number, tag.length() * 1000 + number);
    }

    static CrashFeed recorded(int number) {
        return of(RECORDED, number);
    }

    static CrashFeed offered(int number) {
        return of(OFFERED, number);
    }

    static CrashFeed of(FeedIdentity identity) {
        return of(identity.tag(), Integer.parseInt(identity.name().substring(NAME.length())));
    }

    boolean isOffered() {
        return OFFERED.equals(identity.tag());
    }

    long startTime() {
        return START + salt * INTERVAL_SECONDS;
    }

    FeedMeta meta(long npoints) {
        return new FeedMeta(npoints == 0 ? 0 : startTime(), engine == Engine.PHPFINA ? INTERVAL_SECONDS : 0, npoints);
    }

    byte[] bytes(long firstPoint, long npoints) {
        ByteBuffer points = LittleEndian.allocate((int) npoints * engine.pointBytes());
        for (long i = firstPoint; i < firstPoint + npoints; i++) {
            float value = (i * 31 + salt * 7919L) & MOST;
            if (engine == Engine.PHPFINA) {
                points.putFloat(i % 7 == 5 ? Float.NaN : value);
            } else {
                new TimeSeriesRecord(startTime() + i * SECONDS_BETWEEN_RECORDS, value).write(points);
            }
        }
        return points.array();
    }
}
