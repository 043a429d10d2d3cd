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
import java.util.ArrayList;
import java.util.List;

import org.eclipse.jdt.annotation.NonNullByDefault;

/**
 * Local feeds and remote ones of the same names, with zeros in them. The remote ones are not uploaded but made by their
 * last points: Emoncms takes these at any place of an empty feed and has zeros before.
 *
 * @author Emoncms add-on contributors - Initial contribution
 */
@NonNullByDefault
final class SeededFeeds {

    /** In one body. */
    private static final int MOST_SEGMENTS = 2000;

    private final Site site;
    private final LocalFeeds local;
    private final int[] ids;
    private final List<UploadPlan.Piece> pieces = new ArrayList<>();

    SeededFeeds(Site site, int count) throws IOException {
        this.site = site;
        local = new LocalFeeds(site.newDirectory(), count);
        String tag = site.newTag(count);
        local.name(tag);
        ids = site.plain().createAll(tag, count);
    }

    /** So many feeds with so many points that are the same on both sides and have ended a while ago. */
    static SeededFeeds inSync(Site site, int count, long npoints) throws IOException {
        SeededFeeds feeds = new SeededFeeds(site, count);
        for (int i = 0; i < count; i++) {
            feeds.add(i, npoints);
        }
        feeds.seed();
        return feeds;
    }

    /** The feed has its points on both sides once they are seeded. */
    void add(int feed, long npoints) throws IOException {
        add(feed, npoints, 0);
    }

    /** As {@link #add(int, long)}, with time for points that are appended later. */
    void add(int feed, long npoints, long laterPoints) throws IOException {
        local.addZeros(feed, startTime(npoints + laterPoints), npoints);
        pieces.add(new UploadPlan.Piece(feed, (npoints - 1) * LocalFeeds.POINT_BYTES, LocalFeeds.POINT_BYTES));
    }

    /** The remote feed has none. */
    void addLocal(int feed, long npoints) throws IOException {
        local.addZeros(feed, startTime(npoints), npoints);
    }

    private static long startTime(long npoints) {
        return LocalFeeds.startTime(System.currentTimeMillis() / 1000, 7200, npoints);
    }

    void seed() throws IOException {
        List<List<UploadPlan.Piece>> bodies = new ArrayList<>();
        for (int from = 0; from < pieces.size(); from += MOST_SEGMENTS) {
            bodies.add(List.copyOf(pieces.subList(from, Math.min(pieces.size(), from + MOST_SEGMENTS))));
        }
        for (ByteBuffer body : new PreparedBodies(new UploadPlan(bodies), local).forFeeds(ids)) {
            site.plain().sync(body);
        }
        pieces.clear();
    }

    /**
     * Makes the first points others than zero, one by one. With nothing but zeros a feed has no start that could be
     * told from a gap, and is hashed as a whole whenever the add-on looks at its start.
     */
    void markStarts() throws IOException {
        for (int i = 0; i < local.count(); i++) {
            local.setFirst(i);
            site.plain().post(ids[i], local.startTime(i), LocalFeeds.FIRST_VALUE);
        }
    }

    LocalFeeds local() {
        return local;
    }

    int[] ids() {
        return ids;
    }

    void delete() throws IOException {
        site.deleteRemote(local.tag());
        Site.deleteLocal(local.directory());
    }
}
