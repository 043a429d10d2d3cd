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
import java.util.Map;

import org.eclipse.jdt.annotation.NonNullByDefault;

/**
 * Another uploader, which a shell command runs.
 *
 * @author Emoncms add-on contributors - Initial contribution
 */
@NonNullByDefault
final class Reference {

    private static final double NANOS = 1e9;

    private final String command;

    Reference(String command) {
        this.command = command;
    }

    /**
     * @return how long it took, in s
     */
    double run(Target target, Path directory) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder("sh", "-c", command).redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.INHERIT);
        builder.environment().putAll(Map.of("EMONCMS_URL", target.url().toString(), "EMONCMS_APIKEY", target.key(),
                "FEEDS_DIRECTORY", directory.toString()));
        long start = System.nanoTime();
        int status = builder.start().waitFor();
        double seconds = (System.nanoTime() - start) / NANOS;
        if (status != 0) {
            throw new IOException("The reference ends with status " + status);
        }
        return seconds;
    }
}
