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

import java.util.concurrent.TimeUnit;
import java.util.function.IntSupplier;

import org.eclipse.jdt.annotation.NonNullByDefault;
import org.eclipse.jetty.client.api.Request;

/**
 * Breaks off an answer of which many bytes come but no content: a line of its head, or of what follows its body, that
 * does not end. The HTTP client itself would hold a line of any length. Looks each few milliseconds, as long as the
 * answer is awaited, in the client's scheduler thread.
 *
 * @author Emoncms add-on contributors - Initial contribution
 */
@NonNullByDefault
final class LineLimit implements Runnable {

    private static final long MOST_BYTES = 1 << 20;
    private static final long PERIOD_MILLIS = 50;

    private final HttpAccess access;
    private final Request request;
    private final IntSupplier contents;
    private volatile boolean isOver;

    // of the scheduler's thread
    private int seenContents;
    private long seenBytes;

    private LineLimit(HttpAccess access, Request request, IntSupplier contents) {
        this.access = access;
        this.request = request;
        this.contents = contents;
    }

    /**
     * Watches a request from the moment it is sent.
     *
     * @param contents how many pieces of content have come so far
     */
    static void watch(HttpAccess access, Request request, IntSupplier contents) {
        LineLimit limit = new LineLimit(access, request, contents);
        request.onRequestBegin(begun -> limit.start()).onComplete(result -> limit.isOver = true);
    }

    private void start() {
        seenBytes = receivedBytes();
        lookLater();
    }

    private long receivedBytes() {
        return HttpClients.traffic(access.client(), access.user()).received(request);
    }

    private void lookLater() {
        access.client().getScheduler().schedule(this, PERIOD_MILLIS, TimeUnit.MILLISECONDS);
    }

    @Override
    public void run() {
        if (isOver) {
            return;
        }
        long bytesNow = receivedBytes();
        int contentsNow = contents.getAsInt();
        if (contentsNow != seenContents) {
            seenContents = contentsNow;
            seenBytes = bytesNow;
        } else if (bytesNow - seenBytes > MOST_BYTES) {
            request.abort(new BoundedInputStream.TooLongException());
            return;
        }
        lookLater();
    }
}
