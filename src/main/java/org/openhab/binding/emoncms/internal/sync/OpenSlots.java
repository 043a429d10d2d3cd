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
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.eclipse.jdt.annotation.NonNullByDefault;
import org.eclipse.jdt.annotation.Nullable;
import org.openhab.binding.emoncms.internal.feed.Engine;
import org.openhab.binding.emoncms.internal.feed.FeedIdentity;
import org.openhab.binding.emoncms.internal.feed.FeedMeta;
import org.openhab.binding.emoncms.internal.feed.ListedFeed;
import org.openhab.binding.emoncms.internal.feed.LittleEndian;
import org.openhab.binding.emoncms.internal.feed.ProblemException;
import org.openhab.binding.emoncms.internal.feed.ProblemKind;
import org.openhab.binding.emoncms.internal.store.LocalFeedStore;
import org.openhab.binding.emoncms.internal.store.RemoteFeedStore;
import org.openhab.binding.emoncms.internal.store.ReplacedPoint;
import org.openhab.binding.emoncms.internal.store.TimedPoint;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Shows remotely what the intervals hold that have not ended, through the point API, and writes these points again in
 * each cycle until they are settled. Points that are shown count for nothing in a comparison, and nothing is uploaded
 * behind them, before they were written once more with their final values.
 * <p>
 * Only points behind the first settled one are shown: Emoncms would start an empty feed at a time of its own choice.
 * Which points were shown is not kept on disk: when a feed is seen for the first time, its last remote points are
 * compared with the local ones, and those that differ are written again.
 *
 * @author Emoncms add-on contributors - Initial contribution
 */
@NonNullByDefault
final class OpenSlots {

    /** As many points of a feed as can be unsettled: the running slot and those within the grace. */
    private static final int MOST_OPEN = 3;
    private static final Duration LONGEST = Duration.ofSeconds(10);
    /** Then nothing is corrected of what may have been shown before the start; the points are compared all the same. */
    private static final int MOST_ATTEMPTS = 6;
    private static final long NONE = Long.MAX_VALUE;

    /**
     * @param npoints of the remote feed as far as they come from here
     * @param first the first remote point of these that may not be final
     * @param written what was written last
     * @param isClear whether it is known to be there
     */
    private record Shown(int remoteId, long npoints, long first, List<TimedPoint> written, boolean isClear) {

        /** The first point that may not be final of so many; what others have added may not. */
        long first(long remotePoints) {
            return remotePoints > npoints ? Math.min(first, npoints) : first;
        }
    }

    /** Emoncms starts an empty feed anew with the first point that is written, and a renamed one keeps its id. */
    @FunctionalInterface
    interface Listing {

        /** Lists the remote side if that was not done in this cycle. */
        void require() throws ProblemException, InterruptedException;
    }

    /** Both sides of a feed whose open slots may be shown. */
    private record Sides(LocalFeed local, ListedFeed.Usable there) {

        ListedFeed.Usable here() {
            return local.feed();
        }

        long settled() {
            return local.settledPoints();
        }

        long remotePoints() {
            return there.meta().npoints();
        }
    }

    private final Logger logger = LoggerFactory.getLogger(OpenSlots.class);

    private final boolean isEnabled;
    private final Clock clock;
    private final Map<FeedIdentity, Shown> shown = new HashMap<>();
    /** How often the last points of a feed could not be fetched. */
    private final Map<FeedIdentity, Integer> attempts = new HashMap<>();
    /** Feeds of which that was given up: what is there may be anybody's. */
    private final Set<FeedIdentity> uncompared = new HashSet<>();

    OpenSlots(boolean isEnabled, Clock clock) {
        this.isEnabled = isEnabled;
        this.clock = clock;
    }

    boolean isEnabled() {
        return isEnabled;
    }

    /**
     * The remote feed as it would be without points that may not be final.
     *
     * @param isSelected whether the feed's open slots are shown
     */
    @Nullable
    ListedFeed withoutOpen(@Nullable LocalFeed local, @Nullable ListedFeed remote, boolean isSelected) {
        if (!isEnabled || local == null || !(remote instanceof ListedFeed.Usable there) || isAhead(local, there)) {
            return remote;
        }
        Shown open = shown.get(there.identity());
        if (open == null || open.remoteId() != there.id()) {
            return isSelected && isSameStart(local, there)
                    ? there.withMeta(there.meta().withPoints(firstDoubtful(there.meta().npoints())))
                    : remote;
        }
        long first = open.first(there.meta().npoints());
        return there.meta().npoints() > first ? there.withMeta(there.meta().withPoints(first)) : remote;
    }

    private static long firstDoubtful(long npoints) {
        return Math.max(0, npoints - MOST_OPEN);
    }

    /**
     * Whether nothing may be uploaded behind the remote points before some of them were written again.
     *
     * @param isSelected whether the feed's open slots are shown
     */
    boolean isHeldBack(LocalFeed local, ListedFeed.Usable there, boolean isSelected) {
        Shown open = shown.get(there.identity());
        if (isEnabled && open == null) {
            return isSelected && isSameStart(local, there);
        }
        long settledThere = Math.min(local.settledPoints(), there.meta().npoints());
        long first = open == null ? NONE : open.first(there.meta().npoints());
        return isEnabled && open != null && open.remoteId() == there.id() && first < settledThere
                && !(first == settledThere - 1 && isMissing(open, settledThere - 1));
    }

    /** Settled points have arrived. */
    void uploaded(ListedFeed.Usable there, long npoints) {
        shown.computeIfPresent(there.identity(),
                (feed, open) -> open.remoteId() == there.id()
                        ? new Shown(open.remoteId(), npoints, open.first(), open.written(), open.isClear())
                        : open);
    }

    /** Such a point can be written when it is not the last one any more. */
    private static boolean isMissing(Shown open, long index) {
        return open.written().stream().anyMatch(point -> point.index() == index && Float.isNaN(point.value()));
    }

    /** Writes points again that have settled since they were shown. */
    void correct(TwoSides sides, LocalFeedStore local, RemoteFeedStore remote, Listing listing,
            UploadCycle.Control control) throws ProblemException, InterruptedException {
        List<FeedIdentity> feeds = sides.uploadable().stream()
                .filter(feed -> sides.isSelected(feed) || shown.containsKey(feed)).toList();
        forEach(feeds, sides, control, feed -> track(feed, local, remote));
        forEach(feeds, sides, control, feed -> {
            Shown open = shown.get(feed.there().identity());
            if (open != null && open.first(feed.remotePoints()) < Math.min(feed.settled(), feed.remotePoints())) {
                write(sides, local, remote, listing, feed, open, feed.remotePoints());
            }
        });
    }

    /** Writes what has not settled, of the feeds of which all that has is there. */
    void show(TwoSides sides, LocalFeedStore local, RemoteFeedStore remote, Listing listing,
            UploadCycle.Control control) throws ProblemException, InterruptedException {
        forEach(sides.selected(), sides, control, feed -> {
            Shown open = shown.get(feed.there().identity());
            long end = Math.min(feed.here().meta().npoints(), feed.settled() + MOST_OPEN);
            boolean isSame = sides.compare(feed.there().identity()).state() == SyncState.SAME;
            if (open != null && end > feed.settled() && isSame) {
                write(sides, local, remote, listing, feed, open, end);
            }
        });
    }

    @FunctionalInterface
    private interface Step {

        void take(Sides feed) throws ProblemException, InterruptedException;
    }

    /** A failure ends nothing but this use of the server in this cycle. */
    private void forEach(List<FeedIdentity> feeds, TwoSides sides, UploadCycle.Control control, Step step)
            throws ProblemException, InterruptedException {
        Instant start = clock.instant();
        for (FeedIdentity feed : isEnabled ? feeds : List.<FeedIdentity> of()) {
            LocalFeed here = sides.local(feed);
            if (here == null || !(sides.book().get(feed) instanceof ListedFeed.Usable there)
                    || !isSameStart(here, there)) {
                shown.remove(feed);
                continue;
            }
            if (isAhead(here, there)) {
                continue;
            }
            if (control.isInterrupted() || control.batchBytes() == 0 || clock.instant().isAfter(start.plus(LONGEST))) {
                return;
            }
            try {
                step.take(new Sides(here, there));
            } catch (ProblemException e) {
                logger.debug("Open slots of {}: {}", feed, e.problem());
                ProblemKind kind = e.problem().kind();
                if (kind.remedy() == ProblemKind.Remedy.ACT || kind.remedy() == ProblemKind.Remedy.WAIT) {
                    throw e;
                }
                if (isOfServer(kind)) {
                    return;
                }
            }
        }
    }

    /** Whether others fail as well, so that trying each would take long. */
    static boolean isOfServer(ProblemKind kind) {
        return switch (kind) {
            case TIMEOUT, CONNECTION_LOST, NO_CONNECTION, UNKNOWN_HOST -> true;
            default -> false;
        };
    }

    private static boolean isSameStart(LocalFeed local, ListedFeed.Usable there) {
        FeedMeta meta = local.feed().meta();
        return local.feed().engine() == Engine.PHPFINA && there.engine() == Engine.PHPFINA && !there.meta().isEmpty()
                && meta.withPoints(0).equals(there.meta().withPoints(0));
    }

    /** Somebody else writes there. */
    private static boolean isAhead(LocalFeed local, ListedFeed.Usable there) {
        return there.meta().npoints() > local.feed().meta().npoints();
    }

    /** Whether the server has open slots; those that were not shown were uploaded while the clock was ahead. */
    private static boolean isEarly(Sides feed) {
        long unsettled = feed.remotePoints() - feed.settled();
        return unsettled > 0 && unsettled <= MOST_OPEN;
    }

    /**
     * Finds out what the last remote points are, of a feed that is seen for the first time or was left in doubt, and
     * which of them were taken for settled too early.
     */
    private void track(Sides feed, LocalFeedStore local, RemoteFeedStore remote)
            throws ProblemException, InterruptedException {
        FeedIdentity identity = feed.there().identity();
        Shown open = shown.get(identity);
        boolean isKnown = open != null && open.remoteId() == feed.there().id()
                && (open.first() == NONE || open.first() <= feed.remotePoints());
        if (open == null || !isKnown) {
            attempts.merge(identity, 1, Integer::sum);
            long from = firstDoubtful(feed.remotePoints());
            boolean isGivenUp = attempts.getOrDefault(identity, 0) > MOST_ATTEMPTS;
            long first = isGivenUp ? NONE : firstDifferent(feed, local, remote, from, true);
            attempts.remove(identity);
            if (isGivenUp) {
                uncompared.add(identity);
            } else {
                uncompared.remove(identity);
            }
            shown.put(identity, new Shown(feed.there().id(), feed.remotePoints(), first, List.of(), true));
        } else if (!open.isClear() && open.first() < Math.min(feed.settled(), feed.remotePoints())) {
            long first = firstDifferent(feed, local, remote, open.first(), false);
            shown.put(identity, new Shown(open.remoteId(), open.npoints(), first, List.of(), true));
        } else if (isEarly(feed) && open.first() > feed.settled() && !uncompared.contains(identity)) {
            shown.put(identity,
                    new Shown(open.remoteId(), open.npoints(), feed.settled(), open.written(), open.isClear()));
        }
    }

    /**
     * @param keeps whether the remote values that differ are kept here
     * @return the first remote point from there on that is another one or may still change
     */
    private long firstDifferent(Sides feed, LocalFeedStore local, RemoteFeedStore remote, long from, boolean keeps)
            throws ProblemException, InterruptedException {
        List<TimedPoint> here = read(local, feed.here(), from, feed.remotePoints());
        ByteBuffer values = LittleEndian.allocate(here.size() * Float.BYTES);
        remote.read(feed.there(), from * Float.BYTES, values);
        long first = feed.remotePoints() > feed.settled() ? Math.max(from, feed.settled()) : NONE;
        List<ReplacedPoint> replaced = new ArrayList<>();
        for (int i = here.size() - 1; i >= 0; i--) {
            TimedPoint point = here.get(i);
            float value = values.getFloat(i * Float.BYTES);
            if (Float.floatToIntBits(value) != Float.floatToIntBits(point.value())) {
                first = Math.min(first, point.index());
                replaced.add(0, new ReplacedPoint(point.time(), value, point.value()));
            }
        }
        if (keeps && !replaced.isEmpty()) {
            local.replacedPoints().keep(feed.there().identity(), clock.instant(), replaced);
        }
        return first;
    }

    /**
     * @param end the first point that is not written
     */
    private void write(TwoSides sides, LocalFeedStore local, RemoteFeedStore remote, Listing listing, Sides feed,
            Shown open, long end) throws ProblemException, InterruptedException {
        ListedFeed.Usable there = feed.there();
        long settled = feed.settled();
        long npoints = feed.remotePoints();
        long from = Math.min(open.first(npoints), settled);
        List<TimedPoint> points = withoutPadding(read(local, feed.here(), from, end), npoints);
        if (points.isEmpty() || points.equals(open.written()) && from >= settled && npoints <= open.npoints()) {
            return;
        }
        listing.require();
        if (!there.equals(sides.book().get(there.identity()))) {
            return;
        }
        shown.put(there.identity(), new Shown(there.id(), npoints, points.get(0).index(), points, false));
        List<TimedPoint> unwritten = remote.put(there, points);
        long held = Math.max(npoints, points.get(points.size() - 1).index() + 1);
        long first = held > settled ? settled : NONE;
        for (TimedPoint point : unwritten) {
            first = isThere(remote, there, point) ? first : Math.min(first, point.index());
        }
        shown.put(there.identity(), new Shown(there.id(), held, first, points, true));
        sides.book().put(there.withMeta(there.meta().withPoints(held)));
        sides.report(there.identity());
    }

    private static boolean isThere(RemoteFeedStore remote, ListedFeed.Usable there, TimedPoint point)
            throws ProblemException, InterruptedException {
        ByteBuffer value = LittleEndian.allocate(Float.BYTES);
        remote.read(there, point.index() * Float.BYTES, value);
        return Float.floatToIntBits(value.getFloat(0)) == Float.floatToIntBits(point.value());
    }

    /** A missing value cannot be appended. */
    private static List<TimedPoint> withoutPadding(List<TimedPoint> points, long npoints) {
        for (int i = 0; i < points.size(); i++) {
            if (points.get(i).index() >= npoints && Float.isNaN(points.get(i).value())) {
                return points.subList(0, i);
            }
        }
        return points;
    }

    private static List<TimedPoint> read(LocalFeedStore local, ListedFeed.Usable here, long first, long end)
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
