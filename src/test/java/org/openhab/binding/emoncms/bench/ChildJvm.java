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

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import org.eclipse.jdt.annotation.NonNullByDefault;

/**
 * Starts programs of the benchmark as processes of their own.
 *
 * @author Emoncms add-on contributors - Initial contribution
 */
@NonNullByDefault
final class ChildJvm {

    private ChildJvm() {
    }

    /**
     * @param options of the virtual machine
     */
    static Process start(Class<?> main, List<String> options, String... arguments) throws IOException {
        return builder(main, options, arguments).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    }

    /** Whatever it says. */
    static Process startQuietly(Class<?> main, List<String> options, String... arguments) throws IOException {
        return builder(main, options, arguments).redirectError(ProcessBuilder.Redirect.DISCARD)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD).start();
    }

    private static ProcessBuilder builder(Class<?> main, List<String> options, String... arguments) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(options);
        command.add(
                "-Dlogback.configurationFile=" + System.getProperty("logback.configurationFile", "logback-test.xml"));
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command);
    }
}
