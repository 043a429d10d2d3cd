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

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.function.IntToDoubleFunction;
import java.util.zip.CRC32;

import org.eclipse.jdt.annotation.NonNullByDefault;

/**
 * Builds the body of a {@code POST /feed/sync}.
 *
 * @author Emoncms add-on contributors - Initial contribution
 */
@NonNullByDefault
final class SyncBody {
    private static final int FINA_HEADER_BYTES = 20;
    private static final int TIME_SERIES_HEADER_BYTES = 12;

    private final ByteArrayOutputStream segments = new ByteArrayOutputStream();

    SyncBody fina(int feedId, int startTime, int interval, int dataStart, int npoints, IntToDoubleFunction values) {
        int length = FINA_HEADER_BYTES + npoints * Float.BYTES;
        ByteBuffer segment = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
        segment.putInt(length).putInt(feedId).putInt(startTime).putInt(interval).putInt(dataStart);
        for (int i = 0; i < npoints; i++) {
            segment.putFloat((float) values.applyAsDouble(i));
        }
        segments.writeBytes(segment.array());
        return this;
    }

    SyncBody timeSeries(int feedId, int dataStart, TimeSeriesPoint... points) {
        int length = TIME_SERIES_HEADER_BYTES + points.length * TimeSeriesPoint.BYTES;
        ByteBuffer segment = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
        segment.putInt(length).putInt(feedId).putInt(dataStart);
        for (TimeSeriesPoint point : points) {
            segment.put(point.bytes());
        }
        segments.writeBytes(segment.array());
        return this;
    }

    byte[] bytes() {
        byte[] data = segments.toByteArray();
        CRC32 crc = new CRC32();
        crc.update(data);
        return ByteBuffer.allocate(data.length + Integer.BYTES).order(ByteOrder.LITTLE_ENDIAN).put(data)
                .putInt((int) crc.getValue()).array();
    }
}
