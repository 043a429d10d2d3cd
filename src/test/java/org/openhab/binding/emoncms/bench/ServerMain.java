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
package org.openhab.binding.emoncms.bench;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

import org.eclipse.jdt.annotation.NonNullByDefault;
import org.openhab.binding.emoncms.simulated.Account;
import org.openhab.binding.emoncms.simulated.SimulatedEmoncms;

/**
 * The simulated server as a process of its own; ends with its standard input.
 *
 * @author Emoncms add-on contributors - Initial contribution
 */
@NonNullByDefault
public final class ServerMain {

    private ServerMain() {
    }

    /**
     * @param arguments the directory of the server's files
     */
    public static void main(String... arguments) throws IOException {
        try (SimulatedEmoncms emoncms = SimulatedEmoncms.start(Path.of(arguments[0]));
                PrintStream out = new PrintStream(new FileOutputStream(FileDescriptor.out), true,
                        StandardCharsets.UTF_8)) {
            Account account = emoncms.addAccount("bench", "password");
            out.println(emoncms.url() + " " + account.writeKey());
            System.in.readAllBytes();
        }
    }
}
