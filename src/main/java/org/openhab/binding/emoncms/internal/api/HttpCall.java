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

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Map;

import org.eclipse.jdt.annotation.NonNullByDefault;
import org.eclipse.jdt.annotation.Nullable;
import org.eclipse.jetty.http.HttpMethod;

/**
 * A request to the server.
 *
 * @param query in the order it is written; never a credential
 * @param workBytes so much the server has to read of its disk before it answers
 * @param answerBytes expected of the answer, if that is much
 *
 * @author Emoncms add-on contributors - Initial contribution
 */
@NonNullByDefault
record HttpCall(HttpMethod method, String path, Map<String, String> query, @Nullable Body body, long workBytes,
        long answerBytes) {

    record Body(String contentType, ByteBuffer content) {
    }

    static HttpCall get(String path) {
        return get(path, Map.of());
    }

    static HttpCall get(String path, Map<String, String> query) {
        return new HttpCall(HttpMethod.GET, path, query, null, 0, 0);
    }

    static HttpCall post(String path, String contentType, ByteBuffer content) {
        return new HttpCall(HttpMethod.POST, path, Map.of(), new Body(contentType, content), 0, 0);
    }

    static HttpCall postForm(String path, Map<String, String> form) {
        return postForm(path, Map.of(), form);
    }

    static HttpCall postForm(String path, Map<String, String> query, Map<String, String> form) {
        return new HttpCall(HttpMethod.POST, path, query,
                new Body("application/x-www-form-urlencoded", StandardCharsets.US_ASCII.encode(ServerUrl.encode(form))),
                0, 0);
    }

    HttpCall withWork(long bytes) {
        return new HttpCall(method, path, query, body, bytes, answerBytes);
    }

    HttpCall withAnswer(long bytes) {
        return new HttpCall(method, path, query, body, workBytes, bytes);
    }

    int bodyBytes() {
        Body body = this.body;
        return body == null ? 0 : body.content().remaining();
    }
}
