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
 * The content of a PHPFina feed's {@code ID.meta}:
 *
 * <pre>
 * offset  bytes  content
 *      0      8  unused, 0
 *      8      4  interval, unsigned, s
 *     12      4  start_time, unsigned, s since 1970 (UTC); 0 while the feed has no point
 * </pre>
 *
 * @author Emoncms add-on contributors - Initial contribution
 */
@NonNullByDefault
public record FixedIntervalMeta(long startTime, long intervalSeconds) {

    public static final int BYTES = 16;

    private static final int INTERVAL_OFFSET = 8;
    private static final int START_TIME_OFFSET = 12;

    public static FixedIntervalMeta read(ByteBuffer littleEndian) {
        return new FixedIntervalMeta(LittleEndian.unsigned(littleEndian, START_TIME_OFFSET),
                LittleEndian.unsigned(littleEndian, INTERVAL_OFFSET));
    }

    /** A new buffer, ready to be read from. */
    public ByteBuffer toBuffer() {
        ByteBuffer buffer = LittleEndian.allocate(BYTES).position(INTERVAL_OFFSET);
        LittleEndian.putUnsigned(buffer, intervalSeconds);
        LittleEndian.putUnsigned(buffer, startTime);
        return buffer.flip();
    }
}
