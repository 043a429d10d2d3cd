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
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import org.eclipse.jdt.annotation.NonNullByDefault;
import org.openhab.binding.emoncms.internal.feed.FeedIdentity;

/**
 * Goal 6: the download of a long feed, and of a short one.
 *
 * @author Emoncms add-on contributors - Initial contribution
 */
@NonNullByDefault
final class DownloadGoal implements Goal {

    private static final int BODY_BYTES = 1 << 20;
    private static final int LONGEST_SECONDS = 120;
    private static final int SHORT_PART = 12;
    private static final int MANY_YEARS = 10;
    /** What is taken for "at the speed". */
    private static final double MOST_TIMES = 1.1;
    private static final int WARM_UPS = 2;

    /** Of one feed. */
    private static final class Figures {
        private final Samples millis = new Samples();
        private final Samples allocated = new Samples();

        void add(Usage usage) {
            millis.add(usage.seconds() * 1000);
            allocated.add(usage.allocatedBytes() / 1000);
        }
    }

    /** A remote feed, the only one of its tag. */
    private record Remote(String tag, int id, long bytes) {
    }

    @Override
    public List<Section> measure(Site site) throws Exception {
        Remote year = upload(site, site.sizes().yearPoints());
        Remote decade = upload(site, MANY_YEARS * site.sizes().yearPoints());
        Remote month = upload(site, site.sizes().yearPoints() / SHORT_PART);
        Figures ours = new Figures();
        Figures plain = new Figures();
        Figures ofDecade = new Figures();
        Figures plainOfDecade = new Figures();
        Figures ofMonth = new Figures();
        for (int i = -WARM_UPS; i < site.options().rounds(); i++) {
            Usage byOurs = ours(site, year);
            Usage byPlain = plain(site, year);
            Usage large = ours(site, decade);
            Usage largeByPlain = plain(site, decade);
            Usage small = ours(site, month);
            if (i >= 0) {
                ours.add(byOurs);
                plain.add(byPlain);
                ofDecade.add(large);
                plainOfDecade.add(largeByPlain);
                ofMonth.add(small);
            }
        }
        Section section = new Section("Goal 6: download of " + Samples.text(year.bytes() / 1e6) + " MB");
        section.add(Row.atMostTimes("time, ms", ours.millis, plain.millis, MOST_TIMES));
        section.add(Row.of("MB/s", ours.millis.map(millis -> year.bytes() / 1000 / millis),
                plain.millis.map(millis -> year.bytes() / 1000 / millis)));
        section.add(Row.atMostTimes("time for " + Samples.text(decade.bytes() / 1e6) + " MB, ms", ofDecade.millis,
                plainOfDecade.millis, MOST_TIMES));
        section.add(Row.of("allocated, kB", ours.allocated, plain.allocated));
        section.add(Row.of("allocated for 1/" + SHORT_PART + " of it, kB", ofMonth.allocated));
        int ofYear = smallestHeap(site, year);
        section.add(Row.of("smallest heap, MiB", Samples.of(ofYear)));
        int least = smallestHeap(site, month);
        section.add(Row.of("smallest heap for 1/" + SHORT_PART + " of it, MiB", Samples.of(least)).withGoal("the same",
                ofYear <= least + 1));
        site.deleteRemote(year.tag());
        site.deleteRemote(month.tag());
        site.deleteRemote(decade.tag());
        return List.of(section.note("With the points forced to the disk by both clients."));
    }

    private static Remote upload(Site site, int npoints) throws IOException {
        LocalFeeds local = new LocalFeeds(site.newDirectory(), 1);
        local.add(0, LocalFeeds.startTime(System.currentTimeMillis() / 1000, 7200, npoints), npoints);
        String tag = site.newTag(1);
        int id = site.plain().create(tag, LocalFeeds.name(0));
        List<List<UploadPlan.Piece>> bodies = new ArrayList<>();
        long bytes = (long) npoints * LocalFeeds.POINT_BYTES;
        for (long at = 0; at < bytes; at += BODY_BYTES) {
            bodies.add(List.of(new UploadPlan.Piece(0, at, (int) Math.min(BODY_BYTES, bytes - at))));
        }
        for (ByteBuffer body : new PreparedBodies(new UploadPlan(bodies), local).forFeeds(new int[] { id })) {
            site.plain().sync(body);
        }
        Site.deleteLocal(local.directory());
        return new Remote(tag, id, bytes);
    }

    private static Usage ours(Site site, Remote remote) throws IOException, InterruptedException {
        LocalFeeds local = new LocalFeeds(site.newDirectory(), 0);
        FeedStates states = new FeedStates();
        Usage usage;
        try (TestedEngine engine = site.engine(local, site.target(), states)) {
            FeedIdentity feed = new FeedIdentity(remote.tag(), LocalFeeds.name(0));
            engine.watch(feed, false);
            engine.start();
            states.awaitCompared(1, LONGEST_SECONDS);
            Meter meter = site.meter();
            engine.download(feed);
            states.awaitDownloaded(1, LONGEST_SECONDS);
            usage = meter.read();
        }
        if (Files.size(local.data(0)) != remote.bytes()) {
            throw new IOException("Not all was downloaded");
        }
        Site.deleteLocal(local.directory());
        return usage;
    }

    private static Usage plain(Site site, Remote remote) throws IOException {
        Path directory = site.newDirectory();
        Meter meter = site.meter();
        site.plain().export(remote.id(), directory.resolve("points"));
        Usage usage = meter.read();
        Site.deleteLocal(directory);
        return usage;
    }

    private static int smallestHeap(Site site, Remote remote) throws IOException, InterruptedException {
        return SmallestHeap.of(site.target(), HeapProbe.Task.DOWNLOAD,
                () -> new String[] { new LocalFeeds(site.newDirectory(), 0).directory().toString(), remote.tag() });
    }
}
