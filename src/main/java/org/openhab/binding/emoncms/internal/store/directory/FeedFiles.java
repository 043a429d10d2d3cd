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
package org.openhab.binding.emoncms.internal.store.directory;

import static java.nio.file.StandardOpenOption.*;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;

import org.eclipse.jdt.annotation.NonNullByDefault;
import org.openhab.binding.emoncms.internal.feed.Engine;
import org.openhab.binding.emoncms.internal.feed.FeedMeta;
import org.openhab.binding.emoncms.internal.feed.FixedIntervalMeta;
import org.openhab.binding.emoncms.internal.feed.LittleEndian;
import org.openhab.binding.emoncms.internal.feed.Problem;
import org.openhab.binding.emoncms.internal.feed.ProblemException;
import org.openhab.binding.emoncms.internal.feed.ProblemKind;
import org.openhab.binding.emoncms.internal.feed.TimeSeriesRecord;
import org.openhab.binding.emoncms.internal.store.DurableFile;

/**
 * The files of the feeds, as Emoncms lays them out: {@code phpfina/ID.meta} and {@code phpfina/ID.dat}, or
 * {@code phptimeseries/feed_ID.MYD}. Another process may append to them at any time; a torn last point is not seen.
 *
 * @author Emoncms add-on contributors - Initial contribution
 */
@NonNullByDefault
public final class FeedFiles {

    private static final int DIGEST_BUFFER_BYTES = 64 << 10;

    private final Path fixedIntervalDirectory;
    private final Path timeSeriesDirectory;
    private final Clock clock;

    public FeedFiles(FeedDirectories directories, Clock clock) {
        fixedIntervalDirectory = directories.fixedInterval();
        timeSeriesDirectory = directories.timeSeries();
        this.clock = clock;
    }

    Path directory(Engine engine) {
        return engine == Engine.PHPFINA ? fixedIntervalDirectory : timeSeriesDirectory;
    }

    Path data(int id, Engine engine) {
        return engine == Engine.PHPFINA ? fixedIntervalDirectory.resolve(id + ".dat")
                : timeSeriesDirectory.resolve("feed_" + id + ".MYD");
    }

    private Path fixedIntervalMeta(int id) {
        return fixedIntervalDirectory.resolve(id + ".meta");
    }

    /** Read from the feed's file, or of a PHPFina feed from both. */
    public FeedMeta meta(int id, Engine engine) throws ProblemException, InterruptedException {
        return engine == Engine.PHPFINA ? readFixedIntervalMeta(id) : readTimeSeriesMeta(id);
    }

    /**
     * @return equal to what it was if the files are as they were, as far as can be told without opening them
     */
    FeedStamp stamp(int id, Engine engine) throws ProblemException {
        FileStamp data = stamp(data(id, engine));
        if (engine == Engine.PHPTIMESERIES) {
            return new FeedStamp(data.modified(), data.bytes(), 0, data.key());
        }
        FileStamp meta = stamp(fixedIntervalMeta(id));
        return new FeedStamp(data.modified(), data.bytes(), meta.modified(), 31 * data.key() + meta.key());
    }

    private static FileStamp stamp(Path file) throws ProblemException {
        try {
            return FileStamp.of(file);
        } catch (IOException e) {
            throw unreadable(file, e);
        }
    }

    private FeedMeta readFixedIntervalMeta(int id) throws ProblemException, InterruptedException {
        Path file = fixedIntervalMeta(id);
        ByteBuffer buffer = LittleEndian.allocate(FixedIntervalMeta.BYTES);
        long size = readFully(file, 0, buffer);
        if (size != FixedIntervalMeta.BYTES) {
            throw new ProblemException(Problem.of(ProblemKind.META_DAMAGED, file, size, FixedIntervalMeta.BYTES));
        }
        FixedIntervalMeta meta = FixedIntervalMeta.read(buffer.flip());
        long npoints = npoints(id, Engine.PHPFINA);
        if (meta.intervalSeconds() == 0
                || meta.startTime() + npoints * meta.intervalSeconds() > LittleEndian.MAX_UNSIGNED) {
            throw new ProblemException(Problem.of(ProblemKind.INTERVAL_INVALID, file, meta.intervalSeconds()));
        }
        if (npoints > 0 && meta.startTime() == 0) {
            throw new ProblemException(Problem.of(ProblemKind.START_MISSING, file));
        }
        requirePast(file, npoints, meta.startTime());
        return new FeedMeta(npoints == 0 ? 0 : meta.startTime(), meta.intervalSeconds(), npoints);
    }

    private FeedMeta readTimeSeriesMeta(int id) throws ProblemException, InterruptedException {
        Path file = data(id, Engine.PHPTIMESERIES);
        long npoints = npoints(id, Engine.PHPTIMESERIES);
        if (npoints == 0) {
            return new FeedMeta(0, 0, 0);
        }
        ByteBuffer record = LittleEndian.allocate(TimeSeriesRecord.BYTES);
        readFully(file, 0, record);
        long startTime = TimeSeriesRecord.read(record, 0).time();
        requirePast(file, npoints, startTime);
        return new FeedMeta(startTime, 0, npoints);
    }

    /** Also true of a feed that was read before the clock was corrected. */
    void requirePast(int id, Engine engine, FeedMeta meta) throws ProblemException {
        requirePast(engine == Engine.PHPFINA ? fixedIntervalMeta(id) : data(id, engine), meta.npoints(),
                meta.startTime());
    }

    private void requirePast(Path file, long npoints, long startTime) throws ProblemException {
        if (npoints > 0 && startTime > clock.instant().getEpochSecond()) {
            throw new ProblemException(Problem.of(ProblemKind.START_IN_FUTURE, file, Instant.ofEpochSecond(startTime)));
        }
    }

    private long npoints(int id, Engine engine) throws ProblemException {
        Path file = data(id, engine);
        long bytes;
        try {
            bytes = Files.size(file);
        } catch (IOException e) {
            throw unreadable(file, e);
        }
        if (bytes > LittleEndian.MAX_UNSIGNED) {
            throw new ProblemException(Problem.of(ProblemKind.FILE_TOO_LARGE, file));
        }
        return bytes / engine.pointBytes();
    }

    /**
     * Fills the buffer.
     *
     * @throws ProblemException also if the file ends before
     */
    public void read(int id, Engine engine, long startByte, ByteBuffer target)
            throws ProblemException, InterruptedException {
        Path file = data(id, engine);
        long size = readFully(file, startByte, target);
        if (target.hasRemaining()) {
            throw new ProblemException(Problem.of(ProblemKind.FILE_UNREADABLE, file,
                    "needed " + (startByte + target.limit()) + " bytes, found " + size));
        }
    }

    /** See {@link org.openhab.binding.emoncms.internal.store.FeedStore#digest}. */
    public String digest(int id, Engine engine, long npoints) throws ProblemException, InterruptedException {
        Path file = data(id, engine);
        MessageDigest digest = sha256();
        ByteBuffer buffer = ByteBuffer.allocate(DIGEST_BUFFER_BYTES);
        long left = npoints * engine.pointBytes();
        try (FileChannel channel = FileChannel.open(file, READ)) {
            while (left > 0) {
                int read = channel.read(buffer.clear().limit((int) Math.min(left, DIGEST_BUFFER_BYTES)));
                if (read < 0) {
                    throw new ProblemException(Problem.of(ProblemKind.FILE_UNREADABLE, file,
                            "needed " + npoints * engine.pointBytes() + " bytes, found " + channel.size()));
                }
                digest.update(buffer.flip());
                left -= read;
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (ClosedByInterruptException e) {
            throw interrupted();
        } catch (IOException e) {
            throw unreadable(file, e);
        }
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /**
     * Reads until the buffer is full or the file ends.
     *
     * @return the file's size
     */
    private static long readFully(Path file, long startByte, ByteBuffer target)
            throws ProblemException, InterruptedException {
        try (FileChannel channel = FileChannel.open(file, READ)) {
            long position = startByte;
            while (target.hasRemaining()) {
                int read = channel.read(target, position);
                if (read < 0) {
                    break;
                }
                position += read;
            }
            return channel.size();
        } catch (ClosedByInterruptException e) {
            throw interrupted();
        } catch (IOException e) {
            throw unreadable(file, e);
        }
    }

    private static InterruptedException interrupted() {
        Thread.interrupted();
        return new InterruptedException();
    }

    private static ProblemException unreadable(Path file, IOException e) {
        if (e instanceof NoSuchFileException) {
            return new ProblemException(Problem.of(ProblemKind.FILE_MISSING, file), e);
        }
        String reason = e instanceof AccessDeniedException ? "permission denied" : String.valueOf(e.getMessage());
        return new ProblemException(Problem.of(ProblemKind.FILE_UNREADABLE, file, reason), e);
    }

    /** Makes the files of an empty feed; ones that are there already are not touched. */
    void create(int id, Engine engine, long intervalSeconds) throws ProblemException {
        Path data = data(id, engine);
        try {
            Files.createDirectories(data.getParent());
            Files.createFile(data);
            writeMeta(id, engine, new FeedMeta(0, intervalSeconds, 0));
        } catch (IOException e) {
            throw new ProblemException(Problem.of(ProblemKind.WRITE_FAILED, data, e), e);
        }
    }

    /** Writes the start time and interval of a PHPFina feed; a PHPTimeSeries feed has them in its points. */
    void writeMeta(int id, Engine engine, FeedMeta meta) throws IOException {
        if (engine == Engine.PHPFINA) {
            DurableFile.write(fixedIntervalMeta(id),
                    new FixedIntervalMeta(meta.startTime(), meta.intervalSeconds()).toBuffer());
        }
    }

    /** Takes away the files of a feed that did not become one. */
    void delete(int id, Engine engine) throws ProblemException {
        try {
            Files.deleteIfExists(data(id, engine));
            if (engine == Engine.PHPFINA) {
                Files.deleteIfExists(fixedIntervalMeta(id));
            }
        } catch (IOException e) {
            throw new ProblemException(Problem.of(ProblemKind.WRITE_FAILED, data(id, engine), e), e);
        }
    }

    /** An id that no entry and no file has. */
    int unusedId(List<CatalogueEntry> entries) {
        int id = entries.stream().mapToInt(CatalogueEntry::id).max().orElse(0) + 1;
        while (exist(id)) {
            id++;
        }
        return id;
    }

    /**
     * @throws ProblemException if files of such a feed could be written but not read
     */
    void requirePossible(Engine engine, FeedMeta meta) throws ProblemException {
        boolean hasInterval = engine != Engine.PHPFINA || meta.intervalSeconds() > 0;
        boolean isPast = meta.isEmpty() || meta.startTime() > 0 && meta.startTime() <= clock.instant().getEpochSecond()
                && meta.startTime() + meta.npoints() * meta.intervalSeconds() <= LittleEndian.MAX_UNSIGNED;
        if (!hasInterval || !isPast) {
            throw new ProblemException(Problem.of(ProblemKind.REMOTE_META_INVALID, meta.npoints(),
                    Instant.ofEpochSecond(meta.startTime()), meta.intervalSeconds()));
        }
    }

    boolean exist(int id) {
        return Files.exists(fixedIntervalMeta(id))
                || Stream.of(Engine.values()).anyMatch(engine -> Files.exists(data(id, engine)));
    }

    /**
     * Writes points behind the last whole one; a torn tail is overwritten. A first start time is written before the
     * points: with no point it means nothing, while points without one would be lost.
     *
     * @param meta start time and interval of the points
     */
    void append(int id, Engine engine, FeedMeta meta, long startByte, ByteBuffer points)
            throws ProblemException, InterruptedException {
        Path data = data(id, engine);
        try (FileChannel channel = FileChannel.open(data, WRITE)) {
            if (startByte == 0) {
                writeMeta(id, engine, meta);
            }
            long position = startByte;
            while (points.hasRemaining()) {
                position += channel.write(points, position);
            }
            channel.force(true);
        } catch (ClosedByInterruptException e) {
            throw interrupted();
        } catch (IOException e) {
            throw new ProblemException(Problem.of(ProblemKind.WRITE_FAILED, data, e), e);
        }
    }
}
