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
package org.openhab.binding.emoncms.bench;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

import org.eclipse.jdt.annotation.NonNullByDefault;
import org.openhab.binding.emoncms.internal.api.SyncBody;
import org.openhab.binding.emoncms.internal.feed.Engine;
import org.openhab.binding.emoncms.internal.feed.FeedMeta;
import org.openhab.binding.emoncms.internal.store.directory.FeedDirectories;
import org.openhab.binding.emoncms.internal.store.directory.FeedFiles;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * A body of 1 MiB from the files of feeds, with its checksum.
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
public class SyncBodyBenchmark {

    private static final int BODY_BYTES = 1 << 20;
    private static final int START_TIME = 1_750_000_000;

    /** In how many segments. */
    @Param({ "1", "64" })
    int segments;

    private final SyncBody body = new SyncBody(BODY_BYTES);
    private final List<Path> directories = new ArrayList<>();
    private int dataBytes;
    private FeedMeta meta = new FeedMeta(START_TIME, LocalFeeds.INTERVAL, 0);
    private FeedFiles files = new FeedFiles(FeedDirectories.in(Path.of("")), Clock.systemUTC());

    @Setup
    public void makeFiles() throws IOException {
        Path directory = Files.createTempDirectory("emoncms-jmh");
        directories.add(directory);
        LocalFeeds feeds = new LocalFeeds(directory, segments);
        int room = (BODY_BYTES - SyncBody.CHECKSUM_BYTES) / segments - SyncBody.headerBytes(Engine.PHPFINA);
        int npoints = room / LocalFeeds.POINT_BYTES;
        for (int i = 0; i < segments; i++) {
            feeds.add(i, START_TIME, npoints);
        }
        dataBytes = npoints * LocalFeeds.POINT_BYTES;
        meta = new FeedMeta(START_TIME, LocalFeeds.INTERVAL, npoints);
        files = new FeedFiles(FeedDirectories.in(directory), Clock.systemUTC());
    }

    @TearDown
    public void deleteFiles() throws IOException {
        for (Path directory : directories) {
            Site.deleteLocal(directory);
        }
    }

    @Benchmark
    public ByteBuffer fromFiles() throws Exception {
        body.clear();
        for (int id = 1; id <= segments; id++) {
            ByteBuffer data = body.segment(id, Engine.PHPFINA, meta, 0, dataBytes);
            files.read(id, Engine.PHPFINA, 0, data);
            body.add(data);
        }
        return body.finish();
    }
}
