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

import org.eclipse.jdt.annotation.NonNullByDefault;
import org.eclipse.jdt.annotation.Nullable;
import org.openhab.binding.emoncms.internal.feed.Engine;
import org.openhab.binding.emoncms.internal.feed.FeedMeta;
import org.openhab.binding.emoncms.internal.feed.ListedFeed;
import org.openhab.binding.emoncms.internal.feed.Problem;
import org.openhab.binding.emoncms.internal.feed.ProblemKind;

/**
 * What both sides of one feed say, without a look at the points.
 *
 * @param pendingPoints settled local points that the remote feed lacks and may get
 * @param problem why the feed cannot be synchronised, if it cannot
 *
 * @author Emoncms add-on contributors - Initial contribution
 */
@NonNullByDefault
record Comparison(SyncState state, long pendingPoints, @Nullable Problem problem) {

    private Comparison(SyncState state) {
        this(state, 0, null);
    }

    /**
     * @param local null if there is none; its file may be unusable
     * @param remote null if there is none
     */
    static Comparison of(@Nullable LocalFeed local, @Nullable Problem localProblem, @Nullable ListedFeed remote) {
        if (localProblem != null) {
            return new Comparison(SyncState.UNREADABLE, 0, localProblem);
        }
        if (remote instanceof ListedFeed.Unusable unusable) {
            return new Comparison(
                    unusable.problem().kind() == ProblemKind.ENGINE_UNSUPPORTED ? SyncState.DIFFERENT_ENGINE
                            : SyncState.PARKED,
                    0, unusable.problem());
        }
        if (local == null) {
            return new Comparison(remote == null ? SyncState.ABSENT : SyncState.REMOTE_ONLY);
        }
        return remote instanceof ListedFeed.Usable usable ? compare(local, usable)
                : new Comparison(SyncState.LOCAL_ONLY, local.settledPoints(), null);
    }

    private static Comparison compare(LocalFeed local, ListedFeed.Usable remote) {
        FeedMeta here = local.feed().meta();
        FeedMeta there = remote.meta();
        if (local.feed().engine() != remote.engine()) {
            return different(SyncState.DIFFERENT_ENGINE, ProblemKind.DIFFERENT_ENGINE, local.feed().engine().title(),
                    remote.engine().title());
        }
        if (here.isEmpty()) {
            return new Comparison(there.isEmpty() ? SyncState.SAME : SyncState.REMOTE_AHEAD);
        }
        if (!there.isEmpty()) {
            if (remote.engine() == Engine.PHPFINA && here.intervalSeconds() != there.intervalSeconds()) {
                return different(SyncState.DIFFERENT_INTERVAL, ProblemKind.DIFFERENT_INTERVAL, here.intervalSeconds(),
                        there.intervalSeconds());
            }
            if (here.startTime() != there.startTime()) {
                return different(SyncState.DIFFERENT_START, ProblemKind.DIFFERENT_START,
                        Instant.ofEpochSecond(here.startTime()), Instant.ofEpochSecond(there.startTime()));
            }
        }
        long pendingPoints = local.settledPoints() - there.npoints();
        if (pendingPoints > 0) {
            return new Comparison(SyncState.LOCAL_AHEAD, pendingPoints, null);
        }
        return new Comparison(pendingPoints == 0 ? SyncState.SAME : SyncState.REMOTE_AHEAD);
    }

    private static Comparison different(SyncState state, ProblemKind kind, Object here, Object there) {
        return new Comparison(state, 0, Problem.of(kind, here, there));
    }
}
