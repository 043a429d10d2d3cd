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

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

import org.eclipse.jdt.annotation.NonNullByDefault;

/**
 * Sends answers of any length without holding them, each on a connection of its own, and counts what its clients let it
 * send.
 *
 * @author Emoncms add-on contributors - Initial contribution
 */
@NonNullByDefault
final class StreamingServer implements AutoCloseable {

    /** More than any test waits for. */
    static final long TEN_GIGABYTES = 10_000_000_000L;

    private static final int PIECE_BYTES = 1 << 16;

    /**
     * Writes status line, headers and body; a client that has gone ends it with an exception.
     */
    @FunctionalInterface
    interface Answer {
        void writeTo(OutputStream out) throws IOException;
    }

    private final ServerSocket socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private final Answer answer;
    private final AtomicLong sent = new AtomicLong();
    private final AtomicInteger requests = new AtomicInteger();

    StreamingServer(Answer answer) throws IOException {
        this.answer = answer;
        start(this::accept);
    }

    private static void start(Runnable task) {
        Thread thread = new Thread(task, "streaming-server");
        thread.setDaemon(true);
        thread.start();
    }

    static String head(String status, String... headers) {
        StringBuilder head = new StringBuilder("HTTP/1.1 ").append(status).append("\r\nConnection: close\r\n");
        Arrays.stream(headers).forEach(header -> head.append(header).append("\r\n"));
        return head.append("\r\n").toString();
    }

    /** As text in pieces, the last one again and again until all are so long. */
    static Answer text(long bytes, String start, String repeated) {
        byte[] piece = repeated.repeat(Math.max(1, PIECE_BYTES / repeated.length()))
                .getBytes(StandardCharsets.ISO_8859_1);
        return out -> {
            out.write(start.getBytes(StandardCharsets.ISO_8859_1));
            for (long left = bytes; left > 0; left -= piece.length) {
                out.write(piece, 0, (int) Math.min(left, piece.length));
            }
        };
    }

    String url() {
        return "http://127.0.0.1:" + socket.getLocalPort();
    }

    long sent() {
        return sent.get();
    }

    int requests() {
        return requests.get();
    }

    private void accept() {
        try {
            while (true) {
                Socket connection = socket.accept();
                start(() -> answer(connection));
            }
        } catch (IOException e) {
            // closed
        }
    }

    private void answer(Socket connection) {
        try (connection;
                BufferedReader in = new BufferedReader(
                        new InputStreamReader(connection.getInputStream(), StandardCharsets.ISO_8859_1))) {
            String line = in.readLine();
            while (line != null && !line.isEmpty()) {
                line = in.readLine();
            }
            requests.incrementAndGet();
            OutputStream out = connection.getOutputStream();
            answer.writeTo(new OutputStream() {
                @Override
                public void write(int value) throws IOException {
                    out.write(value);
                    sent.incrementAndGet();
                }

                @Override
                public void write(byte[] bytes, int offset, int length) throws IOException {
                    out.write(bytes, offset, length);
                    sent.addAndGet(length);
                }
            });
        } catch (IOException e) {
            // the client has enough
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
