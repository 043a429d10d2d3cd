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
import java.util.OptionalLong;

import org.eclipse.jdt.annotation.NonNullByDefault;
import org.eclipse.jdt.annotation.Nullable;

/**
 * PHPTimeSeries: points at any time, in {@code feed_ID.MYD}.
 *
 * @author Emoncms add-on contributors - Initial contribution
 */
@NonNullByDefault
final class TimeSeriesEngine extends FileEngine {
    private static final String SOURCE = "Modules/feed/engine/PHPTimeSeries.php";
    private static final int HEADER_BYTES = 12;

    private final Path directory;

    TimeSeriesEngine(Path directory) {
        this.directory = directory;
    }

    @Override
    Path dataFile(int id) {
        return directory.resolve("feed_" + id + ".MYD");
    }

    @Override
    int pointBytes() {
        return TimeSeriesPoint.BYTES;
    }

    @Override
    int sizeDecimals() {
        return 3;
    }

    @Override
    public void create(int id, long intervalSeconds) throws IOException {
        openForWriting(dataFile(id)).close();
    }

    @Override
    public void delete(int id) throws IOException {
        Files.deleteIfExists(dataFile(id));
    }

    @Override
    public @Nullable Map<String, Object> meta(int id) throws IOException {
        if (!Files.exists(dataFile(id))) {
            return null;
        }
        try (TimeSeriesFile file = open(id)) {
            return file.json(id);
        }
    }

    @Override
    public @Nullable TimeValue last(int id) throws IOException {
        if (npoints(id) == 0) {
            return null;
        }
        try (TimeSeriesFile file = open(id)) {
            return file.point(file.npoints() - 1).timeValue();
        }
    }

    @Override
    public long size(int id) throws IOException {
        return bytes(id);
    }

    /**
     * Writes wherever the segment says: over what is there, beyond the end (the gap becomes zero bytes), or between two
     * points.
     */
    @Override
    Synced sync(int id, ByteBuffer segment, PhpScript script) throws IOException {
        SegmentFields fields = new SegmentFields(segment, script, SOURCE);
        Long dataLen = fields.next();
        Long feedId = fields.next();
        Long dataStart = fields.next();
        if (dataLen == null || dataStart == null || dataLen <= HEADER_BYTES) {
            return Synced.refused("Invalid data_len for feed " + (feedId == null ? "" : feedId));
        }
        int dataBytes = segment.remaining();
        script.allocate(dataBytes);
        try (TimeSeriesFile file = new TimeSeriesFile(openForWriting(dataFile(id)))) {
            write(file.channel(), segment, dataStart);
            script.release(dataBytes);
            long npoints = file.npoints();
            return new Synced(null, npoints == 0 ? null : file.point(npoints - 1).timeValue(), file.json(id));
        }
    }

    @Override
    @Nullable
    Region export(int id, long startByte) throws IOException {
        if (!Files.exists(dataFile(id))) {
            return null;
        }
        long from = Math.max(0, startByte / pointBytes() * pointBytes());
        return new Region(dataFile(id), from, Math.max(0, npoints(id) * pointBytes() - from));
    }

    @Override
    @Nullable
    Double valueAt(int id, long time) throws IOException {
        try (TimeSeriesFile file = open(id)) {
            OptionalLong found = file.find(time);
            return found.isEmpty() ? null : (double) file.point(found.getAsLong()).value();
        }
    }

    /** A time before the last one replaces the point of that very time, if there is one */
    @Override
    void post(int id, long time, float value) throws IOException {
        try (TimeSeriesFile file = new TimeSeriesFile(openForWriting(dataFile(id)))) {
            long position = file.npoints();
            if (position > 0 && time <= file.point(position - 1).time()) {
                OptionalLong found = file.find(time);
                if (found.isEmpty() || file.point(found.getAsLong()).time() != time) {
                    return;
                }
                position = found.getAsLong();
            }
            write(file.channel(), new TimeSeriesPoint(time, value).bytes(), position * pointBytes());
        }
    }

    @Override
    DataReader data(int id) throws IOException {
        TimeSeriesFile file = open(id);
        return new DataReader() {
            @Override
            public @Nullable Double value(long time, long end) throws IOException {
                OptionalLong found = file.find(time);
                if (found.isEmpty()) {
                    return null;
                }
                TimeSeriesPoint point = file.point(found.getAsLong());
                return point.time() < end ? (double) point.value() : null;
            }

            @Override
            public void close() throws IOException {
                file.close();
            }
        };
    }

    @Override
    public Object clear(int id) throws IOException {
        Files.write(dataFile(id), new byte[0]);
        return success("Feed cleared successfully");
    }

    @Override
    public Object trim(int id, long startTime) throws IOException {
        long npoints = npoints(id);
        if (npoints == 0) {
            return Answer.failure("Empty data file, nothing to trim.");
        }
        OptionalLong found;
        try (TimeSeriesFile file = open(id)) {
            found = file.find(startTime);
        }
        if (found.isEmpty()) {
            return Answer.failure("Invalid start time");
        }
        return trimmed(dataFile(id), found.getAsLong() * pointBytes(), npoints * pointBytes());
    }

    private TimeSeriesFile open(int id) throws IOException {
        return new TimeSeriesFile(FileChannel.open(dataFile(id), StandardOpenOption.READ));
    }
}
