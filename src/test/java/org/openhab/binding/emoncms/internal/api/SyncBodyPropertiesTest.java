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

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.CRC32;

import org.eclipse.jdt.annotation.NonNullByDefault;
import org.openhab.binding.emoncms.internal.feed.Engine;
import org.openhab.binding.emoncms.internal.feed.FeedMeta;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/**
 * Whatever is written into the body of an upload can be read from it as the server does.
 *
 * @author Emoncms add-on contributors - Initial contribution
 */
@NonNullByDefault
class SyncBodyPropertiesTest {

    private static final long MAX_UNSIGNED = 0xFFFF_FFFFL;

    record Part(int feedId, Engine engine, long startTime, long interval, long startByte, List<Byte> data) {
    }

    @Provide
    Arbitrary<List<Part>> parts() {
        Arbitrary<Long> unsigned = Arbitraries.longs().between(0, MAX_UNSIGNED);
        return Combinators
                .combine(Arbitraries.integers().between(1, Integer.MAX_VALUE), Arbitraries.of(Engine.class), unsigned,
                        unsigned, unsigned, Arbitraries.bytes().list().ofMaxSize(60))
                .as((feedId, engine, startTime, interval, startByte, data) -> new Part(feedId, engine,
                        engine == Engine.PHPFINA ? startTime : 0, engine == Engine.PHPFINA ? interval : 0, startByte,
                        data))
                .list().ofMaxSize(8);
    }

    @Property
    void theServerReadsWhatWasWritten(@ForAll("parts") List<Part> parts) {
        SyncBody body = new SyncBody(1024);
        write(parts, body);

        assertThat(read(body.finish(), parts.stream().map(Part::engine).toList())).isEqualTo(parts);
    }

    @Property
    void aSegmentThatIsNotAddedLeavesNothing(@ForAll("parts") List<Part> parts, @ForAll("parts") List<Part> dropped) {
        SyncBody body = new SyncBody(2048);
        for (Part part : dropped) {
            start(part, body);
        }
        write(parts, body);

        assertThat(read(body.finish(), parts.stream().map(Part::engine).toList())).isEqualTo(parts);
    }

    private static void write(List<Part> parts, SyncBody body) {
        for (Part part : parts) {
            body.add(start(part, body));
        }
    }

    private static ByteBuffer start(Part part, SyncBody body) {
        ByteBuffer segment = body.segment(part.feedId(), part.engine(),
                new FeedMeta(part.startTime(), part.interval(), 0), part.startByte(), part.data().size());
        part.data().forEach(segment::put);
        return segment;
    }

    /** Knows the engine of each feed, as the server does. */
    private static List<Part> read(ByteBuffer body, List<Engine> engines) {
        byte[] bytes = new byte[body.remaining()];
        body.get(bytes);
        ByteBuffer in = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        CRC32 checksum = new CRC32();
        checksum.update(bytes, 0, bytes.length - 4);
        assertThat(unsigned(in.position(bytes.length - 4))).isEqualTo(checksum.getValue());
        in.flip().limit(bytes.length - 4);
        List<Part> parts = new ArrayList<>();
        for (Engine engine : engines) {
            int end = in.position() + (int) unsigned(in);
            int feedId = in.getInt();
            boolean isFina = engine == Engine.PHPFINA;
            long startTime = isFina ? unsigned(in) : 0;
            long interval = isFina ? unsigned(in) : 0;
            long startByte = unsigned(in);
            List<Byte> data = new ArrayList<>();
            for (byte value : Arrays.copyOfRange(bytes, in.position(), end)) {
                data.add(value);
            }
            parts.add(new Part(feedId, engine, startTime, interval, startByte, data));
            in.position(end);
        }
        assertThat(in.hasRemaining()).isFalse();
        return parts;
    }

    private static long unsigned(ByteBuffer in) {
        return Integer.toUnsignedLong(in.getInt());
    }
}
