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

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.List;

import org.eclipse.jdt.annotation.NonNullByDefault;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.LongRange;

/**
 * Whatever is written into Emoncms's files is read from them.
 *
 * @author Emoncms add-on contributors - Initial contribution
 */
@NonNullByDefault
class FileFormatsPropertiesTest {

    @Property
    void aMetaIsReadAsItWasWritten(@ForAll @LongRange(max = LittleEndian.MAX_UNSIGNED) long startTime,
            @ForAll @LongRange(max = LittleEndian.MAX_UNSIGNED) long interval) {
        FixedIntervalMeta meta = new FixedIntervalMeta(startTime, interval);

        ByteBuffer written = meta.toBuffer();

        assertThat(written.remaining()).isEqualTo(FixedIntervalMeta.BYTES);
        assertThat(FixedIntervalMeta.read(written)).isEqualTo(meta);
    }

    @Provide
    Arbitrary<List<TimeSeriesRecord>> records() {
        Arbitrary<Float> values = Arbitraries.floats().injectNull(0.1).map(value -> value == null ? Float.NaN : value);
        return Combinators.combine(Arbitraries.longs().between(0, LittleEndian.MAX_UNSIGNED), values)
                .as(TimeSeriesRecord::new).list().ofMaxSize(20);
    }

    @Property
    void recordsAreReadAsTheyWereWritten(@ForAll("records") List<TimeSeriesRecord> records) {
        ByteBuffer file = LittleEndian.allocate(records.size() * TimeSeriesRecord.BYTES);
        records.forEach(record -> record.write(file));

        assertThat(file.hasRemaining()).isFalse();
        for (int i = 0; i < records.size(); i++) {
            int start = i * TimeSeriesRecord.BYTES;
            assertThat(file.get(start)).isEqualTo(TimeSeriesRecord.MARKER);
            assertThat(TimeSeriesRecord.read(file, start)).isEqualTo(records.get(i));
        }
    }
}
