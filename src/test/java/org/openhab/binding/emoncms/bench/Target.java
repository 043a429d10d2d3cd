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

import java.net.URI;

import org.eclipse.jdt.annotation.NonNullByDefault;

/**
 * A server and the write key of an account on it.
 *
 * @param url without a slash at its end
 *
 * @author Emoncms add-on contributors - Initial contribution
 */
@NonNullByDefault
record Target(URI url, String key) {

    private static final int HTTP_PORT = 80;
    private static final int HTTPS_PORT = 443;

    static Target of(String url, String key) {
        return new Target(URI.create(url.replaceAll("/+$", "")), key);
    }

    /** As {@link #through}, with TLS. */
    Target throughTls(int port) {
        return through("https", port);
    }

    /** The same server, for {@link Clients} through something that listens on this port of this machine. */
    Target through(int port) {
        return through("http", port);
    }

    private Target through(String scheme, int port) {
        Clients.reachHere(port);
        return new Target(URI.create(scheme + "://" + url.getHost() + ":" + port + url.getRawPath()), key);
    }

    boolean isTls() {
        return "https".equalsIgnoreCase(url.getScheme());
    }

    int port() {
        return url.getPort() >= 0 ? url.getPort() : isTls() ? HTTPS_PORT : HTTP_PORT;
    }
}
