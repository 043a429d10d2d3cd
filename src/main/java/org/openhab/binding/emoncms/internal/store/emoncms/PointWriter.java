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
package org.openhab.binding.emoncms.internal.store.emoncms;

import java.util.ArrayList;
import java.util.List;

import org.eclipse.jdt.annotation.NonNullByDefault;
import org.openhab.binding.emoncms.internal.api.EmoncmsApi;
import org.openhab.binding.emoncms.internal.feed.Engine;
import org.openhab.binding.emoncms.internal.feed.ListedFeed;
import org.openhab.binding.emoncms.internal.feed.ProblemException;
import org.openhab.binding.emoncms.internal.store.TimedPoint;

/**
 * Writes single points of a feed through Emoncms's point API, in requests of bounded size.
 * <p>
 * JSON has no NaN, and Emoncms takes any text for 0: missing values are written as a range that is scaled by NaN, which
 * only PHPFina offers and which leaves out the last point.
 * <p>
 * Emoncms rounds a time down to a whole number of intervals since 1970 before it looks for the slot, also in a feed
 * that starts in between. The time that finds the slot there is the first such number within it.
 *
 * @author Emoncms add-on contributors - Initial contribution
 */
@NonNullByDefault
final class PointWriter {

    private static final int POINTS_PER_REQUEST = 1000;

    private final EmoncmsApi api;
    private final ListedFeed.Usable feed;

    PointWriter(EmoncmsApi api, ListedFeed.Usable feed) {
        this.api = api;
        this.feed = feed;
    }

    /**
     * @return the points that cannot be written
     */
    List<TimedPoint> write(List<TimedPoint> points) throws ProblemException, InterruptedException {
        List<TimedPoint> values = points.stream().filter(point -> !Float.isNaN(point.value())).toList();
        for (int start = 0; start < values.size(); start += POINTS_PER_REQUEST) {
            post(values.subList(start, Math.min(values.size(), start + POINTS_PER_REQUEST)));
        }
        return erase(points.stream().filter(point -> Float.isNaN(point.value())).toList());
    }

    private void post(List<TimedPoint> points) throws ProblemException, InterruptedException {
        StringBuilder json = new StringBuilder("[");
        for (TimedPoint point : points) {
            json.append(json.length() > 1 ? "," : "").append('[').append(time(point.time())).append(',')
                    .append(number(point.value())).append(']');
        }
        api.post(feed.id(), json.append(']').toString());
    }

    /** Exactly the float, also as the double that PHP reads. */
    private static String number(float value) {
        return Float.isInfinite(value) ? value > 0 ? "1e999" : "-1e999" : Double.toString(value);
    }

    private long time(long slot) {
        if (feed.engine() != Engine.PHPFINA) {
            return slot;
        }
        long interval = feed.meta().intervalSeconds();
        return Math.floorDiv(slot + interval - 1, interval) * interval;
    }

    private List<TimedPoint> erase(List<TimedPoint> missing) throws ProblemException, InterruptedException {
        List<TimedPoint> impossible = new ArrayList<>();
        long last = feed.meta().npoints() - 1;
        int start = 0;
        while (start < missing.size()) {
            int end = start + 1;
            while (end < missing.size() && missing.get(end).index() == missing.get(end - 1).index() + 1) {
                end++;
            }
            List<TimedPoint> run = missing.subList(start, end);
            List<TimedPoint> possible = feed.engine() != Engine.PHPFINA ? List.of()
                    : run.stream().filter(point -> point.index() < last).toList();
            if (!possible.isEmpty()) {
                long firstTime = time(possible.get(0).time());
                api.erase(feed.id(), firstTime, firstTime + possible.size() * feed.meta().intervalSeconds());
            }
            impossible.addAll(run.subList(possible.size(), run.size()));
            start = end;
        }
        return impossible;
    }
}
