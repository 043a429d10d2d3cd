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
package org.openhab.binding.emoncms.internal.feed;

import java.util.List;
import java.util.stream.Stream;

import org.eclipse.jdt.annotation.NonNullByDefault;

/**
 * Something the user may have to know of, as a value: a kind, which has a translated text, and what that text names.
 * Arguments never hold a credential; they may come from a server or a file and are therefore cleaned: control
 * characters are gone, long ones are cut.
 *
 * @author Emoncms add-on contributors - Initial contribution
 */
@NonNullByDefault
public record Problem(ProblemKind kind, List<String> arguments) {

    private static final int MAX_ARGUMENT = 160;

    public Problem {
        arguments = arguments.stream().map(Problem::clean).toList();
    }

    public static Problem of(ProblemKind kind, Object... arguments) {
        return new Problem(kind, Stream.of(arguments).map(String::valueOf).toList());
    }

    private static String clean(String text) {
        String line = text.replaceAll("[\\p{Cc}\\p{Cf}\\p{Z}]+", " ").strip();
        if (line.length() <= MAX_ARGUMENT) {
            return line;
        }
        boolean cutsCharacter = Character.isHighSurrogate(line.charAt(MAX_ARGUMENT - 1));
        return line.substring(0, cutsCharacter ? MAX_ARGUMENT - 1 : MAX_ARGUMENT) + "…";
    }

    @Override
    public String toString() {
        return arguments.isEmpty() ? kind.id() : kind.id() + " " + arguments;
    }
}
