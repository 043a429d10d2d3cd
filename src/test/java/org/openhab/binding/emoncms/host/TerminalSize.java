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

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.eclipse.jdt.annotation.NonNullByDefault;

/**
 * How large the terminal is, which may change at any time.
 *
 * @author Emoncms add-on contributors - Initial contribution
 */
@NonNullByDefault
final class TerminalSize {

    private static final File TERMINAL = new File("/dev/tty");
    private static final long PAUSE_NANOS = Duration.ofSeconds(1).toNanos();
    private static final Pattern ANSWER = Pattern.compile("(\\d+) (\\d+)\\s*");

    private int rows = 24;
    private int columns = 80;
    private long asked = System.nanoTime() - PAUSE_NANOS;

    int rows() {
        return rows;
    }

    int columns() {
        return columns;
    }

    /** Asks for the size now and then; keeps the last one if there is no answer. */
    void refresh() {
        if (System.nanoTime() - asked < PAUSE_NANOS) {
            return;
        }
        asked = System.nanoTime();
        try {
            Process stty = new ProcessBuilder("stty", "size").redirectInput(TERMINAL)
                    .redirectError(ProcessBuilder.Redirect.DISCARD).start();
            String text = new String(stty.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
            stty.waitFor(1, TimeUnit.SECONDS);
            Matcher answer = ANSWER.matcher(text);
            if (answer.matches() && !"0".equals(answer.group(1)) && !"0".equals(answer.group(2))) {
                rows = Integer.parseInt(answer.group(1));
                columns = Integer.parseInt(answer.group(2));
            }
        } catch (IOException e) {
            // a terminal without stty is taken to be of the usual size
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
