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
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

import org.eclipse.jdt.annotation.NonNullByDefault;

/**
 * Carries bytes between a client and a server on this machine and counts them, whatever they mean. What has arrived was
 * counted.
 *
 * @author Emoncms add-on contributors - Initial contribution
 */
@NonNullByDefault
final class CountingRelay implements AutoCloseable {

    private final ServerSocket listening;
    private final int serverPort;
    private final AtomicLong sent = new AtomicLong();
    private final AtomicLong received = new AtomicLong();
    private final AtomicInteger connections = new AtomicInteger();

    CountingRelay(int serverPort) throws IOException {
        this.serverPort = serverPort;
        listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        start(this::accept);
    }

    int port() {
        return listening.getLocalPort();
    }

    long sent() {
        return sent.get();
    }

    long received() {
        return received.get();
    }

    int connections() {
        return connections.get();
    }

    private static void start(Runnable job) {
        Thread thread = new Thread(job, "counting-relay");
        thread.setDaemon(true);
        thread.start();
    }

    private void accept() {
        while (!listening.isClosed()) {
            try {
                Socket client = listening.accept();
                Socket server = new Socket(InetAddress.getLoopbackAddress(), serverPort);
                connections.incrementAndGet();
                start(() -> carry(client, server, sent));
                start(() -> carry(server, client, received));
            } catch (IOException e) {
                // closed, or nobody there: the client finds out
            }
        }
    }

    private static void carry(Socket from, Socket to, AtomicLong count) {
        try (from; to) {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            byte[] bytes = new byte[8192];
            for (int length = in.read(bytes); length >= 0; length = in.read(bytes)) {
                count.addAndGet(length);
                out.write(bytes, 0, length);
            }
        } catch (IOException e) {
            // the other side is told by the end of its connection
        }
    }

    @Override
    public void close() throws IOException {
        listening.close();
    }
}
