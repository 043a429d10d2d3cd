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

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;

import org.eclipse.jdt.annotation.NonNullByDefault;

/**
 * Goal 7: a start with many feed things, in a fresh process each time.
 *
 * @author Emoncms add-on contributors - Initial contribution
 */
@NonNullByDefault
final class StartGoal implements Goal {

    private static final double MOST_CPU_SECONDS = 2;
    private static final double MOST_MILLIS = 1;
    private static final int LONGEST_SECONDS = 120;
    private static final int FIGURES = 8;

    @Override
    public List<Section> measure(Site site) throws Exception {
        SeededFeeds feeds = SeededFeeds.inSync(site, site.sizes().things(), ManyFeeds.POINTS);
        Samples[] figures = new Samples[FIGURES];
        Arrays.setAll(figures, figure -> new Samples());
        for (int round = 0; round < site.options().rounds(); round++) {
            double[] values = start(site, feeds.local());
            for (int i = 0; i < FIGURES; i++) {
                figures[i].add(values[i]);
            }
        }
        feeds.delete();
        Section section = new Section("Goal 7: start with " + feeds.local().count() + " feed things", "ours", "");
        section.add(Row.atMost("CPU until all are initialised, s", figures[0], MOST_CPU_SECONDS));
        section.add(Row.of("CPU until all are online, s", figures[1]));
        section.add(Row.of("first initialize() of the process, ms", figures[2]));
        section.add(Row.atMost("initialize(), median, ms", figures[3], MOST_MILLIS));
        section.add(Row.of("initialize() longer than 1 ms by the clock", figures[4]));
        section.add(Row.atMost("initialize(), longest of a feed, ms of CPU", figures[5], MOST_MILLIS));
        section.add(Row.of("initialize() of the bridge, ms of CPU", figures[6]));
        section.add(Row.of("longest call on the handler pool, ms", figures[7]));
        return List
                .of(section.note("In a fresh process each round, from the HTTP client's start on. A bridge with some "
                        + "feeds comes first, since that loads classes, and counts for the CPU time only. By the clock calls also "
                        + "wait for a processor, since five threads make them at once. Other calls are bridgeStatusChanged and "
                        + "dispose."));
    }

    private static double[] start(Site site, LocalFeeds feeds) throws IOException, InterruptedException {
        Process process = ChildJvm.start(StartProbe.class,
                List.of("-Xmx256m", "-XX:+UseSerialGC", "-Dopenhab.userdata=" + site.newDirectory()),
                site.target().url().toString(), site.target().key(), feeds.directory().toString(), feeds.tag(),
                String.valueOf(feeds.count()));
        try (BufferedReader out = process.inputReader(StandardCharsets.UTF_8)) {
            String line = out.readLine();
            if (line == null || !process.waitFor(LONGEST_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new IOException("The start fails");
            }
            return Arrays.stream(line.split(" ")).mapToDouble(Double::parseDouble).toArray();
        }
    }
}
