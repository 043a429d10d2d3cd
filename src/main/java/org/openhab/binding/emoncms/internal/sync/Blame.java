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

import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.eclipse.jdt.annotation.NonNullByDefault;
import org.eclipse.jdt.annotation.Nullable;
import org.openhab.binding.emoncms.internal.feed.FeedIdentity;
import org.openhab.binding.emoncms.internal.feed.Problem;
import org.openhab.binding.emoncms.internal.feed.ProblemException;
import org.openhab.binding.emoncms.internal.store.Segment;

/**
 * Finds out, over as many cycles as it takes, who is to blame when uploads fail and the server names no feed: batches
 * become smaller until a feed fails alone. Such a suspect waits until all others were tried. If it fails again although
 * others were uploaded in the same cycle or since, it is parked; if nothing at all can be uploaded, the server has
 * failed.
 *
 * @author Emoncms add-on contributors - Initial contribution
 */
@NonNullByDefault
final class Blame {

    private static final int FAILURES_TO_CONVICT = 2;
    private static final int MAX_FAILURES_IN_A_ROW = 6;
    private static final int SUCCESSES_BETWEEN_TRIES = 4;

    /**
     * @param failures how often it failed alone
     * @param successesBefore {@link #successes} at the start of the cycle in which it did so first
     * @param successesThen those when it did so last
     */
    private record Suspect(Problem problem, int failures, long successesBefore, long successesThen) {
    }

    /** A batch of which no answer came, and what came instead. */
    record Abandoned(List<Segment> batch, Problem problem) {
    }

    private final ParkedFeeds parked;
    private final BatchLimits limits;
    private final Map<FeedIdentity, Suspect> suspects = new HashMap<>();
    private @Nullable Abandoned abandoned;
    private long successes;
    private long successesBeforeCycle;
    private int failuresInARow;

    Blame(ParkedFeeds parked, BatchLimits limits) {
        this.parked = parked;
        this.limits = limits;
    }

    void beginCycle() {
        successesBeforeCycle = successes;
    }

    /** Points of the feed have arrived. */
    void arrived(FeedIdentity feed) {
        forget(feed);
        successes++;
        failuresInARow = 0;
    }

    /** Starts anew with the feed. */
    void forget(FeedIdentity feed) {
        suspects.remove(feed);
        parked.release(feed);
    }

    void forgetAll() {
        suspects.clear();
        parked.releaseAll();
    }

    /** Whether the feed goes alone, once others have had their turn. */
    boolean isSuspect(FeedIdentity feed) {
        return suspects.containsKey(feed);
    }

    /** Whether all that was sent has arrived, as far as is known. */
    boolean isClear() {
        return failuresInARow == 0;
    }

    /** Only the next list can tell what became of the batch. */
    void abandon(List<Segment> batch, Problem problem) {
        abandoned = new Abandoned(batch, problem);
    }

    @Nullable
    Abandoned takeAbandoned() {
        Abandoned taken = abandoned;
        abandoned = null;
        return taken;
    }

    /**
     * These segments were sent and have not arrived.
     *
     * @throws ProblemException if too much has failed in a row
     */
    void unclear(List<Segment> missing, Problem problem) throws ProblemException {
        if (missing.size() > 1) {
            limits.shrinkFeeds(missing.size());
        } else if (isConvicted(missing.get(0).target().identity(), problem)) {
            return;
        }
        failuresInARow++;
        if (failuresInARow >= MAX_FAILURES_IN_A_ROW) {
            failuresInARow = 0;
            throw new ProblemException(problem);
        }
    }

    private boolean isConvicted(FeedIdentity feed, Problem problem) {
        Suspect before = suspects.get(feed);
        Suspect suspect = before == null ? new Suspect(problem, 1, successesBeforeCycle, successes)
                : new Suspect(problem, before.failures() + 1, before.successesBefore(), successes);
        boolean again = suspect.failures() >= FAILURES_TO_CONVICT && successes > suspect.successesBefore();
        if (again || parked.wasParked(feed)) {
            suspects.remove(feed);
            parked.park(feed, problem);
            return true;
        }
        suspects.put(feed, suspect);
        return false;
    }

    /**
     * The feeds of those with points to upload that may be in the next batch: all that are not suspect, else one that
     * is. One that is has its turn too, alone, when some others have arrived since it failed.
     *
     * @throws ProblemException if there are only suspects, and each has had its chances
     */
    List<FeedIdentity> candidates(List<FeedIdentity> pending) throws ProblemException {
        for (FeedIdentity feed : pending) {
            Suspect suspect = suspects.get(feed);
            if (suspect != null && successes - suspect.successesThen() >= SUCCESSES_BETWEEN_TRIES) {
                return List.of(feed);
            }
        }
        List<FeedIdentity> unsuspected = pending.stream().filter(feed -> !suspects.containsKey(feed)).toList();
        if (!unsuspected.isEmpty() || pending.isEmpty()) {
            return unsuspected;
        }
        for (FeedIdentity feed : pending) {
            Suspect suspect = suspects.get(feed);
            if (suspect == null || suspect.failures() < FAILURES_TO_CONVICT || successes > suspect.successesBefore()) {
                return List.of(feed);
            }
        }
        Suspect any = suspects.get(pending.get(0));
        suspects.clear();
        if (any == null) {
            return pending;
        }
        throw new ProblemException(any.problem());
    }
}
