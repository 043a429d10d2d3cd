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
package org.openhab.binding.emoncms.simulated;

import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.eclipse.jdt.annotation.NonNullByDefault;
import org.eclipse.jdt.annotation.Nullable;

/**
 * A request as it arrived.
 *
 * @param method the method, such as {@code POST}
 * @param path the path, as sent
 * @param query what follows the question mark, as sent, or empty
 * @param headers the values by name; names are found in any case
 * @param bodyLength the bytes of the body
 * @param body the body if the server was told to keep bodies
 *
 * @author Emoncms add-on contributors - Initial contribution
 */
@NonNullByDefault
public record ReceivedRequest(String method, String path, String query, Map<String, List<String>> headers,
        long bodyLength, byte @Nullable [] body) {
    public Optional<String> header(String name) {
        return headers.getOrDefault(name, List.of()).stream().findFirst();
    }

    /**
     * The path ends so, whatever prefix the server is reached below and with or without {@code .json}.
     */
    public boolean isFor(String route) {
        String plain = path.endsWith(".json") ? path.substring(0, path.length() - ".json".length()) : path;
        return plain.endsWith(route);
    }

    @Override
    public String toString() {
        return method + " " + path + (query.isEmpty() ? "" : "?" + query) + " (" + bodyLength + " bytes)";
    }
}
