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

import static org.assertj.core.api.Assertions.assertThat;

import org.eclipse.jdt.annotation.NonNullByDefault;
import org.junit.jupiter.api.Test;
import org.openhab.binding.emoncms.internal.feed.Engine;
import org.openhab.binding.emoncms.internal.feed.FeedIdentity;
import org.openhab.binding.emoncms.internal.feed.FeedMeta;
import org.openhab.binding.emoncms.internal.feed.ListedFeed;
import org.openhab.binding.emoncms.internal.feed.Problem;
import org.openhab.binding.emoncms.internal.feed.ProblemKind;

/**
 * What is said of a feed, given both sides.
 *
 * @author Emoncms add-on contributors - Initial contribution
 */
@NonNullByDefault
class ComparisonTest {

    private static final FeedIdentity POWER = new FeedIdentity("house", "power");
    private static final long START = 1_700_000_000L;

    private static ListedFeed.Usable feed(Engine engine, long start, long interval, long npoints) {
        return new ListedFeed.Usable(1, POWER, engine, "W", new FeedMeta(start, interval, npoints));
    }

    private static ListedFeed.Usable fina(long start, long interval, long npoints) {
        return feed(Engine.PHPFINA, start, interval, npoints);
    }

    private static LocalFeed local(ListedFeed.Usable feed, long settledPoints) {
        return new LocalFeed(feed, settledPoints, null);
    }

    private static LocalFeed localPoints(long npoints, long settledPoints) {
        return local(fina(START, 10, npoints), settledPoints);
    }

    private static Comparison compare(LocalFeed local, ListedFeed remote) {
        return Comparison.of(local, null, remote);
    }

    @Test
    void sameWhenTheRemoteHasAllSettledPoints() {
        assertThat(compare(localPoints(100, 99), fina(START, 10, 99)))
                .isEqualTo(new Comparison(SyncState.SAME, 0, null));
    }

    @Test
    void remoteAheadWhenItHasAPointThatMayStillChangeHere() {
        assertThat(compare(localPoints(100, 99), fina(START, 10, 100)).state()).isEqualTo(SyncState.REMOTE_AHEAD);
    }

    @Test
    void localAheadBySettledPointsOnly() {
        assertThat(compare(localPoints(100, 99), fina(START, 10, 60)))
                .isEqualTo(new Comparison(SyncState.LOCAL_AHEAD, 39, null));
    }

    @Test
    void localAheadOfAnEmptyRemoteWhateverItsInterval() {
        assertThat(compare(localPoints(100, 99), fina(0, 30, 0)))
                .isEqualTo(new Comparison(SyncState.LOCAL_AHEAD, 99, null));
    }

    @Test
    void remoteAheadWhenItHasMorePointsThanThereAreHere() {
        assertThat(compare(localPoints(100, 99), fina(START, 10, 101)).state()).isEqualTo(SyncState.REMOTE_AHEAD);
    }

    @Test
    void remoteAheadOfAnEmptyLocalFeed() {
        assertThat(compare(local(fina(0, 10, 0), 0), fina(START, 10, 5)).state()).isEqualTo(SyncState.REMOTE_AHEAD);
    }

    @Test
    void sameWhenBothAreEmpty() {
        assertThat(compare(local(fina(0, 10, 0), 0), fina(0, 10, 0)).state()).isEqualTo(SyncState.SAME);
    }

    @Test
    void localOnlyWithAllSettledPointsPending() {
        assertThat(Comparison.of(localPoints(100, 99), null, null))
                .isEqualTo(new Comparison(SyncState.LOCAL_ONLY, 99, null));
    }

    @Test
    void remoteOnly() {
        assertThat(Comparison.of(null, null, fina(START, 10, 5)).state()).isEqualTo(SyncState.REMOTE_ONLY);
    }

    @Test
    void absentOnBothSides() {
        assertThat(Comparison.of(null, null, null).state()).isEqualTo(SyncState.ABSENT);
    }

    @Test
    void differentIntervalIsSaidBeforeDifferentStart() {
        assertThat(compare(localPoints(100, 99), fina(START + 60, 30, 5))).isEqualTo(
                new Comparison(SyncState.DIFFERENT_INTERVAL, 0, Problem.of(ProblemKind.DIFFERENT_INTERVAL, 10, 30)));
    }

    @Test
    void differentStartEvenIfTheNumberOfPointsAgrees() {
        assertThat(compare(localPoints(100, 99), fina(START + 10, 10, 99)))
                .isEqualTo(new Comparison(SyncState.DIFFERENT_START, 0,
                        Problem.of(ProblemKind.DIFFERENT_START, "2023-11-14T22:13:20Z", "2023-11-14T22:13:30Z")));
    }

    @Test
    void differentEngineEvenIfTheRemoteIsEmpty() {
        assertThat(compare(localPoints(100, 99), feed(Engine.PHPTIMESERIES, 0, 0, 0)).state())
                .isEqualTo(SyncState.DIFFERENT_ENGINE);
    }

    @Test
    void differentEngineWhenTheRemoteIsAVirtualFeed() {
        Problem virtual = Problem.of(ProblemKind.ENGINE_UNSUPPORTED, 7);

        assertThat(compare(localPoints(100, 99), new ListedFeed.Unusable(1, POWER, virtual)))
                .isEqualTo(new Comparison(SyncState.DIFFERENT_ENGINE, 0, virtual));
    }

    @Test
    void parkedWhenTheAccountHasTwoFeedsOfTheName() {
        Problem twice = Problem.of(ProblemKind.FEED_NAME_TWICE, POWER);

        assertThat(compare(localPoints(100, 99), new ListedFeed.Unusable(1, POWER, twice)))
                .isEqualTo(new Comparison(SyncState.PARKED, 0, twice));
    }

    @Test
    void unreadableWhateverTheRemoteHas() {
        Problem damaged = Problem.of(ProblemKind.META_DAMAGED, "1.meta", 15, 16);

        assertThat(Comparison.of(null, damaged, fina(START, 10, 5)))
                .isEqualTo(new Comparison(SyncState.UNREADABLE, 0, damaged));
    }
}
