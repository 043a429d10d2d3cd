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

import org.eclipse.jdt.annotation.NonNullByDefault;

/**
 * How the user proves who he is. Nothing here shows a secret in its text.
 *
 * @author Emoncms add-on contributors - Initial contribution
 */
@NonNullByDefault
public sealed interface Credentials {

    /** Takes the secret out of something that a server said. */
    String redact(String text);

    private static String redact(String text, String secret) {
        return secret.isEmpty() ? text : text.replace(secret, "***");
    }

    /** A key of an account, 32 hexadecimal digits. */
    record ApiKey(String key) implements Credentials {

        String authorization() {
            return "Bearer " + key;
        }

        @Override
        public String redact(String text) {
            return Credentials.redact(text, key);
        }

        @Override
        public String toString() {
            return "API key";
        }
    }

    /** Used once, to fetch the account's keys. */
    record Login(String username, String password) implements Credentials {

        @Override
        public String redact(String text) {
            return Credentials.redact(text, password);
        }

        @Override
        public String toString() {
            return "login";
        }
    }
}
