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

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Comparator;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.eclipse.jdt.annotation.NonNullByDefault;

/**
 * How the user proves who he is. Nothing here shows a secret in its text.
 *
 * @author Emoncms add-on contributors - Initial contribution
 */
@NonNullByDefault
public sealed interface Credentials {

    /** Takes the secret, however it is written, out of something that a server said. */
    String redact(String text);

    private static String redact(String text, Stream<String> forms) {
        String pattern = forms.filter(form -> !form.isEmpty()).sorted(Comparator.comparing(String::length).reversed())
                .map(Pattern::quote).collect(Collectors.joining("|"));
        return pattern.isEmpty() ? text
                : Pattern.compile(pattern, Pattern.CASE_INSENSITIVE).matcher(text).replaceAll("***");
    }

    private static String base64(String text) {
        return Base64.getEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    /** A key of an account, 32 hexadecimal digits. */
    record ApiKey(String key) implements Credentials {

        String authorization() {
            return "Bearer " + key;
        }

        @Override
        public String redact(String text) {
            return Credentials.redact(text,
                    Stream.of(key, Credentials.base64(key), Credentials.base64(authorization())));
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
            String encoded = URLEncoder.encode(password, StandardCharsets.UTF_8);
            String escaped = password.replace("\\", "\\\\").replace("\"", "\\\"");
            return Credentials.redact(text,
                    Stream.of(password, password.replace(' ', '+'), encoded, encoded.replace("+", "%20"),
                            URLEncoder.encode(encoded, StandardCharsets.UTF_8), escaped, ofPhp(escaped),
                            Credentials.base64(password), Credentials.base64(username + ":" + password)));
        }

        /** As PHP writes it in JSON. */
        private static String ofPhp(String escaped) {
            return escaped.replace("/", "\\/").chars()
                    .mapToObj(character -> character < 0x80 ? String.valueOf((char) character)
                            : String.format("\\u%04x", character))
                    .collect(Collectors.joining());
        }

        @Override
        public String toString() {
            return "login";
        }
    }
}
