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
package org.openhab.core.io.console;

import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;

import org.eclipse.jdt.annotation.NonNullByDefault;

/**
 * Stand-in for the class of this name in openHAB Core.
 *
 * @author Emoncms add-on contributors - Initial contribution
 */
@NonNullByDefault
public class StringsCompleter implements ConsoleCommandCompleter {

    private final TreeSet<String> strings;
    private final boolean caseSensitive;

    public StringsCompleter(final Collection<String> strings, boolean caseSensitive) {
        this.strings = new TreeSet<>(strings);
        this.caseSensitive = caseSensitive;
    }

    @Override
    public boolean complete(String[] args, int cursorArgumentIndex, int cursorPosition, List<String> candidates) {
        String argument = cursorArgumentIndex >= 0 && cursorArgumentIndex < args.length
                ? fold(args[cursorArgumentIndex].substring(0, cursorPosition))
                : "";
        strings.stream().filter(string -> fold(string).startsWith(argument))
                .forEach(string -> candidates.add(string + " "));
        return !candidates.isEmpty();
    }

    private String fold(String text) {
        return caseSensitive ? text : text.toLowerCase(Locale.ROOT);
    }
}
