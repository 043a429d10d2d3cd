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
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

import org.eclipse.jdt.annotation.NonNullByDefault;
import org.eclipse.jdt.annotation.Nullable;
import org.openhab.binding.emoncms.internal.feed.ListedFeed;
import org.openhab.binding.emoncms.internal.store.RemoteFeedStore;
import org.openhab.binding.emoncms.simulated.AdjustableClock;

/**
 * What uploads transfer in a month, by the interval between them: cycles of the engine are counted as the add-on counts
 * its data usage, each on a new connection, and so is what comes once a day.
 *
 * @author Emoncms add-on contributors - Initial contribution
 */
@NonNullByDefault
final class DataGoal implements Goal {

    private static final int DAYS = 30;
    private static final Duration DAY = Duration.ofDays(1);
    private static final List<Integer> FEEDS = List.of(5, 30, 100);
    private static final List<Integer> POINT_SECONDS = List.of(10, 60);
    private static final List<Integer> UPLOAD_SECONDS = List.of(60, 300, 900, 3600, 86_400);
    /** A look at the start once a day, a comparison of all points once in five days. */
    private static final double HASHES_PER_DAY = 1.2;
    private static final int FIRST_POINTS = 600;
    /** Since when points are made, so that all are in the past. */
    private static final int DAYS_BACK = 60;
    private static final int WARM_UPS = 2;
    private static final int MOST_ROUNDS = 3;
    private static final int REQUESTS = 10;

    /**
     * What single things take, in bytes.
     *
     * @param hash a request for a hash, on a connection that is open
     * @param list one for the list of the feeds made here
     * @param connection to open a connection and to close it
     */
    private record Costs(double hash, double list, double connection) {
    }

    @Override
    public List<Section> measure(Site site) throws Exception {
        Certificates certificates = new Certificates(site.newDirectory());
        List<Section> sections = new ArrayList<>();
        sections.add(measure(site, "HTTP", null, false).note(
                "Measured on cycles that upload the points of one interval, each on a new connection, and counted "
                        + "as the add-on counts its data usage, with an estimate of TCP/IP; added is what comes once a "
                        + "day: the list and " + HASHES_PER_DAY + " hashes of each feed. A month has " + DAYS
                        + " days. All feeds have points each 10 s; for others as many are uploaded as they have."));
        Section https = measure(site, "HTTPS, a full handshake for each connection", certificates, false);
        sections.add(https.note("The server sends certificates of "
                + certificates.chainBytes().stream().map(String::valueOf).collect(Collectors.joining(" + "))
                + " bytes (RSA; TLS 1.3)."));
        sections.add(measure(site, "HTTPS, TLS sessions resumed where the server allows it", certificates, true));
        return sections;
    }

    private static List<String> head() {
        List<String> head = new ArrayList<>(List.of("feeds, a point each"));
        UPLOAD_SECONDS.forEach(seconds -> head.add("each " + text(seconds)));
        return head;
    }

    private static String text(int seconds) {
        return seconds == DAY.toSeconds() ? "day"
                : seconds == 3600 ? "hour" : seconds < 3600 && seconds >= 120 ? seconds / 60 + " min" : seconds + " s";
    }

    private Section measure(Site site, String name, @Nullable Certificates certificates, boolean resumes)
            throws Exception {
        Section section = new Section("Data per month, MB in both directions, by upload interval: " + name, head());
        List<Costs> found = new ArrayList<>();
        for (int count : site.options().quick() ? FEEDS.subList(0, 1) : FEEDS) {
            measure(site, count, certificates, resumes, section, found);
        }
        section.note(
                "In bytes: opening and closing a connection " + Math.round(found.get(0).connection()) + ", a hash "
                        + Math.round(found.get(0).hash()) + ", the list of " + found.stream()
                                .map(each -> String.valueOf(Math.round(each.list()))).collect(Collectors.joining(", "))
                        + ".");
        return section;
    }

    private void measure(Site site, int count, @Nullable Certificates certificates, boolean resumes, Section section,
            List<Costs> found) throws Exception {
        SeededFeeds feeds;
        try (CountedWay way = new CountedWay(site.target(), certificates, resumes)) {
            RemoteFeedStore store = TestedEngine.open(way.target(), way.client());
            double before = listBytes(way, store);
            feeds = new SeededFeeds(site, count);
            AdjustableClock clock = new AdjustableClock(
                    Instant.now().truncatedTo(ChronoUnit.DAYS).minus(DAYS_BACK, ChronoUnit.DAYS));
            for (int i = 0; i < count; i++) {
                feeds.local().add(i, LocalFeeds.startTime(clock.instant().getEpochSecond(), 7200, FIRST_POINTS),
                        FIRST_POINTS);
            }
            try (SteppedEngine engine = new SteppedEngine(feeds.local(), way.target(), way.client(), DAY, clock)) {
                engine.start();
            }
            Costs costs = costs(way, store, feeds, before);
            found.add(costs);
            for (int pointSeconds : POINT_SECONDS) {
                List<String> cells = new ArrayList<>(List.of(count + ", " + text(pointSeconds)));
                for (int seconds : UPLOAD_SECONDS) {
                    double cycle = cycleBytes(site, way, feeds.local(), clock, seconds, seconds / pointSeconds, costs);
                    cells.add(Samples.text(monthBytes(cycle, seconds, count, costs) / 1e6));
                }
                section.add(cells);
            }
        }
        feeds.delete();
    }

    private static double monthBytes(double cycle, int seconds, int feeds, Costs costs) {
        double lists = seconds < DAY.toSeconds() ? costs.list() : 0;
        return DAYS * (cycle * DAY.toSeconds() / seconds + lists + HASHES_PER_DAY * feeds * costs.hash());
    }

    /** Of a cycle on a new connection, without hashes. */
    private static double cycleBytes(Site site, CountedWay way, LocalFeeds feeds, AdjustableClock clock, int seconds,
            int points, Costs costs) throws IOException, InterruptedException {
        Samples bytes = new Samples();
        try (SteppedEngine engine = new SteppedEngine(feeds, way.target(), way.client(), Duration.ofSeconds(seconds),
                clock)) {
            engine.start();
            way.disconnect();
            for (int i = -WARM_UPS; i < Math.min(MOST_ROUNDS, site.options().rounds()); i++) {
                for (int feed = 0; feed < feeds.count(); feed++) {
                    feeds.append(feed, points);
                }
                way.takeExchanges();
                long before = way.bytes();
                engine.cycle();
                way.disconnect();
                long hashes = way.takeExchanges().stream().filter(Exchange::isComparison).count();
                if (i >= 0) {
                    bytes.add(way.bytes() - before - hashes * costs.hash());
                }
            }
        }
        return bytes.median();
    }

    private static Costs costs(CountedWay way, RemoteFeedStore store, SeededFeeds feeds, double listBefore)
            throws Exception {
        int id = feeds.ids()[0];
        ListedFeed.Usable feed = store.list().stream()
                .filter(listed -> listed instanceof ListedFeed.Usable && listed.id() == id)
                .map(ListedFeed.Usable.class::cast).findFirst().orElseThrow();
        double list = listBytes(way, store) - listBefore;
        Samples hash = new Samples();
        Samples alone = new Samples();
        for (int i = 0; i < REQUESTS; i++) {
            long before = way.bytes();
            store.digest(feed, FIRST_POINTS);
            hash.add(way.bytes() - before);
        }
        for (int i = 0; i < REQUESTS; i++) {
            way.disconnect();
            long before = way.bytes();
            store.digest(feed, FIRST_POINTS);
            way.disconnect();
            alone.add(way.bytes() - before);
        }
        // the request for a list is about as large as one for a hash; an account may hold other feeds
        return new Costs(hash.median(), hash.median() + list, alone.median() - hash.median());
    }

    private static double listBytes(CountedWay way, RemoteFeedStore store) throws Exception {
        Samples bytes = new Samples();
        for (int i = 0; i < MOST_ROUNDS; i++) {
            long before = way.bytes();
            store.list();
            bytes.add(way.bytes() - before);
        }
        return bytes.median();
    }
}
