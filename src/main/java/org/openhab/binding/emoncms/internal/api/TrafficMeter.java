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

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import org.eclipse.jdt.annotation.NonNullByDefault;
import org.eclipse.jetty.client.http.HttpConnectionOverHTTP;
import org.eclipse.jetty.io.Connection;

/**
 * Has the connections of a client counted for each of its users, whose requests carry their names as tags.
 *
 * @author Emoncms add-on contributors - Initial contribution
 */
@NonNullByDefault
final class TrafficMeter implements Connection.Listener {

    private final Map<String, Traffic> users = new ConcurrentHashMap<>();

    Traffic of(String user) {
        return users.computeIfAbsent(user, name -> new Traffic());
    }

    @Override
    @NonNullByDefault({})
    public void onOpened(Connection connection) {
        if (connection instanceof HttpConnectionOverHTTP http && tag(http) instanceof String user) {
            of(user).opened(http);
        }
    }

    @Override
    @NonNullByDefault({})
    public void onClosed(Connection connection) {
        if (connection instanceof HttpConnectionOverHTTP http && tag(http) instanceof String user) {
            of(user).closed(http);
        }
    }

    private static Object tag(HttpConnectionOverHTTP connection) {
        return connection.getHttpDestination().getOrigin().getTag();
    }
}
