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
import java.util.List;

import org.eclipse.jdt.annotation.NonNullByDefault;
import org.openhab.binding.emoncms.internal.api.HttpClients;
import org.openhab.binding.emoncms.internal.api.Traffic;

/**
 * What one upload transfers in both directions, on a connection that is there already: what a month costs is reckoned
 * of that.
 *
 * @author Emoncms add-on contributors - Initial contribution
 */
@NonNullByDefault
final class DataGoal implements Goal {

    private static final int[] FEEDS = { 5, 30, 100 };
    private static final int[] POINTS = { 1, 5, 6, 15, 30, 60, 90 };
    private static final int CYCLES = 5;
    private static final long NPOINTS = 1000;

    @Override
    public List<Section> measure(Site site) throws Exception {
        Section section = new Section("What one upload transfers, both directions, estimate of TCP/IP included",
                "bytes", "");
        for (int feeds : FEEDS) {
            for (int points : POINTS) {
                section.add(Row.of(feeds + " feeds, " + points + " points each", figures(site, feeds, points)));
            }
        }
        return List.of(section.note("Without a new connection, lists and comparisons; HTTP."));
    }

    private static Samples figures(Site site, int count, int points) throws IOException {
        SeededFeeds feeds = SeededFeeds.inSync(site, count, NPOINTS);
        Samples samples = new Samples();
        Traffic traffic = HttpClients.traffic(site.client(), "");
        try (SteppedEngine engine = new SteppedEngine(site, feeds.local(), site.target())) {
            engine.start();
            for (int i = 0; i < CYCLES; i++) {
                for (int feed = 0; feed < count; feed++) {
                    feeds.local().append(feed, points);
                }
                long before = traffic.amount().total();
                engine.cycle();
                samples.add(traffic.amount().total() - before);
            }
        }
        feeds.delete();
        return samples;
    }
}
