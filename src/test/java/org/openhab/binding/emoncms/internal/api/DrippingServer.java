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

import java.io.IOException;
import java.io.OutputStream;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;

import org.eclipse.jdt.annotation.NonNullByDefault;

/**
 * Answers with a list that comes byte by byte and does not end.
 *
 * @author Emoncms add-on contributors - Initial contribution
 */
@NonNullByDefault
final class DrippingServer implements AutoCloseable {

    private static final long PAUSE_MILLIS = 50;

    private final ServerSocket socket;
    private final CountDownLatch answering = new CountDownLatch(1);
    private final Thread thread = new Thread(this::answer, "dripping-server");

    DrippingServer() throws IOException {
        socket = new ServerSocket(0);
        thread.start();
    }

    String url() {
        return "http://127.0.0.1:" + socket.getLocalPort();
    }

    /** Returns while the answer is on its way. */
    void awaitAnswering() {
        try {
            answering.await();
            Thread.sleep(10 * PAUSE_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void answer() {
        try (Socket connection = socket.accept(); OutputStream out = connection.getOutputStream()) {
            out.write("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 1000000\r\n\r\n["
                    .getBytes(StandardCharsets.US_ASCII));
            answering.countDown();
            while (!Thread.currentThread().isInterrupted()) {
                out.write(' ');
                out.flush();
                Thread.sleep(PAUSE_MILLIS);
            }
        } catch (IOException | InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() throws IOException {
        thread.interrupt();
        socket.close();
    }
}
