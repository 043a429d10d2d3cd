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
package org.openhab.binding.emoncms.faults;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import org.eclipse.jdt.annotation.NonNullByDefault;

/**
 * Stands between a client and a server on the loopback address and loses what {@link Traffic} tells it to. A client
 * sees the end of its connection only when the server is done with the request, so that what follows is in order.
 *
 * @author Emoncms add-on contributors - Initial contribution
 */
@NonNullByDefault
public final class FaultyProxy implements AutoCloseable {

    private static final int BACKLOG = 50;
    /** A server that is stopped may leave a connection without an answer and without an end. */
    private static final int SERVER_MILLIS = 5_000;

    private final ServerSocket socket;
    private final URI server;
    private final Traffic traffic;
    private final Set<ProxiedConnection> connections = ConcurrentHashMap.newKeySet();
    private int underWay;

    /** On a free port. */
    public FaultyProxy(URI server, Traffic traffic) {
        this.server = server;
        this.traffic = traffic;
        try {
            socket = new ServerSocket(0, BACKLOG, InetAddress.getByName(server.getHost()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        startThread(this::accept);
    }

    public URI url() {
        return URI.create("http://" + server.getHost() + ":" + socket.getLocalPort());
    }

    private static void startThread(Runnable task) {
        Thread thread = new Thread(task, "faulty-proxy");
        thread.setDaemon(true);
        thread.start();
    }

    private void accept() {
        try {
            while (true) {
                Socket client = socket.accept();
                client.setTcpNoDelay(true);
                ProxiedConnection connection = new ProxiedConnection(client, this, traffic);
                connections.add(connection);
                startThread(() -> {
                    connection.serve();
                    connections.remove(connection);
                });
            }
        } catch (IOException e) {
            // closed
        }
    }

    Socket connect() throws IOException {
        Socket connected = new Socket(server.getHost(), server.getPort());
        connected.setTcpNoDelay(true);
        connected.setSoTimeout(SERVER_MILLIS);
        return connected;
    }

    synchronized void began() {
        underWay++;
    }

    synchronized void ended() {
        underWay--;
        notifyAll();
    }

    /** Returns when no request is under way, neither to the server nor back. */
    public synchronized void awaitQuiet() throws InterruptedException {
        while (underWay > 0) {
            wait();
        }
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        connections.forEach(ProxiedConnection::close);
    }
}
