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

import java.net.URI;
import java.nio.ByteBuffer;
import java.util.List;

import org.eclipse.jdt.annotation.NonNullByDefault;
import org.eclipse.jdt.annotation.Nullable;
import org.eclipse.jetty.client.HttpClient;
import org.eclipse.jetty.client.HttpConversation;
import org.eclipse.jetty.client.HttpRequest;
import org.eclipse.jetty.client.HttpResponse;
import org.eclipse.jetty.client.api.Response;
import org.eclipse.jetty.client.api.Result;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.util.Callback;

/**
 * A client whose every request gets the same answer, at once and without a network.
 *
 * @author Emoncms add-on contributors - Initial contribution
 */
@NonNullByDefault
final class CannedClient extends HttpClient {

    private final int status;
    private final HttpHeader header;
    private final String value;
    private final byte[] body;

    private CannedClient(int status, HttpHeader header, String value, byte[] body) {
        this.status = status;
        this.header = header;
        this.value = value;
        this.body = body;
    }

    static CannedClient ok(String contentType, byte[] body) {
        return new CannedClient(200, HttpHeader.CONTENT_TYPE, contentType, body);
    }

    static CannedClient redirect(String location) {
        return new CannedClient(302, HttpHeader.LOCATION, location, new byte[0]);
    }

    @Override
    protected HttpRequest newHttpRequest(HttpConversation conversation, URI uri) {
        return new HttpRequest(this, conversation, uri) {
            @Override
            public void send(Response.@Nullable CompleteListener listener) {
                if (listener instanceof Response.Listener answered) {
                    answer(this, answered);
                }
            }
        };
    }

    private void answer(HttpRequest request, Response.Listener listener) {
        HttpResponse response = new HttpResponse(request, List.of());
        response.status(status).getHeaders().put(header, value);
        listener.onHeaders(response);
        if (body.length > 0) {
            listener.onContent(response, ByteBuffer.wrap(body), Callback.NOOP);
        }
        listener.onSuccess(response);
        listener.onComplete(new Result(request, response));
    }
}
