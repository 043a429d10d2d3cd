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

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;

import org.eclipse.jdt.annotation.NonNullByDefault;
import org.eclipse.jdt.annotation.Nullable;
import org.openhab.binding.emoncms.internal.feed.Engine;
import org.openhab.binding.emoncms.internal.feed.FixedIntervalMeta;
import org.openhab.binding.emoncms.internal.feed.LittleEndian;
import org.openhab.binding.emoncms.internal.feed.TimeSeriesRecord;

/**
 * What the files of a feed on one side hold.
 *
 * @author Emoncms add-on contributors - Initial contribution
 */
@NonNullByDefault
record FeedSide(int id, Engine engine, long startTime, long interval, byte[] points) {

    /** How long after its end a point may still be written. */
    private static final int GRACE_SECONDS = 10;
    /** How long after its end the last point may still be written. */
    static final Duration WRITE_DELAY = Duration.ofMinutes(2);

    /**
     * @param directory the data directory of an Emoncms
     */
    static FeedSide read(Path directory, int id, Engine engine) throws IOException {
        byte[] points = Files.readAllBytes(data(directory, id, engine));
        if (engine == Engine.PHPFINA) {
            FixedIntervalMeta meta = FixedIntervalMeta
                    .read(ByteBuffer.wrap(Files.readAllBytes(meta(directory, id))).order(ByteOrder.LITTLE_ENDIAN));
            return new FeedSide(id, engine, meta.startTime(), meta.intervalSeconds(), points);
        }
        return new FeedSide(id, engine, points.length == 0 ? 0 : record(points, 0).time(), 0, points);
    }

    static Path data(Path directory, int id, Engine engine) {
        return directory
                .resolve(engine == Engine.PHPFINA ? "phpfina/" + id + ".dat" : "phptimeseries/feed_" + id + ".MYD");
    }

    static Path meta(Path directory, int id) {
        return directory.resolve("phpfina/" + id + ".meta");
    }

    private static TimeSeriesRecord record(byte[] points, long index) {
        return TimeSeriesRecord.read(ByteBuffer.wrap(points).order(ByteOrder.LITTLE_ENDIAN),
                Math.toIntExact(index * TimeSeriesRecord.BYTES));
    }

    long npoints() {
        return points.length / engine.pointBytes();
    }

    boolean isEmpty() {
        return npoints() == 0;
    }

    /** Time of a point; a PHPFina one begins then. */
    long time(long index) {
        return engine == Engine.PHPFINA ? startTime + index * interval : record(points, index).time();
    }

    /** Whether points of one can follow on those of the other. */
    boolean fits(FeedSide other) {
        return engine == other.engine && interval == other.interval && startTime == other.startTime;
    }

    /** How many points change no more, if it is that late. */
    long settledPoints(long now) {
        boolean isLastSettled = endedPoints(now - WRITE_DELAY.toSeconds() + GRACE_SECONDS) == npoints();
        return Math.min(endedPoints(now), isLastSettled ? npoints() : npoints() - 1);
    }

    /** How many points change no more if others follow, if it is that late. */
    long endedPoints(long now) {
        long settledBefore = now - GRACE_SECONDS;
        long settled = npoints();
        while (settled > 0 && !(engine == Engine.PHPFINA ? time(settled - 1) + interval <= settledBefore
                : time(settled - 1) < settledBefore)) {
            settled--;
        }
        return settled;
    }

    private FeedSide withPoints(long npoints) {
        return new FeedSide(id, engine, startTime, interval,
                Arrays.copyOf(points, Math.toIntExact(npoints * engine.pointBytes())));
    }

    /** This remote feed without points that the local one still has to settle. */
    FeedSide withoutOpen(@Nullable FeedSide local, long now) {
        boolean isOpen = local != null && engine == Engine.PHPFINA && !isEmpty() && fits(local)
                && npoints() > local.settledPoints(now) && npoints() <= local.npoints();
        return local != null && isOpen ? withPoints(local.settledPoints(now)) : this;
    }

    /**
     * Whether nothing of this remote feed differs but its last point, which is missing in the end and was shown before.
     */
    boolean waitsForMissingValue(FeedSide local) {
        int last = points.length - Float.BYTES;
        return engine == Engine.PHPFINA && last >= 0 && fits(local) && local.points.length >= points.length
                && Arrays.equals(points, 0, last, local.points, 0, last)
                && Float.isNaN(ByteBuffer.wrap(local.points).order(ByteOrder.LITTLE_ENDIAN).getFloat(last))
                && !Float.isNaN(ByteBuffer.wrap(points).order(ByteOrder.LITTLE_ENDIAN).getFloat(last));
    }

    boolean startsWith(FeedSide other) {
        return points.length >= other.points.length
                && Arrays.equals(points, 0, other.points.length, other.points, 0, other.points.length);
    }

    /** What has to be said of a feed that is on both sides, or on one. */
    static SyncState compare(@Nullable FeedSide local, @Nullable FeedSide remote, long now) {
        if (local == null || remote == null) {
            return local != null ? SyncState.LOCAL_ONLY : remote != null ? SyncState.REMOTE_ONLY : SyncState.ABSENT;
        }
        if (local.engine != remote.engine) {
            return SyncState.DIFFERENT_ENGINE;
        }
        if (!local.isEmpty() && !remote.isEmpty() && !local.fits(remote)) {
            return local.interval == remote.interval ? SyncState.DIFFERENT_START : SyncState.DIFFERENT_INTERVAL;
        }
        int comparison = Long.compare(local.settledPoints(now), remote.npoints());
        return comparison == 0 ? SyncState.SAME : comparison > 0 ? SyncState.LOCAL_AHEAD : SyncState.REMOTE_AHEAD;
    }

    /** As {@link #compare}, but also by what the points are. */
    static SyncState compareWithPoints(@Nullable FeedSide local, @Nullable FeedSide remote, long now) {
        SyncState state = compare(local, remote, now);
        boolean isComparable = state == SyncState.SAME || state == SyncState.LOCAL_AHEAD
                || state == SyncState.REMOTE_AHEAD;
        if (local == null || remote == null || !isComparable) {
            return state;
        }
        int bytes = Math.toIntExact(Math.min(local.settledPoints(now), remote.npoints()) * local.engine().pointBytes());
        return Arrays.equals(local.points, 0, bytes, remote.points, 0, bytes) ? state : SyncState.DIVERGED;
    }

    static ByteBuffer point(Engine engine, long time, float value) {
        ByteBuffer point = LittleEndian.allocate(engine.pointBytes());
        if (engine == Engine.PHPFINA) {
            point.putFloat(value);
        } else {
            new TimeSeriesRecord(time, value).write(point);
        }
        return point.flip();
    }

    @Override
    public String toString() {
        return "%s %d, start %d, interval %d, %d points".formatted(engine.title(), id, startTime, interval, npoints());
    }
}
