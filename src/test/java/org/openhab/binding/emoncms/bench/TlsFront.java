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
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import javax.net.ssl.SSLServerSocket;

import org.eclipse.jdt.annotation.NonNullByDefault;

/**
 * Speaks TLS 1.3 for a server on this machine that does not.
 *
 * @author Emoncms add-on contributors - Initial contribution
 */
@NonNullByDefault
final class TlsFront implements AutoCloseable {

    private static final int BACKLOG = 50;
    /** Else the JDK puts whole certificates into its session tickets, which are small elsewhere. */
    private static final String LARGE_TICKETS = "jdk.tls.server.enableSessionTicketExtension";
    private static final Pipe.Observer NOTHING = (bytes, length) -> {
    };

    private final Target server;
    private final SSLServerSocket socket;
    private final LinkSpeed speed = LinkSpeed.unlimited();
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();

    TlsFront(Target server, Certificates certificates) throws IOException, GeneralSecurityException {
        this.server = server;
        System.setProperty(LARGE_TICKETS, "false");
        socket = (SSLServerSocket) certificates.context().getServerSocketFactory().createServerSocket(0, BACKLOG,
                InetAddress.getLoopbackAddress());
        socket.setEnabledProtocols(new String[] { "TLSv1.3" });
        Pipe.startThread(this::accept);
    }

    /** The server as it is reached by TLS. */
    Target target() {
        return server.throughTls(socket.getLocalPort());
    }

    private void accept() {
        try {
            while (true) {
                Socket client = socket.accept();
                Socket connected = new Socket(InetAddress.getLoopbackAddress(), server.port());
                for (Socket each : List.of(client, connected)) {
                    each.setTcpNoDelay(true);
                    sockets.add(each);
                }
                new Pipe(client, connected, new Line(speed), speed, NOTHING, NOTHING).start();
                new Pipe(connected, client, new Line(speed), speed, NOTHING, NOTHING).start();
            }
        } catch (IOException e) {
            // closed
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
        for (Socket each : sockets) {
            each.close();
        }
    }
}
