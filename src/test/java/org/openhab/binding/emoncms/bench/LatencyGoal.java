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
import java.util.ArrayList;
import java.util.List;

import org.eclipse.jdt.annotation.NonNullByDefault;
import org.eclipse.jdt.annotation.Nullable;
import org.openhab.binding.emoncms.internal.feed.ProblemKind;

/**
 * Goal 8: links with latency, one of them slow.
 *
 * @author Emoncms add-on contributors - Initial contribution
 */
@NonNullByDefault
final class LatencyGoal implements Goal {

    private static final Duration ROUND_TRIP = Duration.ofMillis(40);
    private static final int SLOW_FEEDS = 3;
    private static final int MOST_ROUNDS = 3;
    private static final double MODULE_SECONDS = 22.7;
    private static final double MODULE_MEGABYTES = 103.7;
    private static final double TIMES_FASTER = 3;
    /** What is taken for a link that is kept filled. */
    private static final double LEAST_FILLED = 90;
    private static final int LONGEST_SECONDS = 1800;

    @Override
    public List<Section> measure(Site site) throws Exception {
        int netem = site.options().netemMillis();
        List<Section> sections = new ArrayList<>();
        if (netem == 0 || netem < LinkSpeed.SLOW_ROUND_TRIP.toMillis() / 2) {
            sections.add(fast(site, netem == 0 ? LinkSpeed.delayed(ROUND_TRIP) : LinkSpeed.unlimited()));
        }
        if (netem == 0 || netem >= LinkSpeed.SLOW_ROUND_TRIP.toMillis() / 2) {
            sections.add(slow(site, netem == 0 ? LinkSpeed.slow() : LinkSpeed.unlimited()));
        }
        return sections;
    }

    private static Section fast(Site site, LinkSpeed speed) throws IOException, InterruptedException {
        BulkUpload upload = new BulkUpload(site, site.sizes().bulkFeeds(), site.sizes().bulkPoints());
        Samples ours = new Samples();
        Samples plain = new Samples();
        Samples reference = new Samples();
        @Nullable
        String command = site.options().reference();
        List<Exchange> exchanges = List.of();
        for (int round = 0; round < Math.min(MOST_ROUNDS, site.options().rounds()); round++) {
            try (Link link = new Link(site.target(), speed); PlainClient client = new PlainClient(link.target())) {
                ours.add(upload.oursWithCreates(link.target()).seconds());
                exchanges = link.takeExchanges();
                plain.add(upload.plainWithCreates(client).seconds());
                if (command != null) {
                    reference.add(upload.reference(new Reference(command), link.target()));
                }
            }
        }
        Site.deleteLocal(upload.feeds().directory());
        double module = MODULE_SECONDS * upload.megabytes() / MODULE_MEGABYTES;
        double goal = (reference.isEmpty() ? module : reference.median()) / TIMES_FASTER;
        Section section = new Section("Goal 8: " + Samples.text(upload.megabytes()) + " MB of " + upload.feeds().count()
                + " new feeds over a link of " + ROUND_TRIP.toMillis() + " ms round trip");
        section.add(Row.of("time, s", ours, plain).withGoal("≤ " + Samples.text(goal), ours.median() <= goal));
        section.add(Row.of("requests", Samples.of(exchanges.size())));
        if (!reference.isEmpty()) {
            section.add(Row.of("against the reference, s", ours, reference));
        }
        return section.note("The goal is a third of what "
                + (reference.isEmpty() ? "the PHP module took elsewhere, " + Samples.text(module) + " s without sleeps."
                        : "the reference takes in this run."));
    }

    private static Section slow(Site site, LinkSpeed speed) throws IOException, InterruptedException {
        BulkUpload upload = new BulkUpload(site, SLOW_FEEDS, site.sizes().slowPoints());
        FeedStates states = new FeedStates();
        upload.newFeeds();
        double seconds;
        List<Exchange> exchanges;
        try (Link link = new Link(site.target(), speed);
                TestedEngine engine = site.engine(upload.feeds(), link.target(), states)) {
            engine.watchAll(upload.feeds());
            Meter meter = site.meter();
            engine.start();
            states.awaitSame(SLOW_FEEDS, LONGEST_SECONDS);
            seconds = meter.read().seconds();
            exchanges = link.takeExchanges();
        }
        Site.deleteLocal(upload.feeds().directory());
        List<Exchange> batches = exchanges.stream().filter(Exchange::isSync).toList();
        Samples kilobytes = new Samples();
        Samples durations = new Samples();
        batches.forEach(batch -> {
            kilobytes.add(batch.bodyBytes() / 1000.0);
            durations.add(batch.seconds());
        });
        double ofBatches = batches.get(batches.size() - 1).secondsSince(batches.get(0));
        double rate = LinkSpeed.SLOW_BYTES_PER_SECOND / 1000.0;
        double bytes = upload.megabytes() * 1000;
        int timeOuts = states.failures().getOrDefault(ProblemKind.TIMEOUT, 0);
        double filled = bytes / ofBatches / rate * 100;
        Section section = new Section(
                "Goal 8: " + Samples.text(upload.megabytes()) + " MB of " + SLOW_FEEDS + " new feeds over a link of "
                        + LinkSpeed.SLOW_ROUND_TRIP.toMillis() + " ms and " + Samples.text(rate) + " kB/s each way",
                "ours", "");
        section.add(Row.of("time, s", Samples.of(seconds)));
        section.add(Row.of("points sent, kB/s", Samples.of(bytes / seconds)));
        section.add(Row.of("the link is filled, %", Samples.of(bytes / seconds / rate * 100)));
        section.add(Row.of("  from the first batch to the last, %", Samples.of(filled))
                .withGoal("≥ " + Samples.text(LEAST_FILLED), filled >= LEAST_FILLED));
        section.add(Row.of("time-outs", Samples.of(timeOuts)).withGoal("0", timeOuts == 0));
        section.add(Row.of("batches", Samples.of(batches.size())));
        section.add(Row.of("size of a batch, kB", kilobytes));
        section.add(Row.of("duration of a batch, s", durations));
        section.add(Row.of("requests in all", Samples.of(exchanges.size())));
        return section;
    }
}
