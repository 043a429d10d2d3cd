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

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import org.eclipse.jdt.annotation.NonNullByDefault;
import org.eclipse.jdt.annotation.Nullable;

/**
 * A request as a PHP script sees it.
 *
 * @author Emoncms add-on contributors - Initial contribution
 */
@NonNullByDefault
final class PhpRequest {
    private static final byte[] NOTHING = {};
    /** PHP's default post_max_size: larger forms are not parsed */
    private static final int LARGEST_FORM = 8 << 20;

    private final ReceivedRequest received;
    private final byte @Nullable [] body;
    private final String remoteAddress;
    private final Map<String, String> query;
    private @Nullable Map<String, String> form;

    /**
     * @param body null if it is larger than a script can hold
     */
    PhpRequest(ReceivedRequest received, byte @Nullable [] body, String remoteAddress) {
        this.received = received;
        this.body = body;
        this.remoteAddress = remoteAddress;
        query = PhpText.parameters(received.query());
    }

    String method() {
        return received.method();
    }

    String path() {
        return received.path();
    }

    String remoteAddress() {
        return remoteAddress;
    }

    @Nullable
    String header(String name) {
        return received.header(name).orElse(null);
    }

    boolean has(String name) {
        return query.containsKey(name);
    }

    /** A parameter of the query, decoded once as PHP does */
    @Nullable
    String rawQuery(String name) {
        return query.get(name);
    }

    /** A parameter of the query, decoded twice as Emoncms does */
    @Nullable
    String query(String name) {
        String value = query.get(name);
        return value == null ? null : PhpText.decodedAgain(value);
    }

    String query(String name, String missing) {
        String value = query(name);
        return value == null ? missing : value;
    }

    /** A parameter of a form body, decoded once as PHP does */
    @Nullable
    String rawForm(String name) {
        Map<String, String> parsed = form;
        if (parsed == null) {
            parsed = parsedForm();
            form = parsed;
        }
        return parsed.get(name);
    }

    /** A parameter of a form body, decoded twice as Emoncms does */
    String form(String name) {
        String value = rawForm(name);
        return value == null ? "" : PhpText.decodedAgain(value);
    }

    /** php://input, which is empty for a multipart form */
    byte[] input(PhpScript script) {
        byte[] bytes = body;
        if (isPost("multipart/form-data")) {
            return NOTHING;
        }
        if (bytes == null) {
            throw PhpScript.exhausted(received.bodyLength());
        }
        script.allocate(bytes.length);
        return bytes;
    }

    private Map<String, String> parsedForm() {
        byte[] bytes = body;
        if (bytes == null || bytes.length > LARGEST_FORM || !isPost("application/x-www-form-urlencoded")) {
            return Map.of();
        }
        return PhpText.parameters(new String(bytes, StandardCharsets.UTF_8));
    }

    private boolean isPost(String mediaType) {
        List<String> types = received.headers().getOrDefault("Content-Type", List.of());
        return "POST".equals(method()) && !types.isEmpty()
                && types.get(0).toLowerCase(Locale.ROOT).startsWith(mediaType);
    }
}
