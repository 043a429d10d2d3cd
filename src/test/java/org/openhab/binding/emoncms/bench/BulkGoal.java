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

import java.util.List;

import org.eclipse.jdt.annotation.NonNullByDefault;
import org.eclipse.jdt.annotation.Nullable;

/**
 * Goal 1: the time of a bulk upload.
 *
 * @author Emoncms add-on contributors - Initial contribution
 */
@NonNullByDefault
final class BulkGoal implements Goal {

    private static final double LEAST_SHARE = 0.9;
    private static final double MODULE_SECONDS = 102;
    private static final double MODULE_MEGABYTES = 103.7;
    private static final double TIMES_FASTER = 50;
    private static final int WARM_UPS = 2;

    /** The measurements of one client. */
    private static final class Figures {
        private final Samples withCreates = new Samples();
        private final Samples withoutCreates = new Samples();
        private final Samples serverShare = new Samples();

        void withoutCreates(Usage usage) {
            withoutCreates.add(usage.seconds());
            serverShare.add(usage.serverCpuSeconds() / usage.seconds() * 100);
        }
    }

    private final Figures ours = new Figures();
    private final Figures plain = new Figures();
    private final Samples reference = new Samples();
    private final Samples sinkSeconds = new Samples();

    @Override
    public List<Section> measure(Site site) throws Exception {
        BulkUpload upload = new BulkUpload(site, site.sizes().bulkFeeds(), site.sizes().bulkPoints());
        for (int i = 0; i < WARM_UPS; i++) {
            upload.oursWithCreates(site.target());
            upload.plainWithCreates(site.plain());
        }
        for (int round = 0; round < site.options().rounds(); round++) {
            ours.withCreates.add(upload.oursWithCreates(site.target()).seconds());
            plain.withCreates.add(upload.plainWithCreates(site.plain()).seconds());
            @Nullable
            String command = site.options().reference();
            if (command != null) {
                reference.add(upload.reference(new Reference(command), site.target()));
            }
            ours.withoutCreates(upload.oursWithoutCreates());
            plain.withoutCreates(upload.plainWithoutCreates());
            sinkSeconds.add(upload.plainToSink(WARM_UPS + 1).seconds());
        }
        Section time = time(upload);
        Site.deleteLocal(upload.feeds().directory());
        return List.of(time, ceiling(upload.megabytes()));
    }

    private Section time(BulkUpload upload) {
        double megabytes = upload.megabytes();
        double moduleSeconds = MODULE_SECONDS * megabytes / MODULE_MEGABYTES;
        Section section = new Section("Goal 1: bulk upload of " + upload.feeds().count() + " feeds, "
                + Samples.text(megabytes) + " MB in " + upload.plan().bodies().size() + " bodies");
        section.add(Row.of("with creates, s", ours.withCreates, plain.withCreates).withGoal(
                "≤ " + Samples.text(moduleSeconds / TIMES_FASTER),
                ours.withCreates.median() <= moduleSeconds / TIMES_FASTER));
        section.add(throughput("with creates, MB/s", megabytes, ours.withCreates, plain.withCreates));
        section.add(Row.of("feeds exist, s", ours.withoutCreates, plain.withoutCreates));
        section.add(throughput("feeds exist, MB/s", megabytes, ours.withoutCreates, plain.withoutCreates));
        if (!reference.isEmpty()) {
            section.add(Row.of("against the reference, s", ours.withCreates, reference));
        }
        return section.note("The goal in seconds is 1/50 of what the PHP module takes for as much as shipped, "
                + Samples.text(moduleSeconds) + " s (102 s for 103.7 MB).");
    }

    private static Row throughput(String figure, double megabytes, Samples ours, Samples plain) {
        return Row.atLeastTimes(figure, ours.map(seconds -> megabytes / seconds),
                plain.map(seconds -> megabytes / seconds), LEAST_SHARE);
    }

    private Section ceiling(double megabytes) {
        Section section = new Section("How much the server takes; feeds exist");
        section.add(Row.of("MB/s", ours.withoutCreates.map(seconds -> megabytes / seconds),
                plain.withoutCreates.map(seconds -> megabytes / seconds)));
        section.add(Row.ofOther("MB/s to a server that only reads",
                sinkSeconds.map(seconds -> megabytes / seconds).toString()));
        if (!Double.isNaN(plain.serverShare.median())) {
            section.add(Row.of("the server's CPU, % of the time", ours.serverShare, plain.serverShare));
            section.note("The closer the server's CPU is to 100 %, the more it is the server that limits the client.");
        }
        return section;
    }
}
