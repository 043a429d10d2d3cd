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
package org.openhab.binding.emoncms.internal.handler;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

import org.eclipse.jdt.annotation.NonNullByDefault;

/**
 * The credentials of one home, which are those of no other, and all forms in which they could show.
 *
 * @param number of the home, of two digits
 *
 * @author Emoncms add-on contributors - Initial contribution
 */
@NonNullByDefault
record Secrets(int number) {

    String username() {
        return "secretuser" + number;
    }

    String password() {
        return "Zx9%41\u00E4+ &=\"q:@/" + number;
    }

    String writeKey() {
        return number + "c0ffee" + "0123456789abcdef01234567";
    }

    String readKey() {
        return number + "beefed" + "0123456789abcdef01234567";
    }

    String localKey() {
        return number + "decade" + "0123456789abcdef01234567";
    }

    /** The credentials as they could be written by whoever had them. */
    Set<String> forms() {
        Set<String> forms = new LinkedHashSet<>();
        for (String key : List.of(writeKey(), readKey(), localKey())) {
            forms.add(key);
            forms.add(key.toUpperCase(Locale.ROOT));
            forms.add(base64(key));
            forms.add(base64("Bearer " + key));
            // what is left if the beginning or the end was cut off
            forms.add(key.substring(0, 24));
        }
        String encoded = URLEncoder.encode(password(), StandardCharsets.UTF_8);
        forms.add(password());
        forms.add(password().replace(" ", "+"));
        forms.add(encoded);
        forms.add(encoded.replace("+", "%20"));
        forms.add(URLEncoder.encode(encoded, StandardCharsets.UTF_8));
        forms.add(password().replace("\u00E4", "\\u00e4").replace("\"", "\\\"").replace("/", "\\/"));
        forms.add(password().replace("\"", "\\\""));
        forms.add(base64(password()));
        forms.add(base64(username() + ":" + password()));
        return forms;
    }

    static String base64(String text) {
        return Base64.getEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
