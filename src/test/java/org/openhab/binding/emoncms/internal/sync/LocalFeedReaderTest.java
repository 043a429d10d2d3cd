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

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

import org.eclipse.jdt.annotation.NonNullByDefault;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
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
import org.openhab.binding.emoncms.simulated.AdjustableClock;

/**
 * Which points of a feed are settled.
 *
 * @author Emoncms add-on contributors - Initial contribution
 */
@NonNullByDefault
class LocalFeedReaderTest {

    private static final long START = 1_700_000_000L;
    private static final Duration GRACE = Duration.ofSeconds(10);

    private final Path directory;

    LocalFeedReaderTest(@TempDir Path directory) {
        this.directory = directory;
    }

    private LocalFeed readAt(Instant now, Engine engine, long interval, ByteBuffer points)
            throws ProblemException, InterruptedException {
        AdjustableClock clock = new AdjustableClock(now);
        DirectoryFeedStore store = DirectoryFeedStore.making(directory.resolve(now + "-" + points.limit()), clock);
        ListedFeed.Usable feed = store.create(new NewFeed(new FeedIdentity("t", "n"), engine, interval, ""));
        int npoints = points.limit() / engine.pointBytes();
        if (npoints > 0) {
            store.append(List.of(new Segment(feed, new FeedMeta(START, interval, npoints), 0, npoints,
                    (startByte, target) -> target.put(points.duplicate()))));
        }
        return new LocalFeedReader(store, clock, new Settling(GRACE, GRACE))
                .read((ListedFeed.Usable) store.list().get(0));
    }

    private static ByteBuffer floats(int npoints) {
        ByteBuffer points = LittleEndian.allocate(npoints * 4);
        for (int i = 0; i < npoints; i++) {
            points.putFloat(i);
        }
        return points.flip();
    }

    private static ByteBuffer records(long... times) {
        ByteBuffer points = LittleEndian.allocate(times.length * TimeSeriesRecord.BYTES);
        for (long time : times) {
            new TimeSeriesRecord(time, 0.5f).write(points);
        }
        return points.flip();
    }

    private static Instant at(long seconds) {
        return Instant.ofEpochSecond(START + seconds);
    }

    @Test
    void aPhpFinaPointIsSettledSomeTimeAfterItsIntervalEnded() throws Exception {
        assertThat(readAt(at(3 * 10 + 9), Engine.PHPFINA, 10, floats(3)).settledPoints()).isEqualTo(2);
        assertThat(readAt(at(3 * 10 + 10), Engine.PHPFINA, 10, floats(3)).settledPoints()).isEqualTo(3);
    }

    @Test
    void aDailyPointIsOpenTheWholeDay() throws Exception {
        assertThat(readAt(at(2 * 86400 - 1), Engine.PHPFINA, 86400, floats(2)).settledPoints()).isEqualTo(1);
    }

    @Test
    void noMorePointsAreSettledThanThereAre() throws Exception {
        assertThat(readAt(at(100_000), Engine.PHPFINA, 10, floats(3)).settledPoints()).isEqualTo(3);
    }

    @Test
    void nothingIsSettledOfAFeedThatHasJustStarted() throws Exception {
        assertThat(readAt(at(2), Engine.PHPFINA, 10, floats(1)).settledPoints()).isZero();
    }

    @Test
    void aRecordIsSettledSomeTimeAfterItsTime() throws Exception {
        assertThat(readAt(at(30), Engine.PHPTIMESERIES, 0, records(START, START + 20)).settledPoints()).isEqualTo(1);
        assertThat(readAt(at(31), Engine.PHPTIMESERIES, 0, records(START, START + 20)).settledPoints()).isEqualTo(2);
    }

    @Test
    void manyRecordsOfTheFutureAreNotSettled() throws Exception {
        long[] times = new long[1000];
        for (int i = 0; i < times.length; i++) {
            times[i] = i < 300 ? START + i : START + 1_000_000 + i;
        }

        assertThat(readAt(at(5000), Engine.PHPTIMESERIES, 0, records(times)).settledPoints()).isEqualTo(300);
    }

    @Test
    void anEmptyFeedHasNoLastPoint() throws Exception {
        assertThat(readAt(at(0), Engine.PHPFINA, 10, floats(0)).lastPoint()).isNull();
    }

    @Test
    void theLastPointIsShownWhetherSettledOrNot() throws Exception {
        assertThat(readAt(at(21), Engine.PHPFINA, 10, floats(3)).lastPoint())
                .isEqualTo(new LocalFeed.LastPoint(at(20), 2));
        assertThat(readAt(at(21), Engine.PHPTIMESERIES, 0, records(START, START + 20)).lastPoint())
                .isEqualTo(new LocalFeed.LastPoint(at(20), 0.5f));
    }
}
