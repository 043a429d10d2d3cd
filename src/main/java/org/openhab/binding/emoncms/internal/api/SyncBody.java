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

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.zip.CRC32;

import org.eclipse.jdt.annotation.NonNullByDefault;
import org.openhab.binding.emoncms.internal.feed.Engine;
import org.openhab.binding.emoncms.internal.feed.FeedMeta;
import org.openhab.binding.emoncms.internal.feed.LittleEndian;

/**
 * The body of {@code POST /feed/sync}, built in one buffer that is used again and again. All numbers are little-endian
 * and unsigned:
 *
 * <pre>
 * a segment of a PHPFina feed         a segment of a PHPTimeSeries feed
 * bytes  content                      bytes  content
 *     4  data_len, header included        4  data_len, header included
 *     4  feed id                          4  feed id
 *     4  start_time, s                    4  data_start, bytes
 *     4  interval, s                      …  records of 9 bytes
 *     4  data_start, bytes
 *     …  points of 4 bytes
 *
 * after the last segment: 4 bytes CRC32 of all before it
 * </pre>
 *
 * @author Emoncms add-on contributors - Initial contribution
 */
@NonNullByDefault
public final class SyncBody {

    public static final int CHECKSUM_BYTES = 4;

    private static final int FIXED_INTERVAL_HEADER_BYTES = 20;
    private static final int TIME_SERIES_HEADER_BYTES = 12;

    private final ByteBuffer buffer;

    /**
     * @param capacity of the whole body, in bytes
     */
    public SyncBody(int capacity) {
        buffer = ByteBuffer.allocateDirect(capacity).order(ByteOrder.LITTLE_ENDIAN);
    }

    public static int headerBytes(Engine engine) {
        return engine == Engine.PHPFINA ? FIXED_INTERVAL_HEADER_BYTES : TIME_SERIES_HEADER_BYTES;
    }

    public void clear() {
        buffer.clear();
    }

    /**
     * Starts a segment. It counts once its data were written to the returned buffer and {@link #add} was called.
     *
     * @param meta start time and interval of the points
     * @param startByte where the points belong in the remote feed's data file
     */
    public ByteBuffer segment(int feedId, Engine engine, FeedMeta meta, long startByte, int dataBytes) {
        int headerBytes = headerBytes(engine);
        ByteBuffer segment = buffer.slice(buffer.position(), headerBytes + dataBytes).order(ByteOrder.LITTLE_ENDIAN);
        LittleEndian.putUnsigned(segment, (long) headerBytes + dataBytes);
        LittleEndian.putUnsigned(segment, feedId);
        if (engine == Engine.PHPFINA) {
            LittleEndian.putUnsigned(segment, meta.startTime());
            LittleEndian.putUnsigned(segment, meta.intervalSeconds());
        }
        LittleEndian.putUnsigned(segment, startByte);
        return segment;
    }

    /** Keeps the segment that was started last. */
    public void add(ByteBuffer segment) {
        buffer.position(buffer.position() + segment.limit());
    }

    /** The whole body with its checksum, ready to be sent. */
    public ByteBuffer finish() {
        CRC32 checksum = new CRC32();
        checksum.update(buffer.duplicate().flip());
        return LittleEndian.putUnsigned(buffer, checksum.getValue()).duplicate().flip();
    }
}
