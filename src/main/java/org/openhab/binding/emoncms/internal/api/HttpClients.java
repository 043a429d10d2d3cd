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

import java.time.Duration;

import org.eclipse.jdt.annotation.NonNullByDefault;
import org.eclipse.jetty.client.HttpClient;
import org.eclipse.jetty.util.HttpCookieStore;

/**
 * How a Jetty client has to be set up to talk to Emoncms.
 *
 * @author Emoncms add-on contributors - Initial contribution
 */
@NonNullByDefault
public final class HttpClients {

    /** Apache closes an idle connection after 5 s; who sends on it then gets no answer. */
    private static final Duration KEEP_ALIVE = Duration.ofSeconds(4);
    /** Of a bridge; others have their own. */
    private static final int CONNECTIONS_PER_SERVER = 8;

    /** Handing over the pieces of a download costs more than the bytes. */
    private static final int RESPONSE_BUFFER_BYTES = 64 << 10;

    private HttpClients() {
    }

    /**
     * Starts a client that keeps no cookie and leaves redirects, refused keys and their consequences to its caller.
     *
     * @throws IllegalStateException if it cannot start
     */
    public static void start(HttpClient client) {
        client.setFollowRedirects(false);
        client.setCookieStore(new HttpCookieStore.Empty());
        client.setIdleTimeout(KEEP_ALIVE.toMillis());
        client.setMaxConnectionsPerDestination(CONNECTIONS_PER_SERVER);
        client.setResponseBufferSize(RESPONSE_BUFFER_BYTES);
        client.addBean(new TrafficMeter());
        try {
            client.start();
        } catch (Exception e) {
            throw new IllegalStateException("The HTTP client does not start", e);
        }
        client.getProtocolHandlers().clear();
    }

    /** What a user of a started client sends and receives, as long as the client lives. */
    public static Traffic traffic(HttpClient client, String user) {
        return client.getBean(TrafficMeter.class).of(user);
    }
}
