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

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.eclipse.jdt.annotation.NonNullByDefault;
import org.eclipse.jdt.annotation.Nullable;
import org.openhab.binding.emoncms.internal.feed.FeedIdentity;
import org.openhab.binding.emoncms.internal.feed.Problem;
import org.openhab.binding.emoncms.internal.feed.ProblemException;
import org.openhab.binding.emoncms.internal.store.Segment;

/**
 * Finds out, within a cycle, who is to blame when a batch fails and the server names no feed: makes the batches smaller
 * until a feed fails alone, and in the end compares with how the others fared.
 *
 * @author Emoncms add-on contributors - Initial contribution
 */
@NonNullByDefault
final class Blame {

    private static final int MAX_FAILURES_IN_A_ROW = 6;

    private final TwoSides sides;
    private final BatchLimits limits;
    private final Map<FeedIdentity, Problem> suspects = new LinkedHashMap<>();
    private @Nullable Problem last;
    private boolean succeeded;
    private int failuresInARow;

    Blame(TwoSides sides, BatchLimits limits) {
        this.sides = sides;
        this.limits = limits;
    }

    /** Points of a feed have arrived. */
    void succeeded() {
        succeeded = true;
        failuresInARow = 0;
    }

    /**
     * These segments have not arrived. A feed that fails alone is set aside, the second time in a row.
     *
     * @throws ProblemException if too many batches have failed in a row
     */
    void unclear(List<Segment> missing, Problem problem) throws ProblemException {
        last = problem;
        failuresInARow++;
        if (failuresInARow >= MAX_FAILURES_IN_A_ROW) {
            throw new ProblemException(problem);
        }
        if (missing.size() > 1) {
            limits.shrinkFeeds(missing.size());
        } else if (failuresInARow > 1) {
            FeedIdentity feed = missing.get(0).target().identity();
            sides.setAside(feed);
            suspects.put(feed, problem);
        }
    }

    /**
     * Parks the feeds that failed while others were uploaded; when none was, only those that had been parked before.
     *
     * @throws ProblemException if the server may be to blame instead
     */
    void judge() throws ProblemException {
        Problem problem = last;
        boolean knownCulprits = !suspects.isEmpty() && suspects.keySet().stream().allMatch(sides.parked()::wasParked);
        if (problem != null && !succeeded && !knownCulprits) {
            throw new ProblemException(problem);
        }
        suspects.forEach(sides.parked()::park);
    }
}
