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
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.eclipse.jdt.annotation.NonNullByDefault;

/**
 * Goal 9: after which batch the feeds that lack a little are complete, when others lack much.
 *
 * @author Emoncms add-on contributors - Initial contribution
 */
@NonNullByDefault
final class FairnessGoal implements Goal {

    private static final int FEEDS = 100;
    private static final int NEW_POINTS = 30;
    private static final int LONGEST_SECONDS = 120;
    private static final int SLOW_FEEDS = 30;

    @Override
    public List<Section> measure(Site site) throws Exception {
        return List.of(measure(site, 1), measure(site, 20), slow(site));
    }

    private static Section slow(Site site) throws IOException, InterruptedException {
        SeededFeeds feeds = new SeededFeeds(site, SLOW_FEEDS);
        for (int i = 0; i < SLOW_FEEDS; i++) {
            feeds.add(i, Sizes.DAY_POINTS, Sizes.DAY_POINTS);
        }
        feeds.seed();
        for (int i = 0; i < SLOW_FEEDS; i++) {
            feeds.local().append(i, Sizes.DAY_POINTS);
        }
        Samples served = new Samples();
        int batches;
        FeedStates states = new FeedStates();
        try (Link link = new Link(site.target(), LinkSpeed.slow());
                TestedEngine engine = site.engine(feeds.local(), link.target(), states)) {
            engine.watchAll(feeds.local());
            engine.start();
            states.awaitSame(SLOW_FEEDS, LONGEST_SECONDS);
            List<Exchange> sent = link.takeExchanges().stream().filter(Exchange::isSync).toList();
            for (Exchange batch : sent.subList(1, sent.size())) {
                served.add(batch.segments().size());
            }
            batches = sent.size();
        }
        feeds.delete();
        Section section = new Section("Goal 9: " + SLOW_FEEDS + " feeds that lack a day each, over a link of "
                + LinkSpeed.SLOW_ROUND_TRIP.toMillis() + " ms and "
                + Samples.text(LinkSpeed.SLOW_BYTES_PER_SECOND / 1000.0) + " kB/s each way", "ours", "");
        section.add(Row.of("feeds served by a batch, from the second on", served).withGoal("≥ " + SLOW_FEEDS,
                served.min() >= SLOW_FEEDS));
        return section.note("In " + batches + " batches, of which the first is to measure the link, and serves four.");
    }

    private static Section measure(Site site, int large) throws IOException, InterruptedException {
        int small = FEEDS - large;
        SeededFeeds feeds = new SeededFeeds(site, FEEDS);
        for (int i = 0; i < small; i++) {
            feeds.add(i, Sizes.DAY_POINTS);
        }
        feeds.seed();
        for (int i = 0; i < small; i++) {
            feeds.local().append(i, NEW_POINTS);
        }
        for (int i = small; i < FEEDS; i++) {
            feeds.addLocal(i, site.sizes().yearPoints());
        }
        FeedStates states = new FeedStates();
        Section section = new Section("Goal 9: " + small + " feeds that lack " + NEW_POINTS + " points, and " + large
                + (large == 1 ? " that lacks " : " that lack ") + Samples.text(site.sizes().yearPoints() * 4 / 1e6)
                + " MB", "ours", "");
        try (Link link = new Link(site.target(), LinkSpeed.unlimited());
                TestedEngine engine = site.engine(feeds.local(), link.target(), states)) {
            engine.watchAll(feeds.local());
            engine.start();
            states.awaitSame(small, LONGEST_SECONDS);
            add(section, link.takeExchanges().stream().filter(Exchange::isSync).toList(), feeds, small);
        }
        feeds.delete();
        return section;
    }

    private static void add(Section section, List<Exchange> batches, SeededFeeds feeds, int small) throws IOException {
        Map<Integer, Long> missing = new HashMap<>();
        for (int i = 0; i < small; i++) {
            missing.put(feeds.ids()[i], feeds.local().npoints(i) * LocalFeeds.POINT_BYTES);
        }
        Samples completeAfter = new Samples();
        long large = 0;
        int batch = 0;
        while (!missing.isEmpty() && batch < batches.size()) {
            for (Exchange.Segment segment : batches.get(batch++).segments()) {
                Long end = missing.get(segment.feedId());
                if (end == null) {
                    large += segment.dataBytes();
                } else if (segment.endByte() == end) {
                    missing.remove(segment.feedId());
                    completeAfter.add(batch);
                }
            }
        }
        section.add(Row.of("the small feeds are complete after batch", Samples.of(completeAfter.max())).withGoal("≤ 1",
                missing.isEmpty() && completeAfter.max() <= 1));
        section.add(Row.of("sent of the large feeds until then, kB", Samples.of(large / 1000.0)));
    }
}
