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

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import org.eclipse.jdt.annotation.NonNullByDefault;
import org.eclipse.jdt.annotation.Nullable;
import org.eclipse.jetty.client.HttpClient;
import org.eclipse.jetty.util.SocketAddressResolver;
import org.eclipse.jetty.util.ssl.SslContextFactory;

/**
 * HTTP clients that call a server by its name also where they reach it through something on this machine, since a
 * server may have several names.
 *
 * @author Emoncms add-on contributors - Initial contribution
 */
@NonNullByDefault
final class Clients {

    private static final Set<Integer> PORTS_HERE = ConcurrentHashMap.newKeySet();
    private static final SocketAddressResolver RESOLVER = new SocketAddressResolver.Sync();

    private Clients() {
    }

    static HttpClient of(Target server) {
        return of(server.isTls() ? new SslContextFactory.Client() : null);
    }

    static HttpClient of(SslContextFactory.@Nullable Client tls) {
        HttpClient client = new HttpClient(tls);
        client.setSocketAddressResolver((host, port, promise) -> {
            if (PORTS_HERE.contains(port)) {
                promise.succeeded(List.of(new InetSocketAddress(InetAddress.getLoopbackAddress(), port)));
            } else {
                RESOLVER.resolve(host, port, promise);
            }
        });
        return client;
    }

    /** Has clients look for a port on this machine, whatever the name of the host. */
    static void reachHere(int port) {
        PORTS_HERE.add(port);
    }
}
