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

import org.eclipse.jdt.annotation.NonNullByDefault;

/**
 * What one request's script has used up and printed so far: its memory and PHP's messages, which precede the answer.
 *
 * @author Emoncms add-on contributors - Initial contribution
 */
@NonNullByDefault
final class PhpScript {
    /** PHP's default memory_limit */
    private static final long MEMORY_LIMIT = 128L << 20;

    private final StringBuilder messages = new StringBuilder();
    private long memory;

    static String line(String kind, String text, String file) {
        return "<br />\n<b>" + kind + "</b>:  " + text + " in <b>/var/www/emoncms/" + file
                + "</b> on line <b>1</b><br />\n";
    }

    void warning(String text, String file) {
        messages.append(line("Warning", text, file));
    }

    void deprecated(String text, String file) {
        messages.append(line("Deprecated", text, file));
    }

    void allocate(long bytes) {
        if (memory + bytes > MEMORY_LIMIT) {
            throw exhausted(bytes);
        }
        memory += bytes;
    }

    static PhpFatalException exhausted(long bytes) {
        return new PhpFatalException(
                "Allowed memory size of " + MEMORY_LIMIT + " bytes exhausted (tried to allocate " + bytes + " bytes)");
    }

    void release(long bytes) {
        memory -= bytes;
    }

    String messages() {
        return messages.toString();
    }
}
