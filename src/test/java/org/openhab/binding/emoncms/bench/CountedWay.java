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
import java.security.GeneralSecurityException;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import javax.net.ssl.SSLSession;
import javax.net.ssl.SSLSessionContext;

import org.eclipse.jdt.annotation.NonNullByDefault;
import org.eclipse.jdt.annotation.Nullable;
import org.eclipse.jetty.client.HttpClient;
import org.eclipse.jetty.client.http.HttpConnectionOverHTTP;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.openhab.binding.emoncms.internal.api.HttpClients;
import org.openhab.binding.emoncms.internal.api.Traffic;

/**
 * A client of its own and its way to the server, with or without TLS, whose bytes the add-on's own meter counts.
 *
 * @author Emoncms add-on contributors - Initial contribution
 */
@NonNullByDefault
final class CountedWay implements AutoCloseable, Connection.Listener {

    private static final long SETTLE_MILLIS = 5;
    private static final long LONGEST_CLOSE_MILLIS = 5000;

    private final Link link;
    private final @Nullable TlsFront front;
    private final Target target;
    private final SslContextFactory.Client tls = new SslContextFactory.Client();
    private final HttpClient client;
    private final Traffic traffic;
    private final boolean resumesSessions;
    private final Set<HttpConnectionOverHTTP> open = ConcurrentHashMap.newKeySet();

    /**
     * @param certificates null for a way without TLS
     * @param resumesSessions whether a new connection may go on with the TLS session of one before
     */
    CountedWay(Target server, @Nullable Certificates certificates, boolean resumesSessions)
            throws IOException, GeneralSecurityException {
        this.resumesSessions = resumesSessions;
        link = new Link(server, LinkSpeed.unlimited());
        TlsFront front = null;
        if (certificates != null) {
            front = new TlsFront(link.target(), certificates);
            tls.setTrustStorePath(certificates.store().toString());
            tls.setTrustStorePassword(Certificates.PASSWORD);
            // they are of this machine, whatever the server's name
            tls.setEndpointIdentificationAlgorithm(null);
        }
        this.front = front;
        target = front == null ? link.target() : front.target();
        client = Clients.of(tls);
        client.addBean(this);
        HttpClients.start(client);
        traffic = HttpClients.traffic(client, "");
    }

    HttpClient client() {
        return client;
    }

    Target target() {
        return target;
    }

    /** The requests since the last call that asked. */
    List<Exchange> takeExchanges() {
        return link.takeExchanges();
    }

    /** In both directions, so far. */
    long bytes() {
        Traffic.Amount amount = traffic.amount();
        return amount.sent() + amount.received();
    }

    /** Closes the connections as it happens when nothing is sent for some seconds. */
    void disconnect() throws IOException, InterruptedException {
        long end = System.currentTimeMillis() + LONGEST_CLOSE_MILLIS;
        // the last answer is read before its connection is idle
        Thread.sleep(SETTLE_MILLIS);
        while (closeOpen()) {
            if (System.currentTimeMillis() > end) {
                throw new IOException("Connections stay open");
            }
            Thread.sleep(1);
        }
        if (!resumesSessions && tls.getSslContext() != null) {
            SSLSessionContext sessions = tls.getSslContext().getClientSessionContext();
            for (byte[] id : Collections.list(sessions.getIds())) {
                SSLSession session = sessions.getSession(id);
                if (session != null) {
                    session.invalidate();
                }
            }
        }
    }

    /** Whether there still were connections. */
    private boolean closeOpen() {
        List<HttpConnectionOverHTTP> connections = List.copyOf(open);
        connections.forEach(HttpConnectionOverHTTP::close);
        return !connections.isEmpty();
    }

    @Override
    @NonNullByDefault({})
    public void onOpened(Connection connection) {
        if (connection instanceof HttpConnectionOverHTTP http) {
            open.add(http);
        }
    }

    @Override
    @NonNullByDefault({})
    public void onClosed(Connection connection) {
        if (connection instanceof HttpConnectionOverHTTP http) {
            open.remove(http);
        }
    }

    @Override
    public void close() throws IOException {
        try {
            client.stop();
        } catch (Exception e) {
            throw new IOException("The client does not stop", e);
        }
        if (front != null) {
            front.close();
        }
        link.close();
    }
}
