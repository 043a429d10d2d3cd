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
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;

import org.eclipse.jdt.annotation.NonNullByDefault;
import org.mockito.Mockito;
import org.openhab.binding.emoncms.internal.feed.Engine;
import org.openhab.binding.emoncms.internal.feed.FeedIdentity;
import org.openhab.binding.emoncms.internal.feed.FeedMeta;
import org.openhab.binding.emoncms.internal.feed.ListedFeed;
import org.openhab.binding.emoncms.internal.feed.LittleEndian;
import org.openhab.binding.emoncms.internal.feed.ProblemException;
import org.openhab.binding.emoncms.internal.feed.TimeSeriesRecord;
import org.openhab.binding.emoncms.internal.store.LocalFeedStore;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;

/**
 * The settled points of any feed at any time, against a count of one point after the other.
 *
 * @author Emoncms add-on contributors - Initial contribution
 */
@NonNullByDefault
class LocalFeedReaderPropertiesTest {

    private static final long START = 1_700_000_000L;
    private static final Duration GRACE = Duration.ofSeconds(10);
    private static final Duration WRITE_DELAY = Duration.ofMinutes(10);

    private static LocalFeed read(Engine engine, FeedMeta meta, ByteBuffer points, Instant now)
            throws ProblemException, InterruptedException {
        LocalFeedStore store = Mockito.mock(LocalFeedStore.class, Mockito.withSettings().stubOnly());
        Mockito.doAnswer(call -> {
            ByteBuffer target = call.getArgument(2);
            return target.put(points.slice((int) (long) call.<Long> getArgument(1), target.remaining()));
        }).when(store).read(Mockito.any(), Mockito.anyLong(), Mockito.any());
        return new LocalFeedReader(store, Clock.fixed(now, ZoneOffset.UTC), new Settling(GRACE, WRITE_DELAY))
                .read(new ListedFeed.Usable(1, new FeedIdentity("t", "n"), engine, "", meta));
    }

    @Property
    void aSlotIsSettledAfterTheGraceThatFollowsItsEnd(@ForAll @IntRange(max = 200) int npoints,
            @ForAll @LongRange(min = 1, max = 90_000) long interval,
            @ForAll @LongRange(min = -100_000, max = 20_000_000) long age, @ForAll @IntRange(max = 999) int millis)
            throws Exception {
        Instant now = Instant.ofEpochSecond(START + age % (interval * 220), millis * 1_000_000L);
        long settled = 0;
        while (settled < npoints && !Instant.ofEpochSecond(START + (settled + 1) * interval)
                .plus(settled + 1 == npoints ? WRITE_DELAY : GRACE).isAfter(now)) {
            settled++;
        }

        LocalFeed feed = read(Engine.PHPFINA, new FeedMeta(npoints == 0 ? 0 : START, interval, npoints),
                ByteBuffer.allocate(npoints * Engine.PHPFINA.pointBytes()), now);

        assertThat(feed.settledPoints()).isEqualTo(settled);
    }

    @Provide
    Arbitrary<List<Integer>> steps() {
        return Arbitraries.integers().between(0, 30).list().ofMaxSize(500);
    }

    @Property
    void aRecordIsSettledAfterTheGraceThatFollowsItsSecond(@ForAll("steps") List<Integer> steps,
            @ForAll @LongRange(min = -100, max = 10_000) long age, @ForAll @IntRange(max = 999) int millis)
            throws Exception {
        Instant now = Instant.ofEpochSecond(START + age, millis * 1_000_000L);
        ByteBuffer points = LittleEndian.allocate(steps.size() * TimeSeriesRecord.BYTES);
        long time = START;
        long settled = 0;
        int records = 0;
        for (int step : steps) {
            time += step;
            records++;
            new TimeSeriesRecord(time, 1).write(points);
            Duration wait = records == steps.size() ? WRITE_DELAY : GRACE;
            settled += Instant.ofEpochSecond(time + 1).plus(wait).isAfter(now) ? 0 : 1;
        }

        LocalFeed feed = read(Engine.PHPTIMESERIES, new FeedMeta(steps.isEmpty() ? 0 : START, 0, steps.size()), points,
                now);

        assertThat(feed.settledPoints()).isEqualTo(settled);
    }
}
