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
import java.nio.ByteOrder;

import org.eclipse.jdt.annotation.NonNullByDefault;

/**
 * Emoncms writes every number little-endian, and times, lengths and offsets as unsigned 32 bit.
 *
 * @author Emoncms add-on contributors - Initial contribution
 */
@NonNullByDefault
public final class LittleEndian {

    public static final long MAX_UNSIGNED = 0xFFFF_FFFFL;

    private LittleEndian() {
    }

    public static ByteBuffer allocate(int bytes) {
        return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    public static long unsigned(ByteBuffer buffer, int index) {
        return Integer.toUnsignedLong(buffer.getInt(index));
    }

    /**
     * @throws ArithmeticException if the value does not fit in 32 bit
     */
    public static ByteBuffer putUnsigned(ByteBuffer buffer, long value) {
        if (value < 0 || value > MAX_UNSIGNED) {
            throw new ArithmeticException(value + " is no unsigned 32 bit number");
        }
        return buffer.putInt((int) value);
    }
}
