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
package org.openhab.binding.emoncms.simulated;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;

import org.eclipse.jdt.annotation.NonNullByDefault;
import org.eclipse.jdt.annotation.Nullable;

/**
 * PHPFina: a fixed interval; {@code ID.dat} holds one float32, little-endian, per interval, NaN where there is no data.
 *
 * @author Emoncms add-on contributors - Initial contribution
 */
@NonNullByDefault
final class FinaEngine extends FileEngine {
    private static final String SOURCE = "Modules/feed/engine/PHPFina.php";
    private static final int HEADER_BYTES = 20;
    private static final int LEAST_INTERVAL = 10;
    private static final long MOST_PADDING = 15_768_000;
    private static final int PADDING = 0x7fc00000;

    private final Path directory;

    FinaEngine(Path directory) {
        this.directory = directory;
    }

    @Override
    Path dataFile(int id) {
        return directory.resolve(id + ".dat");
    }

    Path metaFile(int id) {
        return directory.resolve(id + ".meta");
    }

    @Override
    int pointBytes() {
        return Float.BYTES;
    }

    @Override
    int sizeDecimals() {
        return 1;
    }

    @Override
    public void create(int id, long intervalSeconds) throws IOException {
        new FinaMeta(Math.max(intervalSeconds, LEAST_INTERVAL), 0, 0).write(metaFile(id));
        Files.write(dataFile(id), new byte[0]);
    }

    @Override
    public void delete(int id) throws IOException {
        Files.deleteIfExists(metaFile(id));
        Files.deleteIfExists(dataFile(id));
    }

    @Override
    public @Nullable Map<String, Object> meta(int id) throws IOException {
        FinaMeta meta = readMeta(id);
        return meta == null ? null : meta.json(id);
    }

    @Override
    public @Nullable TimeValue last(int id) throws IOException {
        FinaMeta meta = readMeta(id);
        if (meta == null || meta.npoints() == 0) {
            return null;
        }
        try (FileChannel channel = FileChannel.open(dataFile(id), StandardOpenOption.READ)) {
            return last(channel, meta);
        }
    }

    @Override
    public long size(int id) throws IOException {
        return readMeta(id) == null ? 0 : 16 + bytes(id);
    }

    /**
     * All rules but the feed's owner: a feed without points takes any interval and start; a feed whose start is known
     * while its data is gone is taken for one without points, after two warnings.
     */
    @Override
    Synced sync(int id, ByteBuffer segment, PhpScript script) throws IOException {
        SegmentFields fields = new SegmentFields(segment, script, SOURCE);
        Long dataLen = fields.next();
        Long feedId = fields.next();
        Long startTime = fields.next();
        Long interval = fields.next();
        Long dataStart = fields.next();
        String feed = feedId == null ? "" : feedId.toString();
        if (startTime == null || startTime == 0) {
            return Synced.refused("Invalid start_time for feed " + feed);
        }
        if (interval == null || interval == 0) {
            return Synced.refused("Invalid interval for feed " + feed);
        }
        if (dataLen == null || dataStart == null || dataLen <= HEADER_BYTES) {
            return Synced.refused("Invalid data_len for feed " + feed);
        }
        FinaMeta meta = readMeta(id);
        if (meta == null) {
            script.warning("Attempt to read property \"npoints\" on bool", SOURCE);
            script.warning("Attempt to read property \"start_time\" on bool", SOURCE);
        }
        if (meta == null || meta.isEmpty()) {
            meta = new FinaMeta(interval, startTime, 0);
            meta.write(metaFile(id));
        } else if (meta.startTime() != startTime) {
            return Synced.refused("Upload start_time does not match local start_time for feedid=" + feed);
        } else if (meta.interval() != interval) {
            return Synced.refused("Upload interval does not match local interval for feedid=" + feed);
        } else if (meta.npoints() * Float.BYTES != dataStart) {
            return Synced.refused("Upload data_start does not match local npoints for feedid=" + feed);
        }
        int dataBytes = segment.remaining();
        script.allocate(dataBytes);
        try (FileChannel channel = openForWriting(dataFile(id))) {
            write(channel, segment, dataStart);
            script.release(dataBytes);
            FinaMeta after = meta.withNpoints(channel.size() / Float.BYTES);
            return new Synced(null, after.npoints() == 0 ? null : last(channel, after), after.json(id));
        }
    }

    /** Sends the point before the start once more, as it may have changed */
    @Override
    @Nullable
    Region export(int id, long startByte) throws IOException {
        if (readMeta(id) == null) {
            return null;
        }
        long from = Math.max(0, startByte / Float.BYTES * Float.BYTES - Float.BYTES);
        return new Region(dataFile(id), from, Math.max(0, bytes(id) - from));
    }

    @Override
    @Nullable
    Double valueAt(int id, long time) throws IOException {
        FinaMeta meta = readMeta(id);
        long position = meta == null ? -1 : Math.round((time - meta.startTime()) / (double) meta.interval());
        if (meta == null || position < 0 || position >= meta.npoints()) {
            return null;
        }
        try (FileChannel channel = FileChannel.open(dataFile(id), StandardOpenOption.READ)) {
            return point(channel, position);
        }
    }

    @Override
    void post(int id, long time, float value) throws IOException {
        FinaMeta meta = readMeta(id);
        if (meta == null) {
            return;
        }
        long slot = Math.floorDiv(time, meta.interval()) * meta.interval();
        if (meta.isEmpty()) {
            meta = new FinaMeta(meta.interval(), slot, 0);
            meta.write(metaFile(id));
        }
        long position = Math.floorDiv(slot - meta.startTime(), meta.interval());
        long padding = Math.max(0, position - meta.npoints());
        if (position < 0 || padding > MOST_PADDING) {
            return;
        }
        ByteBuffer bytes = littleEndian(Math.toIntExact((padding + 1) * Float.BYTES));
        for (long i = 0; i < padding; i++) {
            bytes.putInt(PADDING);
        }
        bytes.putFloat(value).flip();
        try (FileChannel channel = openForWriting(dataFile(id))) {
            write(channel, bytes, (position - padding) * Float.BYTES);
        }
    }

    /**
     * Makes the points from start to before end NaN, the last one never.
     *
     * @return bytes written, or false
     */
    Object erase(int id, long startTime, long endTime) throws IOException {
        FinaMeta meta = readMeta(id);
        if (meta == null || meta.npoints() == 0) {
            return false;
        }
        long start = Math.max(meta.startTime(), Math.floorDiv(startTime, meta.interval()) * meta.interval());
        long end = Math.min(meta.endTime(), Math.floorDiv(endTime, meta.interval()) * meta.interval());
        long first = Math.floorDiv(start - meta.startTime(), meta.interval());
        int count = (int) (Math.floorDiv(end - meta.startTime(), meta.interval()) - first);
        if (count <= 0) {
            return false;
        }
        ByteBuffer bytes = littleEndian(count * Float.BYTES);
        while (bytes.hasRemaining()) {
            bytes.putInt(PADDING);
        }
        try (FileChannel channel = openForWriting(dataFile(id))) {
            write(channel, bytes.flip(), first * Float.BYTES);
        }
        return count * Float.BYTES;
    }

    @Override
    DataReader data(int id) throws IOException {
        FinaMeta meta = readMeta(id);
        FinaMeta known = meta == null ? new FinaMeta(1, Long.MAX_VALUE, 0) : meta;
        FileChannel channel = FileChannel.open(dataFile(id), StandardOpenOption.READ);
        return new DataReader() {
            @Override
            public @Nullable Double value(long time, long end) throws IOException {
                boolean inside = known.npoints() > 0 && time >= known.startTime() && time <= known.endTime();
                return inside ? point(channel, (time - known.startTime()) / known.interval()) : null;
            }

            @Override
            public void close() throws IOException {
                channel.close();
            }
        };
    }

    @Override
    public Object clear(int id) throws IOException {
        FinaMeta meta = readMeta(id);
        if (meta == null) {
            return false;
        }
        Files.write(dataFile(id), new byte[0]);
        new FinaMeta(meta.interval(), 0, 0).write(metaFile(id));
        return success("Feed cleared successfully");
    }

    /** The new start is the requested time, even between two points */
    @Override
    public Object trim(int id, long startTime) throws IOException {
        FinaMeta meta = readMeta(id);
        if (meta == null) {
            return Answer.failure("Could not open meta file");
        }
        if (meta.npoints() == 0) {
            return Answer.failure("Empty data file, nothing to trim.");
        }
        if (startTime == meta.startTime()) {
            return Answer.failure("Feed already starts at trim time");
        }
        long position = -Math.floorDiv(meta.startTime() - startTime, meta.interval());
        if (startTime < meta.startTime() || position >= meta.npoints()) {
            return Answer.failure("New start time out of range");
        }
        Object answer = trimmed(dataFile(id), position * Float.BYTES, meta.npoints() * Float.BYTES);
        new FinaMeta(meta.interval(), startTime, 0).write(metaFile(id));
        return answer;
    }

    private @Nullable FinaMeta readMeta(int id) throws IOException {
        return FinaMeta.read(metaFile(id), npoints(id));
    }

    private static TimeValue last(FileChannel channel, FinaMeta meta) throws IOException {
        return new TimeValue(meta.endTime(), point(channel, meta.npoints() - 1));
    }

    /** Null for NaN */
    private static @Nullable Double point(FileChannel channel, long position) throws IOException {
        float value = read(channel, position * Float.BYTES, Float.BYTES).getFloat();
        return Float.isNaN(value) ? null : (double) value;
    }
}
