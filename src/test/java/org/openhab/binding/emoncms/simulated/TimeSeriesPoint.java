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

import java.nio.ByteBuffer;

import org.eclipse.jdt.annotation.NonNullByDefault;

/**
 * A point of a PHPTimeSeries feed, 9 bytes, little-endian:
 *
 * <pre>
 * 0  marker, 249
 * 1  uint32 time (s)
 * 5  float32 value
 * </pre>
 *
 * @author Emoncms add-on contributors - Initial contribution
 */
@NonNullByDefault
record TimeSeriesPoint(long time, float value) {
    static final int BYTES = 9;

    private static final byte MARKER = (byte) 249;

    /** The marker is not looked at */
    static TimeSeriesPoint of(ByteBuffer bytes) {
        return new TimeSeriesPoint(Integer.toUnsignedLong(bytes.getInt(1)), bytes.getFloat(5));
    }

    ByteBuffer bytes() {
        return FileEngine.littleEndian(BYTES).put(MARKER).putInt((int) time).putFloat(value).flip();
    }

    TimeValue timeValue() {
        return new TimeValue(time, (double) value);
    }
}
