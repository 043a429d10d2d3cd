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
import org.openhab.core.io.console.Console;
import org.openhab.core.io.console.extensions.ConsoleCommandExtension;

/**
 * What the host has of openHAB's {@code Console}: keeps what a command prints.
 *
 * @author Emoncms add-on contributors - Initial contribution
 */
@NonNullByDefault
final class HostConsole {

    private final List<String> lines = new ArrayList<>();
    private final StringBuilder line = new StringBuilder();

    static List<String> run(ConsoleCommandExtension command, String... arguments) {
        HostConsole console = new HostConsole();
        command.execute(arguments, PartialImplementation.of(Console.class, console));
        return console.lines;
    }

    public void print(String text) {
        line.append(text);
    }

    public void println(String text) {
        lines.add(line + text);
        line.setLength(0);
    }

    public void printUsage(String usage) {
        println("Usage: openhab:" + usage);
    }
}
