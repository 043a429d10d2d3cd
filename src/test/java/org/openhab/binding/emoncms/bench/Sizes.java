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

import org.eclipse.jdt.annotation.NonNullByDefault;

/**
 * ---
 * How much is measured.
 *
 * @param bulkFeeds of the bulk upload
 * @param bulkPoints of each of them
 * @param longPoints of each of them, for the CPU time
 * @param fewFeeds, manyFeeds in sync, and listed
 * @param cycles with nothing to do
 * @param grownFeeds that get some new points each
 * @param yearPoints of a large feed
 * @param things of the start
 * @param slowPoints that go over the slow link
 *
 * @author Emoncms add-on contributors - Initial contribution
 */
@NonNullByDefault
record Sizes(int bulkFeeds, int bulkPoints, int longPoints, int fewFeeds, int manyFeeds, int cycles, int grownFeeds,
        int yearPoints, int things, int slowPoints) {

    static final int DAY_POINTS = 8640;

    private static final Sizes FULL = new Sizes(100, 30 * DAY_POINTS, 90 * DAY_POINTS, 1000, 10_000, 100, 1000,
            365 * DAY_POINTS, 1000, 30 * DAY_POINTS);
    private static final Sizes QUICK = new Sizes(10, 10 * DAY_POINTS, 20 * DAY_POINTS, 100, 500, 20, 100,
            60 * DAY_POINTS, 100, 5 * DAY_POINTS);

    static Sizes of(boolean quick) {
        return quick ? QUICK : FULL;
    }
}
