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
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What is asked of one feed's files: its meta, its last points, and the hash of a year.
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
public class FeedFilesBenchmark {

    private static final int ID = 1;
    private static final int YEAR_POINTS = 365 * 8640;
    private static final int START_TIME = 1_700_000_000;
    private static final int LAST_POINTS = 30;

    private final ByteBuffer last = ByteBuffer.allocateDirect(LAST_POINTS * LocalFeeds.POINT_BYTES);
    private final List<Path> directories = new ArrayList<>();
    private FeedFiles files = new FeedFiles(FeedDirectories.in(Path.of("")), Clock.systemUTC());

    @Setup
    public void makeFiles() throws IOException {
        Path directory = Files.createTempDirectory("emoncms-jmh");
        directories.add(directory);
        new LocalFeeds(directory, 1).add(0, START_TIME, YEAR_POINTS);
        files = new FeedFiles(FeedDirectories.in(directory), Clock.systemUTC());
    }

    @TearDown
    public void deleteFiles() throws IOException {
        for (Path directory : directories) {
            Site.deleteLocal(directory);
        }
    }

    @Benchmark
    public FeedMeta meta() throws Exception {
        return files.meta(ID, Engine.PHPFINA);
    }

    @Benchmark
    public ByteBuffer readLastPoints() throws Exception {
        files.read(ID, Engine.PHPFINA, (long) (YEAR_POINTS - LAST_POINTS) * LocalFeeds.POINT_BYTES, last.clear());
        return last;
    }

    @Benchmark
    public String digestOfAYear() throws Exception {
        return files.digest(ID, Engine.PHPFINA, YEAR_POINTS);
    }
}
