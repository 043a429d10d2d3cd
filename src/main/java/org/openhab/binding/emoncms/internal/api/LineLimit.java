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

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.IntSupplier;

import org.eclipse.jdt.annotation.NonNullByDefault;
import org.eclipse.jetty.client.api.Request;

/**
 * Breaks off an answer of which many bytes come but no content: a line of its head, or of what follows its body, that
 * does not end. The HTTP client itself would hold a line of any length. Looks each few milliseconds, as long as there
 * are requests, in the client's scheduler thread.
 *
 * @author Emoncms add-on contributors - Initial contribution
 */
@NonNullByDefault
final class LineLimit {

    private static final long MOST_BYTES = 1 << 20;
    private static final long PERIOD_MILLIS = 50;

    private final HttpAccess access;
    private final Set<Watched> requests = ConcurrentHashMap.newKeySet();
    private final AtomicBoolean isLooking = new AtomicBoolean();

    LineLimit(HttpAccess access) {
        this.access = access;
    }

    /**
     * Watches a request from the moment it is sent until it is complete.
     *
     * @param contents how many pieces of content have come so far
     */
    void watch(Request request, IntSupplier contents) {
        Watched watched = new Watched(request, contents);
        request.onRequestBegin(begun -> begin(watched)).onComplete(result -> requests.remove(watched));
    }

    private void begin(Watched watched) {
        watched.seenBytes = receivedBytes(watched.request);
        requests.add(watched);
        lookLater();
    }

    private void lookLater() {
        if (!requests.isEmpty() && !isLooking.getAndSet(true)) {
            access.client().getScheduler().schedule(this::look, PERIOD_MILLIS, TimeUnit.MILLISECONDS);
        }
    }

    private void look() {
        try {
            requests.forEach(Watched::look);
        } finally {
            isLooking.set(false);
            lookLater();
        }
    }

    private long receivedBytes(Request request) {
        return HttpClients.traffic(access.client(), access.user()).received(request);
    }

    private final class Watched {

        private final Request request;
        private final IntSupplier contents;

        // of the scheduler's thread
        private int seenContents;
        private long seenBytes;

        Watched(Request request, IntSupplier contents) {
            this.request = request;
            this.contents = contents;
        }

        void look() {
            long bytesNow = receivedBytes(request);
            int contentsNow = contents.getAsInt();
            if (contentsNow != seenContents) {
                seenContents = contentsNow;
                seenBytes = bytesNow;
            } else if (bytesNow - seenBytes > MOST_BYTES) {
                requests.remove(this);
                request.abort(new BoundedInputStream.TooLongException());
            }
        }
    }
}
