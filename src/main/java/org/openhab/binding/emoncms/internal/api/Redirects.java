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
import java.util.function.UnaryOperator;

import org.eclipse.jdt.annotation.NonNullByDefault;
import org.eclipse.jdt.annotation.Nullable;
import org.openhab.binding.emoncms.internal.feed.Problem;
import org.openhab.binding.emoncms.internal.feed.ProblemException;
import org.openhab.binding.emoncms.internal.feed.ProblemKind;

/**
 * Where a request may be sent on to: another path or port of the same host, from http to https but not back. Anything
 * else would show the key to somebody the user did not name.
 *
 * @author Emoncms add-on contributors - Initial contribution
 */
@NonNullByDefault
final class Redirects {

    private Redirects() {
    }

    /**
     * @param redact takes credentials out of an address that is shown
     */
    static URI follow(URI from, @Nullable String location, UnaryOperator<String> redact) throws ProblemException {
        if (location == null) {
            throw new ProblemException(Problem.of(ProblemKind.REDIRECTED, from.getAuthority(), "-"));
        }
        URI to;
        try {
            to = from.resolve(location);
        } catch (IllegalArgumentException e) {
            throw new ProblemException(Problem.of(ProblemKind.REDIRECTED, from.getAuthority(), "-"));
        }
        boolean secure = "https".equalsIgnoreCase(to.getScheme());
        boolean downgraded = "https".equalsIgnoreCase(from.getScheme()) && !secure;
        boolean http = secure || "http".equalsIgnoreCase(to.getScheme());
        if (!from.getHost().equalsIgnoreCase(to.getHost()) || downgraded || !http || to.getUserInfo() != null) {
            throw new ProblemException(
                    Problem.of(ProblemKind.REDIRECTED, from.getAuthority(), redact.apply(withoutQuery(to))));
        }
        return to;
    }

    /** Without what could be a credential. */
    static String withoutQuery(URI uri) {
        String authority = String.valueOf(uri.getAuthority());
        return uri.getScheme() + "://" + authority.substring(authority.lastIndexOf('@') + 1) + uri.getPath();
    }
}
