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
package org.openhab.binding.emoncms.bench;

import java.io.BufferedInputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

import org.eclipse.jdt.annotation.NonNullByDefault;

/**
 * A server that reads bodies of {@code feed/sync}, does nothing with them and is content: what a client can do when no
 * server holds it up. Ends with its standard input.
 *
 * @author Emoncms add-on contributors - Initial contribution
 */
@NonNullByDefault
public final class SinkMain {

    private static final int BUFFER_BYTES = 1 << 16;
    private static final int BACKLOG = 10;
    private static final String CONTENT_LENGTH = "content-length:";
    private static final byte[] ANSWER = """
            HTTP/1.1 200 OK\r
            Content-Type: application/json\r
            Content-Length: 16\r
            \r
            {"success":true}""".getBytes(StandardCharsets.US_ASCII);

    private SinkMain() {
    }

    public static void main(String... arguments) throws IOException {
        try (ServerSocket socket = new ServerSocket(0, BACKLOG, InetAddress.getLoopbackAddress());
                PrintStream out = new PrintStream(new FileOutputStream(FileDescriptor.out), true,
                        StandardCharsets.UTF_8)) {
            Thread server = new Thread(() -> accept(socket), "sink");
            server.setDaemon(true);
            server.start();
            out.println("http://127.0.0.1:" + socket.getLocalPort() + " none");
            System.in.readAllBytes();
        }
    }

    private static void accept(ServerSocket socket) {
        while (!socket.isClosed()) {
            try (Socket client = socket.accept();
                    InputStream in = new BufferedInputStream(client.getInputStream(), BUFFER_BYTES)) {
                client.setTcpNoDelay(true);
                serve(in, client.getOutputStream());
            } catch (IOException e) {
                // the client has left
            }
        }
    }

    private static void serve(InputStream in, OutputStream out) throws IOException {
        byte[] buffer = new byte[BUFFER_BYTES];
        while (true) {
            long left = 0;
            for (String line = line(in); !line.isEmpty(); line = line(in)) {
                if (line.startsWith(CONTENT_LENGTH)) {
                    left = Long.parseLong(line.substring(CONTENT_LENGTH.length()).strip());
                }
            }
            while (left > 0) {
                int read = in.read(buffer, 0, (int) Math.min(left, BUFFER_BYTES));
                if (read < 0) {
                    return;
                }
                left -= read;
            }
            out.write(ANSWER);
        }
    }

    private static String line(InputStream in) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int c = in.read(); c != '\n'; c = in.read()) {
            if (c < 0) {
                throw new IOException("The connection has ended");
            }
            line.append((char) c);
        }
        return line.toString().strip().toLowerCase(Locale.ROOT);
    }
}
