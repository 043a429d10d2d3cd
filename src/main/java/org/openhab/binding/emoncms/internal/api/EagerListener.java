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
import java.util.concurrent.atomic.AtomicLong;

import org.eclipse.jdt.annotation.NonNullByDefault;
import org.eclipse.jetty.client.api.Response;
import org.eclipse.jetty.client.util.InputStreamResponseListener;
import org.eclipse.jetty.util.Callback;

/**
 * Takes in some of an answer before it is read, so that the reader and the connection need not wait for each other at
 * each piece.
 *
 * @author Emoncms add-on contributors - Initial contribution
 */
@NonNullByDefault
final class EagerListener extends InputStreamResponseListener {

    private static final long MOST_BYTES = 512 << 10;

    private final AtomicLong ahead = new AtomicLong();

    @Override
    @NonNullByDefault({})
    public void onContent(Response response, ByteBuffer content, Callback callback) {
        int bytes = content.remaining();
        if (ahead.get() + bytes > MOST_BYTES) {
            super.onContent(response, content, callback);
            return;
        }
        ahead.addAndGet(bytes);
        ByteBuffer copy = ByteBuffer.allocate(bytes).put(content).flip();
        super.onContent(response, copy, Callback.from(() -> ahead.addAndGet(-bytes)));
        callback.succeeded();
    }
}
