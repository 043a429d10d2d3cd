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
package org.openhab.binding.emoncms.host;

import org.eclipse.jdt.annotation.NonNullByDefault;
import org.eclipse.jetty.client.HttpClient;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/**
 * What the host has of openHAB's {@code HttpClientFactory}.
 *
 * @author Emoncms add-on contributors - Initial contribution
 */
@NonNullByDefault
final class NamedHttpClients {

    private static final int MIN_NAME = 4;
    private static final int MAX_NAME = 20;
    private static final int MAX_THREADS = 10;
    private static final int CONNECTIONS_PER_SERVER = 2;

    public HttpClient createHttpClient(String consumerName) {
        if (consumerName.length() < MIN_NAME || consumerName.length() > MAX_NAME) {
            throw new IllegalArgumentException("The name of a client has 4 to 20 characters: " + consumerName);
        }
        QueuedThreadPool threads = new QueuedThreadPool(MAX_THREADS);
        threads.setName("OH-httpClient-" + consumerName);
        threads.setDaemon(true);
        HttpClient client = new HttpClient(new SslContextFactory.Client());
        client.setExecutor(threads);
        client.setMaxConnectionsPerDestination(CONNECTIONS_PER_SERVER);
        return client;
    }
}
