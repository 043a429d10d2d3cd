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
import org.eclipse.jetty.util.thread.Scheduler;

/**
 * A request body that is sent in pieces, no faster than allowed, by the client's scheduler thread.
 *
 * @author Emoncms add-on contributors - Initial contribution
 */
@NonNullByDefault
final class PacedBody {

    private final ByteBuffer content;
    private final SendRate rate;
    private final Scheduler scheduler;
    private final DeferredContentProvider provider;

    PacedBody(HttpCall.Body body, SendRate rate, Scheduler scheduler) {
        content = body.content().duplicate();
        this.rate = rate;
        this.scheduler = scheduler;
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

    /** Begins to send it; the rest follows in the scheduler's thread, as long as somebody takes it. */
    void send() {
        if (content.hasRemaining()) {
            int length = Math.min(content.remaining(), rate.pieceBytes());
            scheduler.schedule(() -> send(length), rate.waitBefore(length), TimeUnit.NANOSECONDS);
        } else {
            provider.close();
        }
    }

    private void send(int length) {
        boolean isTaken = provider.offer(content.slice(content.position(), length));
        content.position(content.position() + length);
        if (isTaken) {
            send();
        }
    }
}
