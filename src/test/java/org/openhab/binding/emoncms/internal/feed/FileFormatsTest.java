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

import static org.assertj.core.api.Assertions.*;

import java.nio.ByteBuffer;
import java.util.HexFormat;

import org.eclipse.jdt.annotation.NonNullByDefault;
import org.junit.jupiter.api.Test;

/**
 * The bytes of Emoncms's files, as recorded from a real server.
 *
 * @author Emoncms add-on contributors - Initial contribution
 */
@NonNullByDefault
class FileFormatsTest {

    private static final String META = "00000000000000000a00000000f15365";
    private static final String RECORD = "f90af1536500000040";

    private static ByteBuffer bytes(String hex) {
        return LittleEndian.allocate(hex.length() / 2).put(HexFormat.of().parseHex(hex)).flip();
    }

    @Test
    void aMetaFileIsRead() {
        assertThat(FixedIntervalMeta.read(bytes(META))).isEqualTo(new FixedIntervalMeta(1_700_000_000L, 10));
    }

    @Test
    void aMetaFileIsWritten() {
        ByteBuffer written = new FixedIntervalMeta(1_700_000_000L, 10).toBuffer();

        assertThat(HexFormat.of().formatHex(written.array())).isEqualTo(META);
        assertThat(written.remaining()).isEqualTo(FixedIntervalMeta.BYTES);
    }

    @Test
    void aStartTimeAfter2038IsRead() {
        assertThat(FixedIntervalMeta.read(bytes("00000000000000000a000000ffffffff")).startTime())
                .isEqualTo(4_294_967_295L);
    }

    @Test
    void aRecordIsRead() {
        assertThat(TimeSeriesRecord.read(bytes(RECORD), 0)).isEqualTo(new TimeSeriesRecord(1_700_000_010L, 2));
    }

    @Test
    void aRecordIsWritten() {
        ByteBuffer written = LittleEndian.allocate(TimeSeriesRecord.BYTES);
        new TimeSeriesRecord(1_700_000_010L, 2).write(written);

        assertThat(HexFormat.of().formatHex(written.array())).isEqualTo(RECORD);
    }

    @Test
    void aNumberOfMoreThan32BitIsNotWritten() {
        ByteBuffer buffer = LittleEndian.allocate(8);

        assertThatThrownBy(() -> LittleEndian.putUnsigned(buffer, 0x1_0000_0000L))
                .isInstanceOf(ArithmeticException.class);
        assertThatThrownBy(() -> LittleEndian.putUnsigned(buffer, -1)).isInstanceOf(ArithmeticException.class);
        assertThat(buffer.position()).isZero();
    }
}
