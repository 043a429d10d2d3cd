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

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.eclipse.jdt.annotation.NonNullByDefault;
import org.eclipse.jdt.annotation.Nullable;
import org.openhab.binding.emoncms.internal.feed.Engine;
import org.openhab.binding.emoncms.internal.feed.FeedIdentity;
import org.openhab.binding.emoncms.internal.feed.FeedMeta;
import org.openhab.binding.emoncms.internal.feed.ListedFeed;
import org.openhab.binding.emoncms.internal.feed.LittleEndian;
import org.openhab.binding.emoncms.internal.feed.ProblemException;
import org.openhab.binding.emoncms.internal.store.FeedStore;
import org.openhab.binding.emoncms.internal.store.RemoteFeedStore;
import org.openhab.binding.emoncms.internal.store.TimedPoint;

/**
 * Shows remotely what the intervals hold that have not ended, through the point API, and writes these points again in
 * each cycle until they are settled. Points that are shown count for nothing in a comparison before they were written
 * once more with their final values.
 * <p>
 * Only points behind the first settled one are shown: Emoncms would start an empty feed at a time of its own choice.
 * Which points were shown is not kept on disk: when a feed is seen for the first time, its last remote points are
 * written again.
 *
 * @author Emoncms add-on contributors - Initial contribution
 */
@NonNullByDefault
final class OpenSlots {

    /** As many points of a feed as can be unsettled: the running slot and those within the grace. */
    private static final int MOST_OPEN = 3;
    private static final long NONE = Long.MAX_VALUE;

    /**
     * @param first the first remote point that may not be final
     * @param written what was written last
     */
    private record Shown(int remoteId, long first, List<TimedPoint> written) {
    }

    private final boolean isEnabled;
    private final Map<FeedIdentity, Shown> shown = new HashMap<>();

    OpenSlots(boolean isEnabled) {
        this.isEnabled = isEnabled;
    }

    /** The remote feed as it would be without points that may not be final. */
    @Nullable
    ListedFeed withoutOpen(FeedIdentity feed, @Nullable ListedFeed remote) {
        Shown open = shown.get(feed);
        return open != null && remote instanceof ListedFeed.Usable there && there.id() == open.remoteId()
                && there.meta().npoints() > open.first() ? there.withMeta(there.meta().withPoints(open.first()))
                        : remote;
    }

    /** Writes points again that have settled since they were shown. */
    void correct(TwoSides sides, FeedStore local, RemoteFeedStore remote)
            throws ProblemException, InterruptedException {
        if (!isEnabled) {
            return;
        }
        for (FeedIdentity feed : sides.uploadable()) {
            LocalFeed here = sides.local(feed);
            if (here != null && sides.book().get(feed) instanceof ListedFeed.Usable there && isSameStart(here, there)) {
                Shown open = track(feed, here, there);
                if (open.first() < Math.min(here.settledPoints(), there.meta().npoints())) {
                    write(sides, local, remote, here, there, open, there.meta().npoints());
                }
            } else {
                shown.remove(feed);
            }
        }
    }

    /** Writes what has not settled, of the feeds of which all that has is there. */
    void show(TwoSides sides, FeedStore local, RemoteFeedStore remote) throws ProblemException, InterruptedException {
        if (!isEnabled) {
            return;
        }
        for (FeedIdentity feed : sides.uploadable()) {
            LocalFeed here = sides.local(feed);
            Shown open = shown.get(feed);
            if (here != null && open != null && sides.compare(feed).state() == SyncState.SAME
                    && sides.book().get(feed) instanceof ListedFeed.Usable there
                    && here.feed().meta().npoints() > here.settledPoints()) {
                write(sides, local, remote, here, there, open,
                        Math.min(here.feed().meta().npoints(), here.settledPoints() + MOST_OPEN));
            }
        }
    }

    private static boolean isSameStart(LocalFeed here, ListedFeed.Usable there) {
        FeedMeta meta = here.feed().meta();
        return here.feed().engine() == Engine.PHPFINA && there.engine() == Engine.PHPFINA && !there.meta().isEmpty()
                && meta.withPoints(0).equals(there.meta().withPoints(0)) && there.meta().npoints() <= meta.npoints();
    }

    private Shown track(FeedIdentity feed, LocalFeed here, ListedFeed.Usable there) {
        Shown open = shown.get(feed);
        if (open == null || open.remoteId() != there.id()
                || open.first() != NONE && open.first() > there.meta().npoints()) {
            open = new Shown(there.id(), Math.max(0, there.meta().npoints() - MOST_OPEN), List.of());
            shown.put(feed, open);
        }
        return open;
    }

    /**
     * @param end the first point that is not written
     */
    private void write(TwoSides sides, FeedStore local, RemoteFeedStore remote, LocalFeed here, ListedFeed.Usable there,
            Shown open, long end) throws ProblemException, InterruptedException {
        FeedIdentity feed = there.identity();
        long settled = here.settledPoints();
        long npoints = there.meta().npoints();
        List<TimedPoint> points = read(local, here.feed(), Math.min(open.first(), settled), end);
        while (!points.isEmpty() && last(points).index() >= npoints && Float.isNaN(last(points).value())) {
            points.remove(points.size() - 1);
        }
        if (points.isEmpty() || points.equals(open.written()) && open.first() >= settled) {
            return;
        }
        shown.put(feed, new Shown(there.id(), points.get(0).index(), List.of()));
        List<TimedPoint> unwritten;
        try {
            unwritten = remote.put(there, points);
        } catch (ProblemException e) {
            if (UploadCycle.isAboutOneAnswer(e.problem().kind())) {
                sides.parked().refused(feed, e.problem());
                return;
            }
            throw e;
        }
        long held = Math.max(npoints, last(points).index() + 1);
        long first = unwritten.isEmpty() ? held > settled ? settled : NONE : unwritten.get(0).index();
        shown.put(feed, new Shown(there.id(), first, points));
        sides.book().put(there.withMeta(there.meta().withPoints(held)));
        sides.report(feed);
    }

    private static TimedPoint last(List<TimedPoint> points) {
        return points.get(points.size() - 1);
    }

    private static List<TimedPoint> read(FeedStore local, ListedFeed.Usable here, long first, long end)
            throws ProblemException, InterruptedException {
        List<TimedPoint> points = new ArrayList<>();
        if (first < end) {
            ByteBuffer values = LittleEndian.allocate((int) (end - first) * Float.BYTES);
            local.read(here, first * Float.BYTES, values);
            for (long i = first; i < end; i++) {
                points.add(new TimedPoint(i, here.meta().startTime() + i * here.meta().intervalSeconds(),
                        values.getFloat((int) (i - first) * Float.BYTES)));
            }
        }
        return points;
    }
}
