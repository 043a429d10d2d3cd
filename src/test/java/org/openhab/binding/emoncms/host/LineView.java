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

import java.io.PrintStream;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;

import org.eclipse.jdt.annotation.NonNullByDefault;

/**
 * For a pipe or a file: a line when something has changed, and the whole table at the end.
 *
 * @author Emoncms add-on contributors - Initial contribution
 */
@NonNullByDefault
final class LineView implements View {

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm:ss");

    private static final Duration PAUSE = Duration.ofSeconds(1);

    private final PrintStream out;
    private final ThingsTable table;
    private final Clock clock;
    private List<String> shown = List.of();
    private Instant next = Instant.MIN;

    LineView(PrintStream out, List<String> places, ThingsTable table, Clock clock) {
        this.out = out;
        this.table = table;
        this.clock = clock;
        places.forEach(out::println);
    }

    @Override
    public void show() {
        Instant now = clock.instant();
        List<String> summary = table.summary();
        if (now.isBefore(next) || summary.equals(shown)) {
            return;
        }
        String time = TIME.format(LocalTime.ofInstant(now, ZoneId.systemDefault()));
        summary.stream().filter(line -> !shown.contains(line)).forEach(line -> out.println(time + "  " + line));
        out.flush();
        shown = summary;
        next = now.plus(PAUSE);
    }

    @Override
    public void answer(String command, List<String> lines) {
        out.println();
        out.println("> " + command);
        lines.forEach(out::println);
        out.println();
        out.flush();
    }

    @Override
    public void close() {
        out.println();
        table.blocks(Integer.MAX_VALUE).forEach(block -> block.lines().forEach(out::println));
        out.flush();
    }
}
