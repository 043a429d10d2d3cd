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
import java.util.concurrent.TimeUnit;

import org.eclipse.jdt.annotation.NonNullByDefault;
import org.eclipse.jetty.client.api.ContentProvider;
import org.eclipse.jetty.client.util.DeferredContentProvider;

/**
 * A request body that is sent in pieces, no faster than allowed, by the thread that waits for the answer.
 *
 * @author Emoncms add-on contributors - Initial contribution
 */
@NonNullByDefault
final class PacedBody {

    private final ByteBuffer content;
    private final SendRate rate;
    private final DeferredContentProvider provider;

    PacedBody(HttpCall.Body body, SendRate rate) {
        content = body.content().duplicate();
        this.rate = rate;
        int length = content.remaining();
        provider = new DeferredContentProvider() {

            /** Known beforehand, so that the body is not sent in chunks. */
            @Override
            public long getLength() {
                return length;
            }
        };
    }

    ContentProvider provider() {
        return provider;
    }

    /** Returns when the last piece is on its way, or nobody takes them any more. */
    void send() throws InterruptedException {
        boolean isTaken = true;
        while (content.hasRemaining() && isTaken) {
            int length = Math.min(content.remaining(), rate.pieceBytes());
            TimeUnit.NANOSECONDS.sleep(rate.waitBefore(length));
            isTaken = provider.offer(content.slice(content.position(), length));
            content.position(content.position() + length);
        }
        provider.close();
    }
}
