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
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import org.eclipse.jdt.annotation.NonNullByDefault;
import org.openhab.binding.emoncms.internal.feed.FeedIdentity;
import org.openhab.binding.emoncms.internal.feed.FixedIntervalMeta;

/**
 * A directory with PHPFina feeds that all end at the same time.
 *
 * @author Emoncms add-on contributors - Initial contribution
 */
@NonNullByDefault
final class LocalFeeds {

    static final int INTERVAL = 10;
    static final int POINT_BYTES = 4;
    static final int FIRST_VALUE = 1;

    private static final int CHUNK_BYTES = 1 << 16;

    private final Path directory;
    private final int count;
    private final Random random = new Random(1);
    private String tag = "bench";

    /**
     * @param count of feeds; they have to be added
     */
    LocalFeeds(Path directory, int count) throws IOException {
        this.directory = directory;
        this.count = count;
        Files.createDirectories(directory.resolve("phpfina"));
        name(tag);
    }

    int count() {
        return count;
    }

    Path directory() {
        return directory;
    }

    String tag() {
        return tag;
    }

    FeedIdentity identity(int feed) {
        return new FeedIdentity(tag, name(feed));
    }

    List<FeedIdentity> identities() {
        return IntStream.range(0, count).mapToObj(this::identity).toList();
    }

    static String name(int feed) {
        return "power" + feed;
    }

    /** The inverse of {@link #name(int)}. */
    static int index(String name) {
        return Integer.parseInt(name.substring("power".length()));
    }

    Path data(int feed) {
        return directory.resolve("phpfina").resolve(id(feed) + ".dat");
    }

    private static int id(int feed) {
        return feed + 1;
    }

    /** Gives all feeds this tag, by which they become other ones. */
    void name(String tag) throws IOException {
        this.tag = tag;
        Files.writeString(directory.resolve("feeds.json"),
                IntStream.range(0, count)
                        .mapToObj(feed -> "{\"id\":" + id(feed) + ",\"tag\":\"" + tag + "\",\"name\":\"" + name(feed)
                                + "\",\"engine\":5,\"unit\":\"W\"}")
                        .collect(Collectors.joining(",\n", "{\"feeds\":[", "]}")));
    }

    /** A feed of zeros, without need of room on the disk. */
    void addZeros(int feed, long startTime, long npoints) throws IOException {
        writeMeta(feed, startTime);
        try (RandomAccessFile file = new RandomAccessFile(data(feed).toFile(), "rw")) {
            file.setLength(npoints * POINT_BYTES);
        }
    }

    /** Makes the first point of a feed of zeros another one. */
    void setFirst(int feed) throws IOException {
        try (FileChannel channel = FileChannel.open(data(feed), StandardOpenOption.WRITE)) {
            channel.write(ByteBuffer.allocate(POINT_BYTES).order(ByteOrder.LITTLE_ENDIAN).putFloat(FIRST_VALUE).flip(),
                    0);
        }
    }

    void add(int feed, long startTime, long npoints) throws IOException {
        writeMeta(feed, startTime);
        Files.write(data(feed), new byte[0]);
        append(feed, npoints);
    }

    private void writeMeta(int feed, long startTime) throws IOException {
        Files.write(directory.resolve("phpfina").resolve(id(feed) + ".meta"),
                new FixedIntervalMeta(startTime, INTERVAL).toBuffer().array());
    }

    void append(int feed, long npoints) throws IOException {
        ByteBuffer chunk = ByteBuffer.allocate(CHUNK_BYTES).order(ByteOrder.LITTLE_ENDIAN);
        try (FileChannel channel = FileChannel.open(data(feed), StandardOpenOption.WRITE, StandardOpenOption.APPEND)) {
            for (long left = npoints * POINT_BYTES; left > 0;) {
                chunk.clear().limit((int) Math.min(left, CHUNK_BYTES));
                while (chunk.hasRemaining()) {
                    chunk.putFloat(random.nextFloat());
                }
                left -= channel.write(chunk.flip());
            }
        }
    }

    /** When a feed starts that has so many points and has ended this long ago. */
    static long startTime(long now, long endedSecondsAgo, long npoints) {
        return (now - endedSecondsAgo) / INTERVAL * INTERVAL - npoints * INTERVAL;
    }

    long startTime(int feed) throws IOException {
        byte[] meta = Files.readAllBytes(directory.resolve("phpfina").resolve(id(feed) + ".meta"));
        return FixedIntervalMeta.read(ByteBuffer.wrap(meta).order(ByteOrder.LITTLE_ENDIAN)).startTime();
    }

    long npoints(int feed) throws IOException {
        return Files.size(data(feed)) / POINT_BYTES;
    }
}
