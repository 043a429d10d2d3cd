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

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

import org.eclipse.jdt.annotation.NonNullByDefault;
import org.eclipse.jdt.annotation.Nullable;

/**
 * An answer that is not sent yet.
 *
 * @author Emoncms add-on contributors - Initial contribution
 */
@NonNullByDefault
record Answer(int status, String contentType, Map<String, String> headers, boolean compressible, Body body) {

    /** Apache sends shorter bodies as they are */
    private static final int LEAST_COMPRESSED = 69;
    private static final String HTML = "text/html; charset=UTF-8";
    private static final String JSON = "application/json";

    /**
     * Writes the body.
     */
    @FunctionalInterface
    interface Body {
        void writeTo(OutputStream out) throws IOException;
    }

    static Answer bytes(int status, String contentType, Map<String, String> headers, byte[] bytes) {
        return new Answer(status, contentType, headers, false, out -> out.write(bytes));
    }

    static Answer html(int status, String html) {
        return text(status, HTML, html);
    }

    static Answer plain(String contentType, String text) {
        return text(200, contentType, text);
    }

    /** A page of the web interface, of which nobody reads more than that it is one */
    static Answer page(int status, String title) {
        return html(status, """
                <!doctype html>
                <html>
                <head>
                    <meta http-equiv="content-type" content="text/html; charset=UTF-8">
                    <title>Emoncms - %s</title>
                </head>
                <body></body>
                </html>
                """.formatted(title));
    }

    static Answer json(PhpScript script, @Nullable Object value) {
        return text(200, JSON, script.messages() + PhpJson.encoded(value));
    }

    /** A list that is too long to be built in memory, of values that always have a JSON form */
    static Answer json(Iterable<?> list) {
        return list.iterator().hasNext() ? new Answer(200, JSON, Map.of(), true, out -> {
            Writer text = new BufferedWriter(new OutputStreamWriter(out, StandardCharsets.US_ASCII), 1 << 16);
            PhpJson.write(text, list);
            text.flush();
        }) : text(200, JSON, "[]");
    }

    static Answer refusal(String message) {
        return text(200, JSON, PhpJson.encoded(failure(message)));
    }

    static Map<String, Object> failure(String message) {
        Map<String, Object> failure = new LinkedHashMap<>();
        failure.put("success", false);
        failure.put("message", message);
        return failure;
    }

    static Answer unknown(Route route) {
        if (route.isHtml()) {
            return page(406, route.controller() + " " + route.action());
        }
        if (route.isJson()) {
            return text(406, JSON, PhpJson.encoded(failure("406 Not Acceptable. Route not found")));
        }
        return html(406, "URI not acceptable. Unknown format '" + route.format() + "'.");
    }

    Answer withHeaders(Map<String, String> more) {
        Map<String, String> all = new LinkedHashMap<>(headers);
        all.putAll(more);
        return new Answer(status, contentType, all, compressible, body);
    }

    private static Answer text(int status, String contentType, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return new Answer(status, contentType, Map.of(), bytes.length >= LEAST_COMPRESSED, out -> out.write(bytes));
    }
}
