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
package org.openhab.binding.emoncms.internal.api;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import org.eclipse.jdt.annotation.NonNullByDefault;
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
 * Reading a list of 10,000 feeds.
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
public class FeedListBenchmark {

    private static final int FEEDS = 10_000;

    private final byte[] list = IntStream.rangeClosed(1, FEEDS).mapToObj(FeedListBenchmark::entry)
            .collect(Collectors.joining(",", "[", "]")).getBytes(StandardCharsets.UTF_8);
    private final FeedListReader reader = new FeedListReader("emoncms.org");

    private static String entry(int id) {
        return "{\"id\":\"" + id + "\",\"userid\":\"1\",\"name\":\"power" + id
                + "\",\"tag\":\"house\",\"public\":\"\",\"size\":\"1036816\",\"engine\":\"5\",\"unit\":\"W\","
                + "\"time\":1752591990,\"value\":0.5,\"start_time\":1750000000,\"end_time\":1752591990,"
                + "\"interval\":10,\"npoints\":259200}";
    }

    @Benchmark
    public List<RemoteFeed> read() throws Exception {
        return reader.read(new Answer("application/json", new ByteArrayInputStream(list), null));
    }
}
