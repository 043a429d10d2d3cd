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

import java.util.HashMap;
import java.util.Map;

import org.eclipse.jdt.annotation.NonNullByDefault;
import org.eclipse.jetty.client.HttpExchange;
import org.eclipse.jetty.client.api.Request;
import org.eclipse.jetty.client.http.HttpConnectionOverHTTP;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.io.ssl.SslConnection;

/**
 * Counts what the connections of one user of a server transfer: HTTP and TLS, handshakes included, as it is read from
 * and written to the sockets, and an estimate of what TCP/IP adds to that. Any thread may ask.
 *
 * @author Emoncms add-on contributors - Initial contribution
 */
@NonNullByDefault
public final class Traffic {

    /**
     * Bytes since the start.
     */
    public record Amount(long sent, long received) {

        public static final Amount NONE = new Amount(0, 0);

        public Amount plus(Amount other) {
            return new Amount(sent + other.sent, received + other.received);
        }

        public Amount minus(Amount other) {
            return new Amount(sent - other.sent, received - other.received);
        }
    }

    /** Of IPv4 and TCP with time stamps. */
    private static final int HEADER_BYTES = 52;
    /** What a packet carries on a mobile link. */
    private static final int PACKET_BYTES = 1400;
    /** Each side opens, confirms and closes a connection. */
    private static final int PACKETS_OF_CONNECTION = 3;

    /** The sockets of the open connections. */
    private final Map<HttpConnectionOverHTTP, Connection> open = new HashMap<>();
    private Amount closed = Amount.NONE;

    synchronized void opened(HttpConnectionOverHTTP connection) {
        EndPoint endPoint = connection.getEndPoint();
        open.put(connection,
                endPoint instanceof SslConnection.DecryptedEndPoint tls ? tls.getSslConnection() : connection);
    }

    synchronized void closed(HttpConnectionOverHTTP connection) {
        Connection socket = open.remove(connection);
        if (socket != null) {
            closed = closed.plus(amount(connection, socket));
        }
    }

    /** What came over the connection that now serves a request, in bytes; 0 if there is none. */
    synchronized long received(Request request) {
        for (Map.Entry<HttpConnectionOverHTTP, Connection> connection : open.entrySet()) {
            HttpExchange exchange = connection.getKey().getHttpChannel().getHttpExchange();
            if (exchange != null && exchange.getRequest().equals(request)) {
                return connection.getValue().getBytesIn();
            }
        }
        return 0;
    }

    public synchronized Amount amount() {
        Amount amount = closed;
        for (Map.Entry<HttpConnectionOverHTTP, Connection> connection : open.entrySet()) {
            amount = amount.plus(amount(connection.getKey(), connection.getValue()));
        }
        return amount;
    }

    private static Amount amount(HttpConnectionOverHTTP http, Connection socket) {
        long packetsOut = http.getMessagesOut() + socket.getBytesOut() / PACKET_BYTES;
        long packetsIn = http.getMessagesIn() + socket.getBytesIn() / PACKET_BYTES;
        return new Amount(socket.getBytesOut() + HEADER_BYTES * (PACKETS_OF_CONNECTION + packetsOut + packetsIn / 2),
                socket.getBytesIn() + HEADER_BYTES * (PACKETS_OF_CONNECTION + packetsIn + packetsOut / 2));
    }
}
