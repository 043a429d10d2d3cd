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

import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

import org.eclipse.jdt.annotation.NonNullByDefault;
import org.eclipse.jdt.annotation.Nullable;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;

/**
 * Finds the first difference between recorded and answered JSON. Keys that the server makes up (API keys, UUIDs) may
 * differ, but the same one must take its place each time; times of the recording may differ by a second.
 *
 * @author Emoncms add-on contributors - Initial contribution
 */
@NonNullByDefault
final class JsonComparison {
    private static final Pattern MADE_UP = Pattern.compile("[0-9a-f]{32}|[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");
    private static final double TOLERANCE = 1e-14;

    private final Map<String, String> madeUp = new HashMap<>();
    private long recordingStart = Long.MAX_VALUE;

    JsonComparison(String... knownKeys) {
        for (String key : knownKeys) {
            madeUp.put(key, key);
        }
    }

    /** Later times, in s, are times of the recording */
    void startedAt(long second) {
        recordingStart = Math.min(recordingStart, second);
    }

    Optional<String> difference(JsonElement recorded, JsonElement actual) {
        return Optional.ofNullable(difference("$", recorded, actual));
    }

    private @Nullable String difference(String path, @Nullable JsonElement recorded, @Nullable JsonElement actual) {
        if (recorded instanceof JsonObject expected && actual instanceof JsonObject found) {
            return ofObjects(path, expected, found);
        }
        if (recorded instanceof JsonArray expected && actual instanceof JsonArray found) {
            return "$".equals(path) && isListOfFeeds(expected) ? ofObjects(path, byId(expected), byId(found))
                    : ofArrays(path, expected, found);
        }
        if (recorded instanceof JsonPrimitive expected && actual instanceof JsonPrimitive found
                && isSame(path, expected, found)) {
            return null;
        }
        return recorded != null && recorded.equals(actual) ? null
                : path + ": recorded " + recorded + ", answered " + actual;
    }

    private @Nullable String ofObjects(String path, JsonObject recorded, JsonObject actual) {
        Set<String> keys = new LinkedHashSet<>(recorded.keySet());
        keys.addAll(actual.keySet());
        for (String key : keys) {
            String difference = difference(path + "." + key, recorded.get(key), actual.get(key));
            if (difference != null) {
                return difference;
            }
        }
        return null;
    }

    private @Nullable String ofArrays(String path, JsonArray recorded, JsonArray actual) {
        if (recorded.size() != actual.size()) {
            return path + ": recorded " + recorded.size() + " elements, answered " + actual.size() + ": " + actual;
        }
        for (int i = 0; i < recorded.size(); i++) {
            String difference = difference(path + "[" + i + "]", recorded.get(i), actual.get(i));
            if (difference != null) {
                return difference;
            }
        }
        return null;
    }

    private boolean isSame(String path, JsonPrimitive recorded, JsonPrimitive actual) {
        if (recorded.isNumber() && actual.isNumber()) {
            double expected = recorded.getAsDouble();
            double difference = Math.abs(expected - actual.getAsDouble());
            boolean isOfRecording = path.endsWith(".time") && expected >= recordingStart;
            return difference <= Math.abs(expected) * TOLERANCE || isOfRecording && difference <= 1;
        }
        if (recorded.isString() && actual.isString() && MADE_UP.matcher(recorded.getAsString()).matches()
                && MADE_UP.matcher(actual.getAsString()).matches()) {
            return madeUp.computeIfAbsent(recorded.getAsString(), key -> actual.getAsString())
                    .equals(actual.getAsString());
        }
        return false;
    }

    private static boolean isListOfFeeds(JsonArray list) {
        return !list.isEmpty() && list.get(0) instanceof JsonObject entry && entry.has("id");
    }

    private static JsonObject byId(JsonArray list) {
        JsonObject byId = new JsonObject();
        list.forEach(entry -> byId.add(entry.getAsJsonObject().get("id").getAsString(), entry));
        return byId;
    }
}
