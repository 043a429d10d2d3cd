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
package org.openhab.binding.emoncms.crash;

import java.util.List;
import java.util.stream.IntStream;

import org.eclipse.jdt.annotation.NonNullByDefault;

/**
 * What there is to do between one start of the killed process and the next: in each round feeds are added on both sides
 * and others become longer.
 *
 * @param round counted from 0
 *
 * @author Emoncms add-on contributors - Initial contribution
 */
@NonNullByDefault
record Workload(int round) {

    /** How many points are recorded at once. */
    static final int RECORDED_AT_ONCE = 100;

    private static final int OFFERED_PER_ROUND = 4;
    private static final int ROUNDS_TO_GROW = 3;
    private static final int SHORT_GROWTH = 700;
    private static final int LONG_GROWTH = 9_000;

    List<CrashFeed> recorded() {
        return IntStream.rangeClosed(0, round + 2).mapToObj(CrashFeed::recorded).toList();
    }

    List<CrashFeed> offered() {
        return IntStream.range(0, (round + 1) * OFFERED_PER_ROUND).mapToObj(CrashFeed::offered).toList();
    }

    /** Whether there is an empty local feed of this name before anything is downloaded. */
    static boolean isMadeBeforehand(CrashFeed offered) {
        return offered.number() % 7 >= 5;
    }

    /** How many points the feed has in the end. */
    long npoints(CrashFeed feed) {
        return feed.isOffered() ? offeredPoints(feed.number()) : 2L * RECORDED_AT_ONCE * (3 + round - feed.number());
    }

    private long offeredPoints(int number) {
        int growths = (round - number / OFFERED_PER_ROUND) / ROUNDS_TO_GROW;
        return 1000 + number * 7919L % 9000 + (long) growths * (number % 3 == 0 ? LONG_GROWTH : SHORT_GROWTH);
    }

    /** Whether the feed was so long in this round or one before it. */
    boolean hasHad(CrashFeed offered, long npoints) {
        return npoints == 0 || IntStream.rangeClosed(offered.number() / OFFERED_PER_ROUND, round)
                .anyMatch(earlier -> new Workload(earlier).npoints(offered) == npoints);
    }
}
