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

/**
 * How one user of a client reaches servers.
 *
 * @param client set up by {@link HttpClients}
 * @param timeout of a request without a body; its silence may last as long
 * @param user whose connections are not shared with others, and counted for themselves: {@link HttpClients#traffic}
 * @param bytesPerSecond how fast request bodies are sent at most
 *
 * @author Emoncms add-on contributors - Initial contribution
 */
@NonNullByDefault
public record HttpAccess(HttpClient client, Duration timeout, String user, long bytesPerSecond) {

    public static final long UNLIMITED = Long.MAX_VALUE;

    /** As fast as it goes. */
    public HttpAccess(HttpClient client, Duration timeout) {
        this(client, timeout, "", UNLIMITED);
    }
}
