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
import org.openhab.binding.emoncms.internal.store.Segment;
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
 * Planning a batch when 10,000 feeds have points to upload.
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
public class BatchPlannerBenchmark {

    private static final int FEEDS = 10_000;
    private static final int MOST_FEEDS = 5000;
    private static final int SHARES = 4;
    private static final int BATCH_BYTES = 1 << 20;
    private static final int DIFFERENT = 997;

    private final List<BatchPlanner.Pending> pending = IntStream.rangeClosed(1, FEEDS)
            .mapToObj(BatchPlannerBenchmark::pending).toList();

    private static BatchPlanner.Pending pending(int id) {
        FeedMeta meta = new FeedMeta(1_750_000_000, 10, 1000);
        return new BatchPlanner.Pending(
                new ListedFeed.Usable(id, new FeedIdentity("house", "power" + id), Engine.PHPFINA, "W", meta), meta,
                30 + id % DIFFERENT, (startByte, target) -> target.position(target.limit()));
    }

    @Benchmark
    public List<Segment> plan() {
        return BatchPlanner.plan(pending, BATCH_BYTES, MOST_FEEDS, SHARES);
    }
}
