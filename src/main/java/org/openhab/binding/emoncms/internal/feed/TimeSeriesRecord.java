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
package org.openhab.binding.emoncms.internal.feed;

import java.nio.ByteBuffer;

import org.eclipse.jdt.annotation.NonNullByDefault;

/**
 * A point of a PHPTimeSeries feed, as it stands in {@code feed_ID.MYD}:
 *
 * <pre>
 * offset  bytes  content
 *      0      1  marker, 249
 *      1      4  time, unsigned, s since 1970 (UTC)
 *      5      4  value, float
 * </pre>
 *
 * @param time s since 1970 (UTC)
 * @param value NaN where there is no data
 *
 * @author Emoncms add-on contributors - Initial contribution
 */
@NonNullByDefault
public record TimeSeriesRecord(long time, float value) {

    public static final int BYTES = 9;
    public static final byte MARKER = (byte) 249;

    private static final int TIME_OFFSET = 1;
    private static final int VALUE_OFFSET = 5;

    /** Reads the record that starts at the index; the marker is not looked at. */
    public static TimeSeriesRecord read(ByteBuffer littleEndian, int index) {
        return new TimeSeriesRecord(LittleEndian.unsigned(littleEndian, index + TIME_OFFSET),
                littleEndian.getFloat(index + VALUE_OFFSET));
    }

    /** Appends this record at the buffer's position. */
    public void write(ByteBuffer littleEndian) {
        LittleEndian.putUnsigned(littleEndian.put(MARKER), time).putFloat(value);
    }
}
