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
package org.openhab.binding.emoncms.internal.sync;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

import org.eclipse.jdt.annotation.NonNullByDefault;
import org.openhab.binding.emoncms.internal.api.SyncBody;
import org.openhab.binding.emoncms.internal.feed.Engine;
import org.openhab.binding.emoncms.internal.feed.FeedMeta;
import org.openhab.binding.emoncms.internal.feed.ListedFeed;
import org.openhab.binding.emoncms.internal.store.PointSource;
import org.openhab.binding.emoncms.internal.store.Segment;

/**
 * Divides the room of a batch among the feeds that have points to upload: whoever needs least comes first and gets all
 * of it; of the rest, the others get equal shares, or as many of them as is cheap. So a feed with years to upload does
 * not delay the last minutes of the
 * others, and no feed is complete later than if all had got the same share of each batch.
 *
 * @author Emoncms add-on contributors - Initial contribution
 */
@NonNullByDefault
final class BatchPlanner {

    /** Beside it a segment's header is little. */
    private static final int LEAST_SHARE_BYTES = 1 << 10;

    /**
     * A feed with points to upload.
     *
     * @param target its number of points is where the upload goes on
     * @param meta of the local feed
     * @param pendingPoints at least one
     */
    record Pending(ListedFeed.Usable target, FeedMeta meta, long pendingPoints, PointSource points) {

        long bytes() {
            return pendingPoints * target.engine().pointBytes();
        }

        private int leastBytes() {
            return SyncBody.headerBytes(target.engine()) + target.engine().pointBytes();
        }

        private Segment segment(long npoints) {
            return new Segment(target, meta, target.meta().npoints(), (int) npoints, points);
        }

        private Pending after(Segment segment) {
            return new Pending(segment.appended(), meta, pendingPoints - segment.npoints(), points);
        }
    }

    private BatchPlanner() {
    }

    /**
     * @param batchBytes room for the whole body
     * @param maxFeeds how many feeds the batch may hold
     * @param shares among how many feeds the room is divided at most, if none of them needs less than its share
     * @return at least one segment if anything is pending
     */
    static List<Segment> plan(List<Pending> pending, int batchBytes, int maxFeeds, int shares) {
        int room = batchBytes - SyncBody.CHECKSUM_BYTES;
        int leastShare = Math.max(LEAST_SHARE_BYTES, room / shares);
        List<Pending> smallestFirst = new ArrayList<>(pending);
        smallestFirst.sort(Comparator.comparingLong(Pending::bytes));
        int feeds = Math.min(smallestFirst.size(), maxFeeds);
        List<Segment> batch = new ArrayList<>(feeds);
        for (Pending feed : smallestFirst.subList(0, feeds)) {
            int share = Math.min(room, Math.max(leastShare, room / (feeds - batch.size())));
            if (share < feed.leastBytes()) {
                break;
            }
            Engine engine = feed.target().engine();
            int header = SyncBody.headerBytes(engine);
            long npoints = Math.min(feed.pendingPoints(), (share - header) / engine.pointBytes());
            Segment segment = feed.segment(npoints);
            batch.add(segment);
            room -= header + segment.dataBytes();
        }
        return batch;
    }

    /** What is pending once a batch has arrived. */
    static List<Pending> after(List<Pending> pending, List<Segment> batch) {
        Map<Integer, Segment> segments = batch.stream()
                .collect(Collectors.toMap(segment -> segment.target().id(), Function.identity()));
        return pending.stream().map(feed -> {
            Segment segment = segments.get(feed.target().id());
            return segment == null ? feed : feed.after(segment);
        }).filter(feed -> feed.pendingPoints() > 0).toList();
    }
}
