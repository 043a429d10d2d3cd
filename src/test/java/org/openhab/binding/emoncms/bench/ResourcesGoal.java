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
 * Goal 2: the CPU time and the allocation of a bulk upload that is long enough for its start not to count.
 *
 * @author Emoncms add-on contributors - Initial contribution
 */
@NonNullByDefault
final class ResourcesGoal implements Goal {

    private static final double MOST_CPU = 1.2;
    /** What is taken for "near zero": a twentieth of the data. */
    private static final double MOST_ALLOCATED_KILOBYTES = 50;
    private static final int WARM_UPS = 3;

    @FunctionalInterface
    private interface Upload {

        Usage run() throws IOException, InterruptedException;
    }

    /** The measurements of one client. */
    private record Figures(Upload upload, Samples speed, Samples cpu, Samples wholeCpu, Samples allocated) {

        Figures(Upload upload) {
            this(upload, new Samples(), new Samples(), new Samples(), new Samples());
        }

        void measure(double megabytes) throws IOException, InterruptedException {
            Usage usage = upload.run();
            speed.add(megabytes / usage.seconds());
            cpu.add(usage.threadCpuSeconds() * 1000 / megabytes);
            wholeCpu.add(usage.cpuSeconds() * 1000 / megabytes);
            allocated.add(usage.allocatedBytes() / 1000 / megabytes);
        }
    }

    @Override
    public List<Section> measure(Site site) throws Exception {
        BulkUpload upload = new BulkUpload(site, site.sizes().bulkFeeds(), site.sizes().longPoints());
        List<Figures> clients = List.of(new Figures(upload::oursWithoutCreates),
                new Figures(upload::plainWithoutCreates), new Figures(upload::readingWithoutCreates));
        for (int i = 0; i < WARM_UPS; i++) {
            for (Figures client : clients) {
                client.upload().run();
            }
        }
        for (int round = 0; round < site.options().rounds(); round++) {
            for (Figures client : clients) {
                client.measure(upload.megabytes());
            }
        }
        Site.deleteLocal(upload.feeds().directory());
        Figures ours = clients.get(0);
        Figures plain = clients.get(1);
        Figures reading = clients.get(2);
        Section section = new Section("Goal 2: what the client takes per MB; feeds exist, "
                + Samples.text(upload.megabytes()) + " MB in " + upload.plan().bodies().size() + " bodies");
        section.add(Row.atMostTimes("CPU, ms per MB", ours.cpu(), reading.cpu(), MOST_CPU));
        section.add(Row.of("CPU with what the JVM compiles", ours.wholeCpu(), reading.wholeCpu()));
        section.add(Row.of("CPU, bodies ready in memory", ours.cpu(), plain.cpu()));
        section.add(Row.of("allocated, kB per MB", ours.allocated(), reading.allocated()).withGoal(
                "≤ " + Samples.text(MOST_ALLOCATED_KILOBYTES), ours.allocated().median() <= MOST_ALLOCATED_KILOBYTES));
        section.add(Row.of("MB/s", ours.speed(), reading.speed()));
        section.add(Row.of("MB/s, bodies ready in memory", ours.speed(), plain.speed()));
        return List.of(section.note("The plain client reads each body from the files and computes its checksum, as has "
                + "to be done by any; where these are said to be ready it has them before."));
    }
}
