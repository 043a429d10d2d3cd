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

import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

import org.eclipse.jdt.annotation.NonNullByDefault;
import org.openhab.binding.emoncms.internal.feed.Problem;
import org.openhab.binding.emoncms.internal.feed.ProblemException;
import org.openhab.binding.emoncms.internal.feed.ProblemKind;

/**
 * Where an Emoncms server is: scheme, host, port and a path such as {@code /emoncms}.
 *
 * @param base ends without a slash
 *
 * @author Emoncms add-on contributors - Initial contribution
 */
@NonNullByDefault
public record ServerUrl(URI base) {

    private static final int MAX_PORT = 65535;

    /**
     * @throws ProblemException if the text is no http or https address, or carries credentials, a query or a fragment
     */
    public static ServerUrl parse(String text) throws ProblemException {
        try {
            URI uri = new URI(withoutSlashes(text.strip()));
            String scheme = uri.getScheme();
            boolean http = "http".equalsIgnoreCase(scheme) || "https".equalsIgnoreCase(scheme);
            if (http && uri.getHost() != null && uri.getUserInfo() == null && uri.getQuery() == null
                    && uri.getFragment() == null && uri.getPort() <= MAX_PORT) {
                return new ServerUrl(uri);
            }
            throw new ProblemException(Problem.of(ProblemKind.URL_INVALID));
        } catch (URISyntaxException e) {
            throw new ProblemException(Problem.of(ProblemKind.URL_INVALID));
        }
    }

    private static String withoutSlashes(String text) {
        int end = text.length();
        while (end > 0 && text.charAt(end - 1) == '/') {
            end--;
        }
        return text.substring(0, end);
    }

    /** Host and, if one was given, port: how the server is called in texts. */
    public String authority() {
        return base.getAuthority();
    }

    /**
     * @param path starts with a slash
     */
    URI resolve(String path, Map<String, String> query) {
        String parameters = encode(query);
        return URI.create(base + path + (parameters.isEmpty() ? "" : "?" + parameters));
    }

    /**
     * The server as it is reached after a redirect that only changed scheme or port.
     *
     * @return this if more was changed
     */
    ServerUrl movedTo(URI from, URI to) {
        boolean isSamePath = Objects.equals(from.getRawPath(), to.getRawPath())
                && Objects.equals(from.getRawQuery(), to.getRawQuery());
        return isSamePath ? new ServerUrl(URI.create(
                to.getScheme() + "://" + to.getRawAuthority() + Objects.requireNonNullElse(base.getRawPath(), "")))
                : this;
    }

    /** As a form or a query, each part encoded once. */
    static String encode(Map<String, String> parameters) {
        return parameters.entrySet().stream()
                .map(entry -> entry.getKey() + "=" + URLEncoder.encode(entry.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
    }

    @Override
    public String toString() {
        return base.toString();
    }
}
