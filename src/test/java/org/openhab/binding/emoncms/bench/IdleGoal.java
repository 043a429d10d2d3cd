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

/**
 * Goal 3: what a cycle takes in which there is nothing to do.
 *
 * @author Emoncms add-on contributors - Initial contribution
 */
@NonNullByDefault
final class IdleGoal implements Goal {

    /** More than an hour, so that what comes once an hour comes once. */
    private static final int COUNTED_CYCLES = 13;
    private static final int LEAST_CYCLES = 10;
    private static final double LONGEST_SECONDS = 15;
    private static final double MOST_CPU_MILLIS = 0.02;
    private static final double MOST_HEAP_BYTES = 1024;

    private final ManyFeeds many;

    IdleGoal(ManyFeeds many) {
        this.many = many;
    }

    @Override
    public List<Section> measure(Site site) throws Exception {
        SeededFeeds few = SeededFeeds.inSync(site, site.sizes().fewFeeds(), ManyFeeds.POINTS);
        Section ofFew = measure(site, few.local());
        few.delete();
        return List.of(ofFew, measure(site, many.get(site).local()));
    }

    private static Section measure(Site site, LocalFeeds feeds) throws IOException, InterruptedException {
        Section section = new Section("Goal 3: a cycle with nothing to do, " + feeds.count() + " feeds in sync", "ours",
                "");
        addRequests(section, site, feeds);
        Samples cpuMillis = new Samples();
        long before = HeapGauge.usedBytes();
        try (SteppedEngine engine = new SteppedEngine(site, feeds, site.target())) {
            engine.start();
            long end = System.nanoTime() + (long) (LONGEST_SECONDS * 1e9);
            int warmUp = site.sizes().cycles() / 2;
            for (int i = 0; i < warmUp && System.nanoTime() < end; i++) {
                engine.cycle();
            }
            end = System.nanoTime() + (long) (LONGEST_SECONDS * 1e9);
            Meter meter = site.meter();
            for (int i = 0; i < site.sizes().cycles() && (i < LEAST_CYCLES || System.nanoTime() < end); i++) {
                double start = Meter.threadCpuSeconds();
                engine.cycle();
                cpuMillis.add((Meter.threadCpuSeconds() - start) * 1000);
            }
            Usage usage = meter.read();
            double heap = Math.max(0, HeapGauge.usedBytes() - before) / (double) feeds.count();
            section.add(Row.atMost("CPU of the engine's thread, ms", cpuMillis, MOST_CPU_MILLIS * feeds.count()));
            section.add(
                    Row.of("CPU of the process, mean, ms", Samples.of(usage.cpuSeconds() * 1000 / cpuMillis.count())));
            section.add(Row.of("allocated, mean, kB", Samples.of(usage.allocatedBytes() / 1000 / cpuMillis.count())));
            section.add(Row.atMost("heap per known feed, bytes", Samples.of(heap), MOST_HEAP_BYTES));
        }
        return section;
    }

    private static void addRequests(Section section, Site site, LocalFeeds feeds) throws IOException {
        try (Link link = new Link(site.target(), LinkSpeed.unlimited());
                SteppedEngine engine = new SteppedEngine(site, feeds, link.target())) {
            engine.start();
            link.takeExchanges();
            for (int i = 0; i < COUNTED_CYCLES; i++) {
                engine.cycle();
            }
            List<Exchange> exchanges = link.takeExchanges();
            long comparisons = exchanges.stream().filter(Exchange::isComparison).count();
            double others = exchanges.size() - comparisons;
            section.add(
                    Row.of("requests in " + COUNTED_CYCLES + " cycles", Samples.of(others)).withGoal("0", others == 0));
            section.add(Row.of("  and comparisons of points", Samples.of(comparisons)));
        }
    }
}
