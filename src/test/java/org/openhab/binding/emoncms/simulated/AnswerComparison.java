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

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;

import org.eclipse.jdt.annotation.NonNullByDefault;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;

/**
 * Asserts that an answer is the recorded one: status, media type, some headers, and the body by its kind.
 *
 * @author Emoncms add-on contributors - Initial contribution
 */
@NonNullByDefault
final class AnswerComparison {
    private static final List<String> COMPARED_HEADERS = List.of("WWW-Authenticate", "Content-Encoding", "Keep-Alive");
    /** A message of PHP: its kind and text, without file and line */
    private static final Pattern MESSAGE = Pattern
            .compile("<br />\n<b>([^<]+)</b>:  (.*?) in (?:<b>)?/.*? on line <b>\\d+</b><br />\n", Pattern.DOTALL);
    private static final Pattern ALLOCATION = Pattern.compile("tried to allocate \\d+");
    private static final String CUT = "…";

    private final JsonComparison json;

    AnswerComparison(JsonComparison json) {
        this.json = json;
    }

    void compare(RecordedExchange recorded, RawConnection.Received answer) throws IOException {
        assertThat(answer.status()).as("status").isEqualTo(recorded.status());
        assertThat(mediaType(answer.headers().get("Content-Type"))).as("media type")
                .isEqualTo(mediaType(recorded.responseHeader("Content-Type").orElse("")));
        for (String name : COMPARED_HEADERS) {
            Optional<String> expected = recorded.responseHeader(name);
            assertThat(Optional.ofNullable(answer.headers().get(name))).as(name).isEqualTo(expected);
        }
        boolean isCompressed = answer.headers().containsKey("Content-Encoding");
        byte[] actual = isCompressed ? inflated(answer.body()) : answer.body();
        if (recorded.responseBody().isEmpty()) {
            compareHead(recorded, actual, isCompressed);
            return;
        }
        byte[] expected = isCompressed ? inflated(recorded.responseBody().get()) : recorded.responseBody().get();
        if (recorded.responseHeader("Content-Type").orElse("").startsWith("application/octet-stream")) {
            assertThat(actual).as("bytes").isEqualTo(expected);
        } else {
            compareText(text(expected), text(actual));
        }
    }

    /** Of long binary bodies the start and the length were recorded, of a compressed list nothing that is sure */
    private static void compareHead(RecordedExchange recorded, byte[] actual, boolean isCompressed) {
        if (isCompressed) {
            assertThat(parsed(text(actual))).isInstanceOf(JsonArray.class);
            return;
        }
        byte[] head = recorded.responseBodyHead();
        assertThat(Arrays.copyOf(actual, head.length)).as("first bytes").isEqualTo(head);
        assertThat(actual).as("bytes").hasSize(recorded.responseBodyLength());
    }

    private void compareText(String recorded, String actual) {
        if (recorded.startsWith("<!doctype html")) {
            assertThat(actual).as("HTML page").startsWith("<!doctype html");
            return;
        }
        assertThat(messages(actual)).as("messages of PHP").isEqualTo(messages(recorded));
        String expectedRest = MESSAGE.matcher(recorded).replaceAll("");
        String actualRest = MESSAGE.matcher(actual).replaceAll("");
        if (expectedRest.endsWith(CUT)) {
            compareCut(expectedRest, actualRest);
        } else if (expectedRest.startsWith("{") || expectedRest.startsWith("[")) {
            compareJson(parsed(expectedRest), parsed(actualRest));
        } else {
            assertThat(actualRest).as("text").isEqualTo(expectedRest);
        }
    }

    void compareJson(JsonElement recorded, JsonElement actual) {
        json.difference(recorded, actual).ifPresent(difference -> fail(difference));
    }

    /** A list whose end was not recorded: the whole entries before are compared, each with the one of its id */
    private void compareCut(String recorded, String actual) {
        String text = recorded.substring(0, recorded.lastIndexOf("},{") + 1);
        int start = text.indexOf('[');
        String end = text.startsWith("{") ? "]}" : "]";
        JsonArray known = parsed(text.substring(start) + "]").getAsJsonArray();
        JsonElement answered = parsed(actual);
        if (answered.isJsonObject()) {
            JsonElement whole = parsed(text + end);
            assertThat(answered.getAsJsonObject().keySet()).isEqualTo(whole.getAsJsonObject().keySet());
            answered = answered.getAsJsonObject().get("updated_feed_meta");
        }
        JsonArray found = new JsonArray();
        for (JsonElement entry : known) {
            JsonElement id = entry.getAsJsonObject().get("id");
            answered.getAsJsonArray().asList().stream().filter(e -> e.getAsJsonObject().get("id").equals(id))
                    .forEach(found::add);
        }
        assertThat(known).as("recorded entries").hasSizeGreaterThan(50);
        compareJson(known, found);
    }

    private static List<String> messages(String text) {
        return MESSAGE.matcher(text).results().map(AnswerComparison::message).toList();
    }

    private static String message(MatchResult found) {
        return found.group(1) + ": " + ALLOCATION.matcher(found.group(2)).replaceAll("tried to allocate");
    }

    private static JsonElement parsed(String text) {
        try {
            return JsonParser.parseString(text);
        } catch (JsonParseException e) {
            throw new AssertionError("Not JSON: " + text, e);
        }
    }

    private static String mediaType(String contentType) {
        return contentType.split(";")[0].strip();
    }

    private static byte[] inflated(byte[] bytes) throws IOException {
        try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(bytes))) {
            return in.readAllBytes();
        }
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
