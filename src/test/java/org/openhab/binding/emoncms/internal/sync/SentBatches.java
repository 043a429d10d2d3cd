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
package org.openhab.binding.emoncms.internal.sync;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Clock;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntConsumer;
import java.util.zip.CRC32;

import org.eclipse.jdt.annotation.NonNullByDefault;
import org.openhab.binding.emoncms.internal.api.SyncBody;
import org.openhab.binding.emoncms.internal.feed.Engine;
import org.openhab.binding.emoncms.internal.feed.LittleEndian;
import org.openhab.binding.emoncms.internal.feed.ProblemException;

/**
 * Looks at each batch just before the server does, and for what it does not look at itself.
 *
 * @author Emoncms add-on contributors - Initial contribution
 */
@NonNullByDefault
final class SentBatches {

    private final LocalHome local;
    private final RemoteHome remote;
    private final Clock clock;
    private final IntConsumer filled;

    /**
     * @param clock of the engine
     * @param filled told of a feed that the server fills with zeros up to the points
     */
    SentBatches(LocalHome local, RemoteHome remote, Clock clock, IntConsumer filled) {
        this.local = local;
        this.remote = remote;
        this.clock = clock;
        this.filled = filled;
    }

    /** What is wrong with it. A batch that did not arrive whole is not looked at. */
    Optional<String> problem(byte[] body) throws IOException, ProblemException, InterruptedException {
        ByteBuffer bytes = ByteBuffer.wrap(body).order(ByteOrder.LITTLE_ENDIAN);
        int end = body.length - SyncBody.CHECKSUM_BYTES;
        if (end <= 0) {
            return Optional.empty();
        }
        CRC32 checksum = new CRC32();
        checksum.update(body, 0, end);
        if (checksum.getValue() != LittleEndian.unsigned(bytes, end)) {
            return Optional.empty();
        }
        Map<Integer, FeedSide> here = local.feeds();
        Map<Integer, FeedSide> there = remote.feeds();
        int length;
        for (int at = 0; at < end; at += length) {
            length = bytes.getInt(at);
            Optional<String> problem = problem(bytes.slice(at, length).order(ByteOrder.LITTLE_ENDIAN), here, there);
            if (problem.isPresent()) {
                return problem;
            }
        }
        return Optional.empty();
    }

    private Optional<String> problem(ByteBuffer segment, Map<Integer, FeedSide> here, Map<Integer, FeedSide> there) {
        int id = segment.getInt(4);
        for (Map.Entry<Integer, FeedSide> entry : there.entrySet()) {
            FeedSide local = here.get(entry.getKey());
            if (entry.getValue().id() == id && local != null) {
                if (isRefusedOrFilled(segment, entry.getValue())) {
                    if (entry.getValue().isEmpty()) {
                        filled.accept(entry.getKey());
                    }
                    return Optional.empty();
                }
                return problem(segment, local, entry.getValue()).map(problem -> "feed" + entry.getKey() + ": " + problem
                        + "; local " + local + ", remote " + entry.getValue());
            }
        }
        return there.values().stream().anyMatch(feed -> feed.id() == id)
                ? Optional.of("a segment of remote feed " + id + " that is not on both sides")
                : Optional.empty();
    }

    /** The server looks at the place itself, unless the feed is empty. */
    private static boolean isRefusedOrFilled(ByteBuffer segment, FeedSide remote) {
        return remote.engine() == Engine.PHPFINA && (segment.getInt(16) != remote.points().length
                || !remote.isEmpty() && segment.getInt(8) != remote.startTime());
    }

    private Optional<String> problem(ByteBuffer segment, FeedSide local, FeedSide remote) {
        Engine engine = remote.engine();
        int header = SyncBody.headerBytes(engine);
        long start = LittleEndian.unsigned(segment, header - Integer.BYTES);
        if (start != remote.points().length) {
            return Optional.of("sent from byte " + start + " on");
        }
        int dataBytes = segment.limit() - header;
        byte[] data = new byte[dataBytes];
        segment.get(header, data);
        if (start + dataBytes > local.points().length
                || !Arrays.equals(data, 0, dataBytes, local.points(), (int) start, (int) start + dataBytes)) {
            return Optional.of("other bytes were sent from byte " + start + " on");
        }
        boolean hasMeta = engine != Engine.PHPFINA || LittleEndian.unsigned(segment, 8) == local.startTime()
                && LittleEndian.unsigned(segment, 12) == local.interval();
        if (!hasMeta) {
            return Optional.of("another start time or interval was sent");
        }
        long endPoint = (start + dataBytes) / engine.pointBytes();
        return endPoint <= local.settledPoints(clock.instant().getEpochSecond()) ? Optional.empty()
                : Optional.of("points before " + endPoint + " were sent that may still change");
    }
}
