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
package org.openhab.binding.emoncms.host;

import java.util.ArrayList;
import java.util.List;

import org.eclipse.jdt.annotation.NonNullByDefault;

/**
 * Lines of the view that belong together.
 *
 * @param indent columns that continued lines are moved to the right
 *
 * @author Emoncms add-on contributors - Initial contribution
 */
@NonNullByDefault
record Block(Tone tone, boolean isFeed, int indent, List<String> lines) {

    /** What a colour tells where there are colours. */
    enum Tone {
        PLAIN("0"),
        GOOD("32"),
        BUSY("33"),
        BAD("31");

        private final String code;

        Tone(String code) {
            this.code = code;
        }

        /** As ANSI terminals have it. */
        String code() {
            return code;
        }
    }

    /** The same in lines no longer than the width. */
    Block wrap(int width) {
        List<String> wrapped = new ArrayList<>();
        for (String line : lines) {
            String rest = line;
            while (rest.length() > width) {
                int space = rest.lastIndexOf(' ', width);
                int end = space > indent ? space : width;
                wrapped.add(rest.substring(0, end).stripTrailing());
                rest = " ".repeat(indent) + rest.substring(end).stripLeading();
            }
            wrapped.add(rest);
        }
        return new Block(tone, isFeed, indent, wrapped);
    }
}
