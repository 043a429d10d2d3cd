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

import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

import org.eclipse.jdt.annotation.NonNullByDefault;
import org.eclipse.jdt.annotation.Nullable;
import org.openhab.binding.emoncms.internal.feed.Engine;
import org.openhab.binding.emoncms.internal.feed.FeedIdentity;
import org.openhab.binding.emoncms.internal.feed.FixedIntervalMeta;
import org.openhab.binding.emoncms.internal.feed.ListedFeed;
import org.openhab.binding.emoncms.internal.feed.LittleEndian;
import org.openhab.binding.emoncms.internal.feed.ProblemException;
import org.openhab.binding.emoncms.internal.store.NewFeed;
import org.openhab.binding.emoncms.internal.store.directory.DirectoryFeedStore;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;

/**
 * The local feeds and who writes them. As Emoncms does it, the point of an interval is written again and again until
 * some seconds after the interval's end, and a record until some seconds after its time.
 *
 * @author Emoncms add-on contributors - Initial contribution
 */
@NonNullByDefault
final class LocalHome {

    private static final int SERIES_SECONDS = 13;

    /**
     * A point that is not written for the last time.
     *
     * @param end of its interval
     */
    private record Open(int id, Engine engine, long index, long time, long end) {
    }

    private final Path directory;
    private final Clock clock;
    private final int lateness;
    private final DirectoryFeedStore store;
    private final Map<Integer, Open> open = new HashMap<>();
    private int interimWrites;

    /**
     * @param clock that is right
     * @param lateness how many seconds after its end a point may be written
     */
    LocalHome(Path directory, Clock clock, int lateness) {
        this.directory = directory;
        this.clock = clock;
        this.lateness = lateness;
        store = DirectoryFeedStore.making(directory, clock);
    }

    static FeedIdentity identity(int feed) {
        return new FeedIdentity("house", "feed" + feed);
    }

    private static int number(FeedIdentity identity) {
        return identity.name().charAt(identity.name().length() - 1) - '0';
    }

    private long now() {
        return clock.instant().getEpochSecond();
    }

    /** By their numbers. */
    Map<Integer, FeedSide> feeds() throws IOException, ProblemException, InterruptedException {
        Map<Integer, FeedSide> feeds = new TreeMap<>();
        for (ListedFeed listed : store.list()) {
            if (!(listed instanceof ListedFeed.Usable usable)) {
                throw new IllegalStateException("Unusable: " + listed);
            }
            feeds.put(number(usable.identity()), FeedSide.read(directory, usable.id(), usable.engine()));
        }
        return feeds;
    }

    @Nullable
    FeedSide feed(int feed) throws IOException, ProblemException, InterruptedException {
        return feeds().get(feed);
    }

    void create(int feed, FeedKind kind) throws ProblemException, InterruptedException {
        store.create(new NewFeed(identity(feed), kind.engine, kind.intervalSeconds, "W"));
    }

    void clear(int feed) throws IOException, ProblemException, InterruptedException {
        FeedSide side = feed(feed);
        if (side != null) {
            open.remove(feed);
            if (side.engine() == Engine.PHPFINA) {
                writeMeta(side, 0);
            }
            Files.write(FeedSide.data(directory, side.id(), side.engine()), new byte[0]);
        }
    }

    void delete(int feed) throws IOException, ProblemException, InterruptedException {
        FeedSide side = feed(feed);
        if (side != null) {
            open.remove(feed);
            Path catalogue = directory.resolve("feeds.json");
            JsonObject json = JsonParser.parseString(Files.readString(catalogue)).getAsJsonObject();
            JsonArray kept = new JsonArray();
            json.getAsJsonArray("feeds").forEach(entry -> {
                if (entry.getAsJsonObject().get("id").getAsInt() != side.id()) {
                    kept.add(entry);
                }
            });
            json.add("feeds", kept);
            Files.write(catalogue, json.toString().getBytes(StandardCharsets.UTF_8));
            Files.delete(FeedSide.data(directory, side.id(), side.engine()));
            Files.deleteIfExists(FeedSide.meta(directory, side.id()));
        }
    }

    private void writeMeta(FeedSide side, long startTime) throws IOException {
        Files.write(FeedSide.meta(directory, side.id()),
                new FixedIntervalMeta(startTime, side.interval()).toBuffer().array());
    }

    /**
     * Writes the next points up to now. The first ones of a feed lie in the past.
     *
     * @param gap so many intervals before them stay without data
     * @param isFinal whether none of them may be written again
     */
    void append(int feed, int points, int gap, boolean isFinal)
            throws IOException, ProblemException, InterruptedException {
        FeedSide side = feed(feed);
        if (side == null || points == 0) {
            return;
        }
        close(feed);
        if (side.engine() == Engine.PHPFINA) {
            appendIntervals(feed, side, points, gap, isFinal);
        } else {
            appendRecords(feed, side, points, isFinal);
        }
    }

    private void appendIntervals(int feed, FeedSide side, int points, int gap, boolean isFinal) throws IOException {
        long interval = side.interval();
        long current = now() / interval * interval;
        long last = isFinal ? current - interval : current;
        long start = side.isEmpty() ? last - (points + gap - 1) * interval : side.startTime();
        long first = side.npoints();
        long missing = (last - start) / interval + 1 - first;
        int count = (int) Math.min(points + gap, missing);
        if (count <= 0) {
            return;
        }
        if (side.isEmpty()) {
            writeMeta(side, start);
        }
        ByteBuffer bytes = LittleEndian.allocate(count * Float.BYTES);
        for (long i = first; i < first + count; i++) {
            bytes.putFloat(i - first < gap ? Float.NaN : Values.settled(feed, start + i * interval));
        }
        write(side, first, bytes.flip());
        long lastTime = start + (first + count - 1) * interval;
        if (!isFinal && count > gap) {
            open(feed, new Open(side.id(), side.engine(), first + count - 1, lastTime, lastTime + interval));
        }
    }

    private void appendRecords(int feed, FeedSide side, int points, boolean isFinal) throws IOException {
        long now = now();
        long time = side.isEmpty() ? now - (long) points * SERIES_SECONDS : side.time(side.npoints() - 1);
        long index = side.npoints();
        for (int i = 0; i < points && time < now; i++) {
            time = Math.min(time + SERIES_SECONDS, now);
            write(side, index, FeedSide.point(side.engine(), time, Values.settled(feed, time)));
            index++;
        }
        if (!isFinal && index > side.npoints()) {
            open(feed, new Open(side.id(), side.engine(), index - 1, time, time));
        }
    }

    private void open(int feed, Open point) throws IOException {
        open.put(feed, point);
        rewrite(feed, point);
    }

    /** Writes what is open once more, and for the last time what has become old enough. */
    void rewrite() throws IOException {
        for (int feed : open.keySet().stream().toList()) {
            Open point = open.get(feed);
            if (point != null) {
                rewrite(feed, point);
            }
        }
    }

    private void rewrite(int feed, Open point) throws IOException {
        if (point.end() + lateness <= now()) {
            close(feed);
        } else {
            interimWrites++;
            write(point, Values.interim(interimWrites));
        }
    }

    /** Writes what is open for the last time. */
    void close() throws IOException {
        for (int feed : open.keySet().stream().toList()) {
            close(feed);
        }
    }

    private void close(int feed) throws IOException {
        Open point = open.remove(feed);
        if (point != null) {
            write(point, Values.settled(feed, point.time()));
        }
    }

    private void write(Open point, float value) throws IOException {
        write(FeedSide.data(directory, point.id(), point.engine()), point.index() * point.engine().pointBytes(),
                FeedSide.point(point.engine(), point.time(), value));
    }

    private void write(FeedSide side, long index, ByteBuffer points) throws IOException {
        write(FeedSide.data(directory, side.id(), side.engine()), index * side.engine().pointBytes(), points);
    }

    private static void write(Path file, long position, ByteBuffer bytes) throws IOException {
        try (FileChannel channel = FileChannel.open(file, WRITE)) {
            channel.write(bytes, position);
        }
    }

    /** How many points of the feed are written for the last time. */
    long closedPoints(int feed, FeedSide side) {
        Open point = open.get(feed);
        return point == null ? side.npoints() : point.index();
    }
}
