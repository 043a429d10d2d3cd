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

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.Map;

import org.eclipse.jdt.annotation.NonNullByDefault;
import org.eclipse.jdt.annotation.Nullable;

/**
 * What is known of a PHPFina feed. The file {@code ID.meta} holds four uint32, little-endian:
 *
 * <pre>
 *  0  0
 *  4  0
 *  8  interval (s)
 * 12  start_time (s), 0 while there is no point
 * </pre>
 *
 * @author Emoncms add-on contributors - Initial contribution
 */
@NonNullByDefault
record FinaMeta(long interval, long startTime, long npoints) {

    private static final int BYTES = 16;

    /**
     * @return null if there is no such file, or a start time without a point: the server gives up on both
     */
    static @Nullable FinaMeta read(Path file, long npoints) throws IOException {
        if (!Files.exists(file)) {
            return null;
        }
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            ByteBuffer bytes = FileEngine.read(channel, 0, BYTES);
            FinaMeta meta = new FinaMeta(Integer.toUnsignedLong(bytes.getInt(8)),
                    Integer.toUnsignedLong(bytes.getInt(12)), npoints);
            return meta.startTime > 0 && npoints == 0 ? null : meta;
        }
    }

    void write(Path file) throws IOException {
        ByteBuffer bytes = FileEngine.littleEndian(BYTES).putInt(8, (int) interval).putInt(12, (int) startTime);
        Files.write(file, bytes.array());
    }

    boolean isEmpty() {
        return npoints == 0 && startTime == 0;
    }

    FinaMeta withNpoints(long npoints) {
        return new FinaMeta(interval, startTime, npoints);
    }

    long endTime() {
        return Math.max(0, startTime + interval * (npoints - 1));
    }

    Map<String, Object> json(int id) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("id", id);
        json.put("interval", interval);
        json.put("start_time", startTime);
        json.put("npoints", npoints);
        json.put("end_time", endTime());
        return json;
    }
}
