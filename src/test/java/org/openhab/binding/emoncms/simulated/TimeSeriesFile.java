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

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalLong;

import org.eclipse.jdt.annotation.NonNullByDefault;

/**
 * An open {@code feed_ID.MYD}, which is nothing but {@linkplain TimeSeriesPoint points}.
 *
 * @author Emoncms add-on contributors - Initial contribution
 */
@NonNullByDefault
final class TimeSeriesFile implements Closeable {
    private final FileChannel channel;

    TimeSeriesFile(FileChannel channel) {
        this.channel = channel;
    }

    FileChannel channel() {
        return channel;
    }

    long npoints() throws IOException {
        return channel.size() / TimeSeriesPoint.BYTES;
    }

    TimeSeriesPoint point(long position) throws IOException {
        return TimeSeriesPoint.of(FileEngine.read(channel, position * TimeSeriesPoint.BYTES, TimeSeriesPoint.BYTES));
    }

    /** The interval is the mean one; the end value breaks the answer if it is NaN or infinite */
    Map<String, Object> json(int id) throws IOException {
        long npoints = npoints();
        TimeSeriesPoint first = npoints == 0 ? new TimeSeriesPoint(0, 0) : point(0);
        TimeSeriesPoint last = npoints == 0 ? first : point(npoints - 1);
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("id", id);
        json.put("start_time", first.time());
        json.put("end_time", last.time());
        json.put("interval", last.time() > first.time() ? (last.time() - first.time()) / (npoints - 1.0) : 1.0);
        if (npoints > 0) {
            json.put("end_value", (double) last.value());
        }
        json.put("npoints", npoints);
        return json;
    }

    /**
     * The position of the first point at or after a time, found as the server does it: by halves, with the middle
     * rounded up. That decides what is found among points that are out of order.
     */
    OptionalLong find(long time) throws IOException {
        long before = -1;
        long last = npoints() - 1;
        while (last > before) {
            long middle = before + (last - before + 1) / 2;
            long found = point(middle).time();
            if (found == time) {
                return OptionalLong.of(middle);
            }
            if (last - before == 1) {
                return found > time ? OptionalLong.of(middle) : OptionalLong.empty();
            }
            if (time > found) {
                before = middle;
            } else {
                last = middle;
            }
        }
        return OptionalLong.empty();
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
