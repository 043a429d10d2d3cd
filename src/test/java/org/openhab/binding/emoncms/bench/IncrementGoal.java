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
import java.util.stream.Collectors;

import org.eclipse.jdt.annotation.NonNullByDefault;

/**
 * Goal 4: what it takes to upload a few new points of many feeds, when the feeds are short and when they are long.
 *
 * @author Emoncms add-on contributors - Initial contribution
 */
@NonNullByDefault
final class IncrementGoal implements Goal {

    private static final int NEW_POINTS = 30;
    private static final int TEN_YEARS = 3652;
    private static final double MOST_BYTES_PER_FEED = 25;
    private static final int WARM_UPS = 2;
    /** What is taken for the same cost. */
    private static final double MOST_TIMES = 1.25;

    /** Of feeds of one length. */
    private static final class Figures {
        private final Samples requests = new Samples();
        private final Samples up = new Samples();
        private final Samples down = new Samples();
        private final Samples more = new Samples();
        private final Samples aboveGoal = new Samples();
        private final Samples millis = new Samples();
        private final Samples cpuMillis = new Samples();
        private String kinds = "";
    }

    @Override
    public List<Section> measure(Site site) throws Exception {
        Figures shorts = new Figures();
        Figures longs = new Figures();
        measure(site, shorts, longs);
        int feeds = site.sizes().grownFeeds();
        Section section = new Section("Goal 4: " + NEW_POINTS + " new points of " + feeds + " feeds each, "
                + Samples.text(payload(site) / 1000) + " kB of points", "1 day long", "10 years long");
        section.add(Row.of("requests", shorts.requests, longs.requests).withGoal("≤ 3", longs.requests.median() <= 3));
        section.add(Row.of("bytes up, kB", shorts.up, longs.up));
        section.add(Row.of("up without points, bytes per feed", shorts.more, longs.more)
                .withGoal("≤ " + Samples.text(MOST_BYTES_PER_FEED) + " + head", longs.aboveGoal.median() <= 0));
        section.add(Row.of("bytes down, kB", shorts.down, longs.down));
        section.add(Row.of("time, ms", shorts.millis, longs.millis).withGoal("≤ " + Samples.text(MOST_TIMES) + " ×",
                longs.millis.median() <= MOST_TIMES * shorts.millis.median()));
        section.add(Row.of("CPU of the engine's thread, ms", shorts.cpuMillis, longs.cpuMillis));
        section.note("Requests of an upload: " + longs.kinds + ".");
        return List.of(section
                .note("Comparisons of points are left out. The ratio is that of the short feeds to the long ones,"
                        + " which take turns."));
    }

    private static double payload(Site site) {
        return (double) site.sizes().grownFeeds() * NEW_POINTS * LocalFeeds.POINT_BYTES;
    }

    private static void measure(Site site, Figures shorts, Figures longs) throws IOException {
        SeededFeeds shortFeeds = seed(site, Sizes.DAY_POINTS);
        SeededFeeds longFeeds = seed(site, (long) TEN_YEARS * Sizes.DAY_POINTS);
        count(site, shortFeeds.local(), shorts);
        count(site, longFeeds.local(), longs);
        try (SteppedEngine shortEngine = new SteppedEngine(site, shortFeeds.local(), site.target());
                SteppedEngine longEngine = new SteppedEngine(site, longFeeds.local(), site.target())) {
            shortEngine.start();
            longEngine.start();
            for (int i = -WARM_UPS; i < site.options().rounds(); i++) {
                time(shortFeeds.local(), shortEngine, i < 0 ? new Figures() : shorts);
                time(longFeeds.local(), longEngine, i < 0 ? new Figures() : longs);
            }
        }
        shortFeeds.delete();
        longFeeds.delete();
    }

    private static SeededFeeds seed(Site site, long npoints) throws IOException {
        SeededFeeds feeds = SeededFeeds.inSync(site, site.sizes().grownFeeds(), npoints);
        feeds.markStarts();
        return feeds;
    }

    private static void count(Site site, LocalFeeds feeds, Figures figures) throws IOException {
        try (Link link = new Link(site.target(), LinkSpeed.unlimited());
                SteppedEngine engine = new SteppedEngine(site, feeds, link.target())) {
            engine.start();
            link.takeExchanges();
            grow(feeds);
            engine.cycle();
            count(link.takeExchanges().stream().filter(exchange -> !exchange.isComparison()).toList(), payload(site),
                    feeds.count(), figures);
        }
    }

    private static void time(LocalFeeds feeds, SteppedEngine engine, Figures figures) throws IOException {
        grow(feeds);
        long start = System.nanoTime();
        double cpu = Meter.threadCpuSeconds();
        engine.cycle();
        figures.millis.add((engine.states().lastSameNanos() - start) / 1e6);
        figures.cpuMillis.add((engine.states().lastSameCpuSeconds() - cpu) * 1000);
    }

    private static void grow(LocalFeeds feeds) throws IOException {
        for (int i = 0; i < feeds.count(); i++) {
            feeds.append(i, NEW_POINTS);
        }
    }

    private static void count(List<Exchange> exchanges, double payload, int feeds, Figures figures) {
        double up = exchanges.stream().mapToDouble(exchange -> exchange.headBytes() + exchange.bodyBytes()).sum();
        double heads = exchanges.stream().filter(Exchange::isSync).mapToDouble(Exchange::headBytes).sum();
        figures.requests.add(exchanges.size());
        figures.up.add(up / 1000);
        figures.down.add(exchanges.stream().mapToDouble(Exchange::answerBytes).sum() / 1000);
        figures.more.add((up - payload) / feeds);
        figures.aboveGoal.add(up - payload - heads - MOST_BYTES_PER_FEED * feeds);
        figures.kinds = exchanges.stream().collect(Collectors.groupingBy(Exchange::path, Collectors.counting()))
                .entrySet().stream().map(kind -> kind.getValue() + " " + kind.getKey()).sorted()
                .collect(Collectors.joining(", "));
    }
}
