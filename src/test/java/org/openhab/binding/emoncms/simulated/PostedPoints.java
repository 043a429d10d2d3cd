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
import java.util.LinkedHashMap;
import java.util.Map;

import org.eclipse.jdt.annotation.NonNullByDefault;
import org.eclipse.jdt.annotation.Nullable;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import com.google.gson.JsonPrimitive;

/**
 * {@code feed/post} with several points, {@code data=[[time, value], …]}. Out of order, a point is left out. PHP's
 * numbers: what is none becomes 0, what is too large infinite. As the server's source has it, and as it was seen to do.
 *
 * @author Emoncms add-on contributors - Initial contribution
 */
@NonNullByDefault
final class PostedPoints {

    private final FeedStore store;

    PostedPoints(FeedStore store) {
        this.store = store;
    }

    Object post(Feed feed, PhpRequest request) throws IOException {
        String data = request.has("data") ? request.rawQuery("data") : request.rawForm("data");
        if (data == null) {
            return Answer.failure("missing data parameter");
        }
        JsonArray points = parse(data);
        if (points == null || points.isEmpty()) {
            return Answer.failure("error decoding json");
        }
        long last = 0;
        for (JsonElement entry : points) {
            JsonArray point = entry.getAsJsonArray();
            long time = (long) number(point.get(0));
            if (time >= last) {
                store.engines().files(feed).orElseThrow().post(feed.id(), time, (float) number(point.get(1)));
                last = time;
            }
        }
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("success", true);
        return answer;
    }

    private static @Nullable JsonArray parse(String json) {
        try {
            JsonElement parsed = JsonParser.parseString(json);
            return parsed.isJsonArray() ? parsed.getAsJsonArray() : null;
        } catch (JsonParseException e) {
            return null;
        }
    }

    private static double number(JsonElement element) {
        return element instanceof JsonPrimitive value && value.isNumber() ? Double.parseDouble(value.getAsString()) : 0;
    }
}
