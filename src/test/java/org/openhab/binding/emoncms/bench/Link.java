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

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;

import org.eclipse.jdt.annotation.NonNullByDefault;

/**
 * Stands between a client and a server, carries bytes as a link of some speed would, and keeps account of them. Speaks
 * plain HTTP to the client in any case.
 *
 * @author Emoncms add-on contributors - Initial contribution
 */
@NonNullByDefault
final class Link implements AutoCloseable {

    private static final int BACKLOG = 50;
    /** What the system takes in beyond the link's own queue. */
    private static final int SLOW_BUFFER_BYTES = 1 << 14;
    private static final Pipe.Observer NOTHING = (bytes, length) -> {
    };

    private final Target server;
    private final LinkSpeed speed;
    private final ServerSocket socket = new ServerSocket();
    private final Line up;
    private final Line down;
    private final LinkLog log = new LinkLog();
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();

    Link(Target server, LinkSpeed speed) throws IOException {
        this.server = server;
        this.speed = speed;
        up = new Line(speed);
        down = new Line(speed);
        if (speed.isLimited()) {
            socket.setReceiveBufferSize(SLOW_BUFFER_BYTES);
        }
        socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), BACKLOG);
        Pipe.startThread(this::accept);
    }

    /** The server as it is reached by this link. */
    Target target() {
        return server.through(socket.getLocalPort());
    }

    /** The requests since the last call that asked. */
    List<Exchange> takeExchanges() {
        return log.take();
    }

    private void accept() {
        try {
            while (true) {
                Socket client = socket.accept();
                Pipe.startThread(() -> connect(client));
            }
        } catch (IOException e) {
            // closed
        }
    }

    private void connect(Socket client) {
        try {
            // a connection takes a round trip before anything can be sent
            Thread.sleep(2 * speed.oneWay().toMillis());
            Socket connected = connected();
            for (Socket each : List.of(client, connected)) {
                each.setTcpNoDelay(true);
                sockets.add(each);
            }
            ConnectionLog exchanges = new ConnectionLog(log);
            new Pipe(client, connected, up, speed, exchanges::sent, NOTHING).start();
            new Pipe(connected, client, down, speed, NOTHING, exchanges::answered).start();
        } catch (IOException e) {
            closeQuietly(client);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private Socket connected() throws IOException {
        String host = server.url().getHost();
        if (!server.isTls()) {
            return new Socket(host, server.port());
        }
        SSLSocket socket = (SSLSocket) SSLSocketFactory.getDefault().createSocket(host, server.port());
        SSLParameters parameters = socket.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        socket.setSSLParameters(parameters);
        return socket;
    }

    private static void closeQuietly(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            // it is of no use any more
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
        sockets.forEach(Link::closeQuietly);
    }
}
