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

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

import org.eclipse.jdt.annotation.NonNullByDefault;
import org.eclipse.jdt.annotation.Nullable;
import org.openhab.binding.emoncms.internal.feed.Engine;
import org.openhab.binding.emoncms.internal.feed.FeedIdentity;
import org.openhab.binding.emoncms.internal.feed.ListedFeed;
import org.openhab.binding.emoncms.internal.feed.Problem;
import org.openhab.binding.emoncms.internal.feed.ProblemException;
import org.openhab.binding.emoncms.internal.feed.ProblemKind;
import org.openhab.binding.emoncms.internal.store.RemoteFeedStore;
import org.openhab.binding.emoncms.internal.store.ReplacedPoint;
import org.openhab.binding.emoncms.internal.store.TimedPoint;

/**
 * Makes the remote points that differ equal to the local ones, among the settled points that both sides have. The
 * remote values are kept in a file of this side before they are overwritten.
 * <p>
 * Emoncms finds a PHPTimeSeries record by its time: where the times of both sides differ, or those of the remote feed
 * are not in order, nothing is written.
 *
 * @author Emoncms add-on contributors - Initial contribution
 */
@NonNullByDefault
final class Repair implements FeedJob {

    private static final int POINTS_AT_ONCE = 10_000;
    private static final int MOST_CHANGES_TOLD = 1000;

    private final FeedIdentity feed;
    private final boolean isDryRun;
    private final List<PointChange> told = new ArrayList<>();
    private long next = -1;
    private long first;
    private long differing;
    private long impossible;
    private boolean isInOrder;
    private Instant start = Instant.EPOCH;

    Repair(FeedIdentity feed, boolean isDryRun) {
        this.feed = feed;
        this.isDryRun = isDryRun;
    }

    @Override
    public FeedIdentity feed() {
        return feed;
    }

    @Override
    public @Nullable JobReport run(Context context) throws ProblemException, InterruptedException {
        TwoSides sides = context.sides();
        if (!isDryRun) {
            context.requireActive();
        }
        if (next < 0) {
            sides.book().relist(context.remote());
        }
        LocalFeed local = sides.local(feed);
        if (local == null || !(sides.book().get(feed) instanceof ListedFeed.Usable there)
                || !sides.isComparable(feed)) {
            throw new ProblemException(Problem.of(ProblemKind.NOT_COMPARABLE, feed));
        }
        ListedFeed.Usable here = local.feed();
        long end = Math.min(local.settledPoints(), there.meta().npoints());
        if (next < 0) {
            start = context.clock().instant();
            next = firstDifference(context, here, there, end);
            first = next;
            isInOrder = here.engine() == Engine.PHPFINA || next == end || isInOrder(context.remote(), there);
        }
        while (next < end) {
            if (!context.goesOn().getAsBoolean()) {
                return null;
            }
            repairSome(context, here, there, end);
        }
        boolean isSame = isDryRun ? differing == 0 : isSameNow(context, here, there, end);
        return new JobReport.Repaired(isDryRun, differing, impossible, List.copyOf(told), isSame);
    }

    /** Emoncms seeks a record by its time in all of the feed. */
    private static boolean isInOrder(RemoteFeedStore remote, ListedFeed.Usable there)
            throws ProblemException, InterruptedException {
        TimeOrder order = new TimeOrder();
        remote.export(there, 0, order);
        return order.isStrict();
    }

    private boolean isSameNow(Context context, ListedFeed.Usable here, ListedFeed.Usable there, long end)
            throws ProblemException, InterruptedException {
        Boolean isSame = context.verify().compare(feed);
        if (isSame != null) {
            return isSame;
        }
        PointComparison comparison = new PointComparison(context.local(), here, first, end, 1);
        if (first < end) {
            context.remote().export(there, first * here.engine().pointBytes(), comparison);
        }
        return comparison.next() == end && comparison.differing().isEmpty();
    }

    private static long firstDifference(Context context, ListedFeed.Usable here, ListedFeed.Usable there, long end)
            throws ProblemException, InterruptedException {
        try {
            Difference first = new FirstDifference(context.local(), here, context.remote(), there).find(end);
            return first == null ? end : first.point();
        } catch (ProblemException e) {
            if (e.problem().kind() == ProblemKind.DIGEST_UNSUPPORTED) {
                return 0;
            }
            throw e;
        }
    }

    private void repairSome(Context context, ListedFeed.Usable here, ListedFeed.Usable there, long end)
            throws ProblemException, InterruptedException {
        PointComparison comparison = new PointComparison(context.local(), here, next, end, POINTS_AT_ONCE);
        context.remote().export(there, next * here.engine().pointBytes(), comparison);
        comparison.requireProgress(next);
        List<PointChange> changes = comparison.differing().stream()
                .map(change -> isInOrder ? change : change.impossible()).toList();
        List<PointChange> possible = changes.stream().filter(PointChange::isPossible).toList();
        Set<Long> unwritten = new HashSet<>();
        if (!isDryRun && !possible.isEmpty()) {
            context.local().replacedPoints().keep(feed, start, possible.stream()
                    .map(change -> new ReplacedPoint(change.time().getEpochSecond(), change.remote(), change.local()))
                    .toList());
            context.remote().put(there,
                    possible.stream().map(
                            change -> new TimedPoint(change.index(), change.time().getEpochSecond(), change.local()))
                            .toList())
                    .forEach(point -> unwritten.add(point.index()));
        }
        for (PointChange change : changes) {
            tell(unwritten.contains(change.index()) ? change.impossible() : change);
        }
        next = comparison.next();
    }

    private void tell(PointChange change) {
        differing++;
        impossible += change.isPossible() ? 0 : 1;
        if (told.size() < MOST_CHANGES_TOLD) {
            told.add(change);
        }
    }
}
