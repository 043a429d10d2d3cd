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

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.eclipse.jdt.annotation.NonNullByDefault;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;

/**
 * A request that was sent to a real server, with its answer, from a file beside {@code README.md} of the resources.
 *
 * @author Emoncms add-on contributors - Initial contribution
 */
@NonNullByDefault
record RecordedExchange(String file, String name, JsonObject request, JsonObject response, JsonArray after) {
    static List<RecordedExchange> ofFile(String file) {
        List<RecordedExchange> exchanges = new ArrayList<>();
        InputStream resource = RecordedExchange.class.getResourceAsStream("/emoncms-contract/" + file + ".jsonl");
        if (resource == null) {
            throw new IllegalArgumentException("There is no recording " + file);
        }
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(resource, StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                JsonObject exchange = JsonParser.parseString(line).getAsJsonObject();
                JsonElement after = exchange.get("after");
                exchanges.add(new RecordedExchange(file, exchange.get("name").getAsString(),
                        exchange.getAsJsonObject("request"), exchange.getAsJsonObject("response"),
                        after instanceof JsonArray files ? files : new JsonArray()));
            }
        } catch (IOException e) {
            throw new IllegalArgumentException("Cannot read the recording " + file, e);
        }
        return exchanges;
    }

    String title() {
        return file + ": " + name;
    }

    String method() {
        return text(request, "method");
    }

    /** Path and query */
    String target() {
        String query = text(request, "query");
        return text(request, "path") + (query.isEmpty() ? "" : "?" + query);
    }

    Map<String, String> requestHeaders() {
        Map<String, String> headers = new LinkedHashMap<>();
        if (request.get("headers") instanceof JsonObject sent) {
            sent.entrySet().forEach(header -> headers.put(header.getKey(), header.getValue().getAsString()));
        }
        return headers;
    }

    /** Empty if only the shape of the body was recorded */
    Optional<byte[]> requestBody() {
        if (request.has("body_len")) {
            return Optional.empty();
        }
        return Optional.of(bytes(request).orElseGet(() -> new byte[0]));
    }

    String bodyDescription() {
        return text(request, "body_desc");
    }

    int bodyLength() {
        return request.get("body_len").getAsInt();
    }

    int status() {
        return response.get("status").getAsInt();
    }

    Optional<String> responseHeader(String name) {
        for (JsonElement header : response.getAsJsonArray("headers")) {
            if (header.getAsJsonArray().get(0).getAsString().equals(name)) {
                return Optional.of(header.getAsJsonArray().get(1).getAsString());
            }
        }
        return Optional.empty();
    }

    /** When the real server answered, if it was asked the usual way */
    Optional<Instant> time() {
        return response.has("headers")
                ? responseHeader("Date").map(date -> ZonedDateTime.parse(date, DateTimeFormatter.RFC_1123_DATE_TIME))
                        .map(ZonedDateTime::toInstant)
                : Optional.empty();
    }

    /** Empty if only the start of the body was recorded */
    Optional<byte[]> responseBody() {
        return bytes(response);
    }

    byte[] responseBodyHead() {
        return Base64.getDecoder().decode(text(response, "body_base64_head"));
    }

    int responseBodyLength() {
        return response.get("body_len").getAsInt();
    }

    private static Optional<byte[]> bytes(JsonObject message) {
        if (message.has("body_base64")) {
            return Optional.of(Base64.getDecoder().decode(text(message, "body_base64")));
        }
        return message.has("body") ? Optional.of(text(message, "body").getBytes(StandardCharsets.UTF_8))
                : Optional.empty();
    }

    private static String text(JsonObject object, String key) {
        return object.has(key) ? object.get(key).getAsString() : "";
    }
}
