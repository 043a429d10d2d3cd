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
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

import org.eclipse.jdt.annotation.NonNullByDefault;
import org.eclipse.jdt.annotation.Nullable;
import org.eclipse.jetty.client.api.Response;
import org.eclipse.jetty.client.util.InputStreamResponseListener;
import org.eclipse.jetty.util.Callback;

/**
 * Takes in the start of an answer, and some of a long one, before it is read, so that the reader and the connection
 * need not wait for each other at each piece. Jetty's buffers are handed back at once for what was taken in.
 *
 * @author Emoncms add-on contributors - Initial contribution
 */
@NonNullByDefault
final class EagerListener extends InputStreamResponseListener {

    private static final int PIECE_BYTES = 64 << 10;
    private static final int MOST_PIECES = 8;
    /** The second part waits for the reader: an answer that breaks off is not to be lost before it is read. */
    private static final int AWAITED_PART = 2;

    private final Queue<ByteBuffer> free = new ConcurrentLinkedQueue<>();

    private final AtomicInteger parts = new AtomicInteger();
    /** Of the connection's thread. */
    private int pieces;

    /** How many parts of the content have come so far. */
    int parts() {
        return parts.get();
    }

    @Override
    @NonNullByDefault({})
    public void onContent(Response response, ByteBuffer content, Callback callback) {
        int part = parts.incrementAndGet();
        ByteBuffer piece = part < AWAITED_PART ? ByteBuffer.allocate(content.remaining())
                : part > AWAITED_PART && content.remaining() <= PIECE_BYTES ? freePiece() : null;
        if (piece == null) {
            super.onContent(response, content, callback);
            return;
        }
        ByteBuffer taken = piece.clear().put(content).flip();
        super.onContent(response, taken, new Callback() {

            @Override
            public void succeeded() {
                if (taken.capacity() == PIECE_BYTES) {
                    free.add(taken);
                }
            }

            /** Nobody reads on: the rest must not be taken in either. */
            @Override
            public void failed(Throwable failure) {
                response.abort(failure);
            }
        });
        callback.succeeded();
    }

    private @Nullable ByteBuffer freePiece() {
        ByteBuffer piece = free.poll();
        if (piece == null && pieces < MOST_PIECES) {
            pieces++;
            return ByteBuffer.allocate(PIECE_BYTES);
        }
        return piece;
    }
}
