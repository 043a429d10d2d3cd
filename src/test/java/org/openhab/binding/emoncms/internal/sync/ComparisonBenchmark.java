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

import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

import org.eclipse.jdt.annotation.NonNullByDefault;
import org.openhab.binding.emoncms.internal.feed.Engine;
import org.openhab.binding.emoncms.internal.feed.FeedIdentity;
import org.openhab.binding.emoncms.internal.feed.FeedMeta;
import org.openhab.binding.emoncms.internal.feed.ListedFeed;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Comparing what is known of both sides of 1,000 feeds, some of which have points to upload.
 *
 * @author Emoncms add-on contributors - Initial contribution
 */
@NonNullByDefault
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class ComparisonBenchmark {

    private static final int FEEDS = 1000;
    private static final int DIFFERENT = 7;

    private final List<LocalFeed> local = IntStream.rangeClosed(1, FEEDS)
            .mapToObj(id -> new LocalFeed(feed(id, FEEDS), FEEDS, null)).toList();
    private final List<ListedFeed.Usable> remote = IntStream.rangeClosed(1, FEEDS)
            .mapToObj(id -> feed(id, FEEDS - id % DIFFERENT)).toList();

    private static ListedFeed.Usable feed(int id, long npoints) {
        return new ListedFeed.Usable(id, new FeedIdentity("house", "power" + id), Engine.PHPFINA, "W",
                new FeedMeta(1_750_000_000, 10, npoints));
    }

    @Benchmark
    public long compareAll() {
        long pendingPoints = 0;
        for (int i = 0; i < FEEDS; i++) {
            pendingPoints += Comparison.of(local.get(i), null, remote.get(i)).pendingPoints();
        }
        return pendingPoints;
    }
}
