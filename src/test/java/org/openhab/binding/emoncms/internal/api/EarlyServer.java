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
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

import org.eclipse.jdt.annotation.NonNullByDefault;

/**
 * Answers its first client before it reads the request.
 *
 * @author Emoncms add-on contributors - Initial contribution
 */
@NonNullByDefault
final class EarlyServer implements AutoCloseable {

    private final ServerSocket socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private final String answer;
    private volatile Socket connection = new Socket();

    EarlyServer(String answer) throws IOException {
        this.answer = answer;
        Thread thread = new Thread(this::answer, "early-server");
        thread.setDaemon(true);
        thread.start();
    }

    String url() {
        return "http://127.0.0.1:" + socket.getLocalPort();
    }

    private void answer() {
        try {
            connection = socket.accept();
            connection.getInputStream().read();
            connection.getOutputStream().write(answer.getBytes(StandardCharsets.ISO_8859_1));
        } catch (IOException e) {
            // closed
        }
    }

    /** Reads what the client has sent and goes on to send, and says how many bytes that were. */
    long readRest() throws IOException {
        InputStream in = connection.getInputStream();
        long bytes = 0;
        try {
            byte[] buffer = new byte[1 << 16];
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                bytes += read;
            }
        } catch (IOException e) {
            // reset by the client
        }
        return bytes;
    }

    @Override
    public void close() throws IOException {
        connection.close();
        socket.close();
    }
}
