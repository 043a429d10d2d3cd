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

import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

import org.eclipse.jdt.annotation.NonNullByDefault;
import org.openhab.binding.emoncms.internal.feed.FeedIdentity;
import org.openhab.binding.emoncms.internal.feed.Problem;
import org.openhab.binding.emoncms.internal.feed.ProblemException;
import org.openhab.binding.emoncms.internal.feed.ProblemKind;

import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;

/**
 * Reads {@code feed/listwithmeta} as a stream. Emoncms writes numbers as strings or numbers, depending on its version
 * and on where it has them from.
 *
 * @author Emoncms add-on contributors - Initial contribution
 */
@NonNullByDefault
final class FeedListReader implements AnswerReader<List<RemoteFeed>> {

    private static final int MAX_FEEDS = 100_000;

    private final String host;

    FeedListReader(String host) {
        this.host = host;
    }

    @Override
    public List<RemoteFeed> read(Answer answer) throws IOException, ProblemException {
        JsonReader json = new JsonReader(new InputStreamReader(answer.body(), StandardCharsets.UTF_8));
        switch (json.peek()) {
            case BEGIN_ARRAY -> {
            }
            case BOOLEAN -> throw new ProblemException(Problem.of(ProblemKind.KEY_NOT_SEEN, host));
            default -> throw new ProblemException(Problem.of(ProblemKind.REFUSED, host, answer.excerpt()));
        }
        List<RemoteFeed> feeds = new ArrayList<>();
        Map<String, String> texts = new HashMap<>();
        json.beginArray();
        while (json.hasNext()) {
            if (feeds.size() == MAX_FEEDS) {
                throw new BoundedInputStream.TooLongException();
            }
            feeds.add(readFeed(json, texts));
        }
        json.endArray();
        if (json.peek() != JsonToken.END_DOCUMENT) {
            throw new IllegalStateException("text after the list");
        }
        return feeds;
    }

    /**
     * @param texts what many feeds have in common is held once
     */
    private static RemoteFeed readFeed(JsonReader json, Map<String, String> texts) throws IOException {
        int id = 0;
        int engine = -1;
        String tag = "";
        String name = "";
        String unit = "";
        long startTime = 0;
        double interval = 0;
        long npoints = 0;
        json.beginObject();
        while (json.hasNext()) {
            String member = json.nextName();
            if (json.peek() == JsonToken.NULL) {
                json.nextNull();
                continue;
            }
            switch (member) {
                case "id" -> id = json.nextInt();
                case "engine" -> engine = json.nextInt();
                case "tag" -> tag = texts.computeIfAbsent(json.nextString(), Function.identity());
                case "name" -> name = json.nextString();
                case "unit" -> unit = texts.computeIfAbsent(json.nextString(), Function.identity());
                case "start_time" -> startTime = whole(json);
                case "interval" -> interval = json.nextDouble();
                case "npoints" -> npoints = whole(json);
                default -> json.skipValue();
            }
        }
        json.endObject();
        if (id <= 0) {
            throw new IllegalStateException("a feed without id");
        }
        return new RemoteFeed(id, new FeedIdentity(tag, name), engine, unit, startTime, interval, npoints);
    }

    private static long whole(JsonReader json) throws IOException {
        return (long) Double.parseDouble(json.nextString());
    }
}
