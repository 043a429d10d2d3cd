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
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import org.eclipse.jdt.annotation.NonNullByDefault;
import org.eclipse.jdt.annotation.Nullable;

/**
 * {@code feed/data} of one feed at a fixed interval, without averages.
 *
 * @author Emoncms add-on contributors - Initial contribution
 */
@NonNullByDefault
final class DataRequest {
    private static final int MOST_POINTS = 20_000;
    private static final int DEFAULT_POINTS = 800;
    private static final Set<String> NOT_SIMULATED = Set.of("ids", "average", "delta", "csv", "split", "mode", "dp",
            "limitinterval", "timezone");
    /** Later seconds than these are taken for milliseconds */
    private static final double LATEST_SECOND = 100e9;

    private final FeedStore store;

    DataRequest(FeedStore store) {
        this.store = store;
    }

    Answer answer(Session session, PhpRequest request, PhpScript script) throws IOException {
        if (NOT_SIMULATED.stream().anyMatch(request::has)) {
            return Answer.html(501, "This kind of data request is not simulated");
        }
        for (String required : List.of("start", "end")) {
            if (!request.has(required)) {
                return Answer.plain("text/plain;charset=UTF-8", "missing " + required + " parameter");
            }
        }
        long id = PhpText.integer(request.query("id", ""));
        Optional<Feed> feed = store.catalogue().withId(id);
        if (feed.isEmpty()) {
            Map<String, Object> failure = Answer.failure("feed " + id + " does not exist");
            failure.put("feeds", List.of(id));
            return Answer.json(script, failure);
        }
        if (!feed.get().isPublic() && (!session.canRead() || feed.get().userId() != session.userId())) {
            return Answer.json(script, List.of());
        }
        return Answer.json(script, data(feed.get(), request));
    }

    private Object data(Feed feed, PhpRequest request) throws IOException {
        long start = seconds(request.query("start", ""));
        long end = seconds(request.query("end", ""));
        if (end <= start) {
            return Answer.failure("Request end time before start time");
        }
        long interval = PhpText.integer(request.query("interval", "0"));
        if (interval < 1) {
            interval = Math.round((end - start) / (double) DEFAULT_POINTS);
        }
        if (interval < 1) {
            return Answer.failure("Invalid interval");
        }
        long points = Math.round((end - start) / (double) interval);
        if (points > MOST_POINTS) {
            return Answer.failure("request datapoint limit reached (" + MOST_POINTS
                    + "), increase request interval or reduce time range, requested datapoints = " + points);
        }
        Optional<FileEngine> engine = store.engines().files(feed);
        if (engine.isEmpty()) {
            return List.of();
        }
        boolean skipsMissing = PhpText.integer(request.query("skipmissing", "0")) != 0;
        long unit = "unix".equals(request.query("timeformat")) ? 1 : 1000;
        List<List<@Nullable Object>> data = new ArrayList<>();
        try (DataReader reader = engine.get().data(feed.id())) {
            for (long time = start; time <= end; time += interval) {
                Double value = reader.value(time, time + interval);
                if (value != null || !skipsMissing) {
                    data.add(Arrays.asList(time * unit, value));
                }
            }
        }
        return data;
    }

    private static long seconds(String time) {
        long number = PhpText.integer(time);
        return number > LATEST_SECOND ? number / 1000 : number;
    }
}
