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

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

import org.eclipse.jdt.annotation.NonNullByDefault;

/**
 * What PHP does to text on its way into the application.
 *
 * @author Emoncms add-on contributors - Initial contribution
 */
@NonNullByDefault
final class PhpText {
    private PhpText() {
    }

    /**
     * A query string or form body; of a repeated name the last value counts.
     */
    static Map<String, String> parameters(String encoded) {
        Map<String, String> parameters = new LinkedHashMap<>();
        for (String pair : encoded.split("&")) {
            int equals = pair.indexOf('=');
            String name = equals < 0 ? pair : pair.substring(0, equals);
            String value = equals < 0 ? "" : pair.substring(equals + 1);
            if (!name.isEmpty()) {
                parameters.put(percentDecoded(name.replace('+', ' ')), percentDecoded(value.replace('+', ' ')));
            }
        }
        return parameters;
    }

    /**
     * Emoncms decodes each parameter a second time and removes backslashes from it. Bytes that are no UTF-8 become
     * U+FFFD, which no rule for names accepts.
     */
    static String decodedAgain(String value) {
        return withoutSlashes(percentDecoded(value));
    }

    static String withoutSlashes(String value) {
        if (value.indexOf('\\') < 0) {
            return value;
        }
        StringBuilder out = new StringBuilder(value.length());
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c == '\\') {
                if (++i < value.length()) {
                    out.append(value.charAt(i));
                }
            } else {
                out.append(c);
            }
        }
        return out.toString();
    }

    /**
     * The cast to int: the number at the start of the text, else 0.
     */
    static long integer(String value) {
        String text = value.strip();
        int end = !text.isEmpty() && (text.charAt(0) == '-' || text.charAt(0) == '+') ? 1 : 0;
        int digits = end;
        while (end < text.length() && Character.isDigit(text.charAt(end)) && end < digits + 18) {
            end++;
        }
        return end == digits ? 0 : Long.parseLong(text.substring(0, end));
    }

    /** The cast to float: 0 for what is no number */
    static double number(String value) {
        try {
            return Double.parseDouble(value);
        } catch (NumberFormatException e) {
            return 0;
        }
    }

    static String htmlEscaped(String value) {
        return value.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("\"", "&quot;")
                .replace("'", "&#039;");
    }

    private static String percentDecoded(String value) {
        if (value.indexOf('%') < 0) {
            return value;
        }
        byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
        ByteArrayOutputStream out = new ByteArrayOutputStream(bytes.length);
        for (int i = 0; i < bytes.length; i++) {
            int high = bytes[i] == '%' && i + 2 < bytes.length ? Character.digit(bytes[i + 1], 16) : -1;
            int low = high >= 0 ? Character.digit(bytes[i + 2], 16) : -1;
            if (low >= 0) {
                out.write(high << 4 | low);
                i += 2;
            } else {
                out.write(bytes[i]);
            }
        }
        return out.toString(StandardCharsets.UTF_8);
    }
}
