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
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

import org.eclipse.jdt.annotation.NonNullByDefault;
import org.eclipse.jdt.annotation.Nullable;

/**
 * An engine with a data file of points of the same size.
 *
 * @author Emoncms add-on contributors - Initial contribution
 */
@NonNullByDefault
abstract class FileEngine implements FeedEngine {
    /**
     * The part of a data file that an export sends.
     */
    record Region(Path file, long from, long length) {
    }

    /**
     * The outcome of a segment: refused with a message, or applied.
     *
     * @param last null if there still is no point
     */
    record Synced(@Nullable String refusal, @Nullable TimeValue last, Map<String, Object> meta) {
        static Synced refused(String message) {
            return new Synced(message, null, Map.of());
        }
    }

    abstract Path dataFile(int id);

    abstract int pointBytes();

    /**
     * Applies a segment of a /feed/sync body.
     *
     * @param segment from data_len on; little-endian
     */
    abstract Synced sync(int id, ByteBuffer segment, PhpScript script) throws IOException;

    /** Null if the feed has no meta data: nothing can be sent then */
    abstract @Nullable Region export(int id, long startByte) throws IOException;

    /** The value at a time, null if there is none */
    abstract @Nullable Double valueAt(int id, long time) throws IOException;

    abstract void post(int id, long time, float value) throws IOException;

    /** The answer to a request of data, [time, value] each */
    abstract DataReader data(int id) throws IOException;

    Map<String, Object> sha256(int id, long requested) throws IOException {
        long npoints = npoints(id);
        if (requested > 0 && requested < npoints) {
            npoints = requested;
        }
        if (npoints == 0) {
            return Answer.failure("No data points available");
        }
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("success", true);
        answer.put("npoints", npoints);
        double mebibytes = npoints * pointBytes() / 1048576.0;
        answer.put("size", String.format(Locale.ROOT, "%,." + sizeDecimals() + "f MB", mebibytes));
        answer.put("sha256sum", digest(dataFile(id), npoints * pointBytes()));
        return answer;
    }

    abstract int sizeDecimals();

    final long npoints(int id) throws IOException {
        return bytes(id) / pointBytes();
    }

    final long bytes(int id) throws IOException {
        Path file = dataFile(id);
        return Files.exists(file) ? Files.size(file) : 0;
    }

    static ByteBuffer littleEndian(int bytes) {
        return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    static FileChannel openForWriting(Path file) throws IOException {
        return FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
    }

    static void write(FileChannel channel, ByteBuffer bytes, long position) throws IOException {
        long at = position;
        while (bytes.hasRemaining()) {
            at += channel.write(bytes, at);
        }
    }

    /** The bytes at a position, ready to be read; missing ones are zero */
    static ByteBuffer read(FileChannel channel, long position, int length) throws IOException {
        ByteBuffer buffer = littleEndian(length);
        while (buffer.hasRemaining() && channel.read(buffer, position + buffer.position()) >= 0) {
            continue;
        }
        return buffer.clear();
    }

    static Object trimmed(Path file, long from, long to) throws IOException {
        try (FileChannel channel = openForWriting(file)) {
            ByteBuffer kept = read(channel, from, Math.toIntExact(to - from));
            channel.truncate(0);
            write(channel, kept, 0);
        }
        return success((to - from) + " bytes written");
    }

    static Map<String, Object> success(String message) {
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("success", true);
        answer.put("message", message);
        return answer;
    }

    private static String digest(Path file, long length) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            byte[] buffer = new byte[1 << 16];
            for (long left = length; left > 0;) {
                int read = in.read(buffer, 0, (int) Math.min(left, buffer.length));
                if (read < 0) {
                    break;
                }
                digest.update(buffer, 0, read);
                left -= read;
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new UncheckedIOException(new IOException(e));
        }
    }
}
