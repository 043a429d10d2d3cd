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
import java.util.List;

import org.eclipse.jdt.annotation.NonNullByDefault;

/**
 * The upload of all of many feeds, by either client.
 *
 * @author Emoncms add-on contributors - Initial contribution
 */
@NonNullByDefault
final class BulkUpload {

    private static final int LONGEST_SECONDS = 900;

    private final Site site;
    private final LocalFeeds feeds;
    private final PreparedBodies bodies;
    private final UploadPlan plan;

    /** Uploads once, to learn how the engine divides it. */
    BulkUpload(Site site, int count, int npoints) throws IOException, InterruptedException {
        this.site = site;
        feeds = new LocalFeeds(site.newDirectory(), count);
        long startTime = LocalFeeds.startTime(System.currentTimeMillis() / 1000, 7200, npoints);
        for (int i = 0; i < count; i++) {
            feeds.add(i, startTime, npoints);
        }
        try (Link link = new Link(site.target(), LinkSpeed.unlimited())) {
            String tag = newFeeds();
            ours(link.target());
            plan = UploadPlan.of(link.takeExchanges(), site.plain().ids(tag, count));
            site.deleteRemote(tag);
        }
        bodies = new PreparedBodies(plan, feeds);
    }

    LocalFeeds feeds() {
        return feeds;
    }

    UploadPlan plan() {
        return plan;
    }

    double megabytes() {
        return plan.dataBytes() / 1e6;
    }

    /** Makes other feeds of the local ones. */
    String newFeeds() throws IOException {
        String tag = site.newTag(feeds.count());
        feeds.name(tag);
        return tag;
    }

    /** Creates what is not there, and uploads. */
    Usage ours(Target target) throws InterruptedException {
        FeedStates states = new FeedStates();
        try (TestedEngine engine = site.engine(feeds, target, states)) {
            engine.watchAll(feeds);
            Meter meter = site.meter();
            engine.start();
            states.awaitSame(feeds.count(), LONGEST_SECONDS);
            return meter.read();
        }
    }

    Usage oursWithCreates(Target target) throws IOException, InterruptedException {
        String tag = newFeeds();
        Usage usage = ours(target);
        site.deleteRemote(tag);
        return usage;
    }

    Usage oursWithoutCreates() throws IOException, InterruptedException {
        String tag = newFeeds();
        site.plain().createAll(tag, feeds.count());
        Usage usage = ours(site.target());
        site.deleteRemote(tag);
        return usage;
    }

    Usage plainWithCreates(PlainClient client) throws IOException {
        String tag = site.newTag(feeds.count());
        Meter meter = site.meter();
        int[] ids = client.createAll(tag, feeds.count());
        Usage creates = meter.read();
        Usage usage = creates.plus(post(client, ids));
        site.deleteRemote(tag);
        return usage;
    }

    Usage plainWithoutCreates() throws IOException {
        String tag = site.newTag(feeds.count());
        int[] ids = site.plain().createAll(tag, feeds.count());
        Usage usage = post(site.plain(), ids);
        site.deleteRemote(tag);
        return usage;
    }

    /** As {@link #plainWithoutCreates}, with bodies that are read from the files one after the other. */
    Usage readingWithoutCreates() throws IOException {
        String tag = site.newTag(feeds.count());
        int[] ids = site.plain().createAll(tag, feeds.count());
        Meter meter = site.meter();
        bodies.readAndSend(ids, site.plain()::sync);
        Usage usage = meter.read();
        site.deleteRemote(tag);
        return usage;
    }

    /** What the client could do if no server held it up; several uploads. */
    Usage plainToSink(int times) throws IOException {
        try (ServerProcess sink = ServerProcess.sink(); PlainClient client = new PlainClient(sink.target())) {
            Usage usage = Usage.NONE;
            for (int i = 0; i < times; i++) {
                usage = post(client, new int[feeds.count()]);
            }
            return usage;
        }
    }

    private Usage post(PlainClient client, int[] ids) throws IOException {
        List<ByteBuffer> prepared = bodies.forFeeds(ids);
        Meter meter = site.meter();
        for (ByteBuffer body : prepared) {
            client.sync(body);
        }
        return meter.read();
    }

    /** Lets another uploader do it. */
    double reference(Reference reference, Target target) throws IOException, InterruptedException {
        String tag = newFeeds();
        double seconds = reference.run(target, feeds.directory());
        site.deleteRemote(tag);
        return seconds;
    }
}
