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

import java.time.Duration;

import org.eclipse.jdt.annotation.NonNullByDefault;
import org.junit.jupiter.api.Test;

/**
 * The size of batches follows what the link carries.
 *
 * @author Emoncms add-on contributors - Initial contribution
 */
@NonNullByDefault
class BatchLimitsTest {

    private static final int KIBIBYTE = 1 << 10;
    private static final int MEBIBYTE = 1 << 20;
    private static final Duration QUICK = Duration.ofMillis(100);

    private final BatchLimits limits = new BatchLimits(MEBIBYTE);

    private void fullBatch(Duration took) {
        limits.succeeded(limits.bytes(), took);
    }

    private void fullBatches(int count, Duration took) {
        for (int i = 0; i < count; i++) {
            fullBatch(took);
        }
    }

    @Test
    void theFirstBatchIsSmallEnoughForAnyLink() {
        assertThat(limits.bytes()).isEqualTo(64 * KIBIBYTE);
    }

    @Test
    void aLimitBelowTheFirstSizeIsKeptFromTheStart() {
        assertThat(new BatchLimits(10 * KIBIBYTE).bytes()).isEqualTo(10 * KIBIBYTE);
    }

    @Test
    void whatTheServerRefusedIsNotSentAgain() {
        fullBatches(10, QUICK);
        assertThat(limits.tooLarge()).isTrue();
        assertThat(limits.mostBytes()).isEqualTo(limits.bytes()).isEqualTo(MEBIBYTE / 2);
        fullBatches(100, QUICK);
        assertThat(limits.bytes()).isEqualTo(MEBIBYTE / 2);
    }

    @Test
    void afterAQuickBatchTheNextMayBeLarger() {
        fullBatch(Duration.ofMillis(2500));
        assertThat(limits.bytes()).isEqualTo(4 * 64 * KIBIBYTE);
    }

    @Test
    void batchesGrowSixteenTimesAtMostAtOnce() {
        BatchLimits limits = new BatchLimits(64 * MEBIBYTE);
        limits.succeeded(limits.bytes(), Duration.ZERO);
        assertThat(limits.bytes()).isEqualTo(16 * 64 * KIBIBYTE);
    }

    @Test
    void batchesGrowUpToTheLimit() {
        fullBatches(10, QUICK);
        assertThat(limits.bytes()).isEqualTo(MEBIBYTE);
    }

    @Test
    void aBatchThatTakesNeitherLongNorShortIsOfTheRightSize() {
        fullBatch(Duration.ofSeconds(9));
        fullBatch(Duration.ofSeconds(10));
        assertThat(limits.bytes()).isEqualTo(64 * KIBIBYTE);
    }

    @Test
    void afterAFullBatchThatTookLongTheNextIsSmaller() {
        fullBatches(10, QUICK);
        fullBatch(Duration.ofSeconds(20));
        assertThat(limits.bytes()).isEqualTo(MEBIBYTE / 2);
    }

    @Test
    void aSlowAnswerShrinksNoBatchBelowTheFirstSize() {
        fullBatches(10, QUICK);
        fullBatch(Duration.ofHours(1));
        fullBatch(Duration.ofHours(1));
        assertThat(limits.bytes()).isEqualTo(64 * KIBIBYTE);
    }

    @Test
    void aSlowAnswerLeavesASizeBelowTheFirstAsItIs() {
        limits.tooSlow();
        fullBatch(Duration.ofSeconds(30));
        assertThat(limits.bytes()).isEqualTo(32 * KIBIBYTE);
    }

    @Test
    void aSmallBatchSaysNothingWhenItIsQuick() {
        limits.succeeded(limits.bytes() / 2 - 1, QUICK);
        assertThat(limits.bytes()).isEqualTo(64 * KIBIBYTE);
    }

    @Test
    void aSmallBatchSaysNothingWhenItIsSlow() {
        fullBatches(10, QUICK);
        limits.succeeded(MEBIBYTE / 2 - 1, Duration.ofSeconds(40));
        assertThat(limits.bytes()).isEqualTo(MEBIBYTE);
    }

    @Test
    void aTimeOutHalvesTheSize() {
        fullBatches(10, QUICK);
        limits.tooSlow();
        assertThat(limits.bytes()).isEqualTo(MEBIBYTE / 2);
    }

    @Test
    void timeOutsHalveTheSizeDownToTheLeast() {
        for (int i = 0; i < 10; i++) {
            limits.tooSlow();
        }
        assertThat(limits.bytes()).isEqualTo(16 * KIBIBYTE);
    }

    @Test
    void timeOutsDoNotRaiseALimitBelowTheLeast() {
        BatchLimits limits = new BatchLimits(10 * KIBIBYTE);
        limits.tooSlow();
        assertThat(limits.bytes()).isEqualTo(10 * KIBIBYTE);
    }

    @Test
    void afterATimeOutTheSizeStaysForFifteenSuccesses() {
        limits.tooSlow();
        fullBatches(15, QUICK);
        assertThat(limits.bytes()).isEqualTo(32 * KIBIBYTE);
    }

    @Test
    void afterATimeOutTheSizeGrowsWithTheSixteenthSuccess() {
        limits.tooSlow();
        fullBatches(16, QUICK);
        assertThat(limits.bytes()).isGreaterThan(32 * KIBIBYTE);
    }

    @Test
    void aNewTimeOutHasTheGrowthWaitAnew() {
        limits.tooSlow();
        fullBatches(15, QUICK);
        limits.tooSlow();
        fullBatches(15, QUICK);
        assertThat(limits.bytes()).isEqualTo(16 * KIBIBYTE);
    }

    @Test
    void whileTheGrowthWaitsASlowBatchShrinksAllTheSame() {
        fullBatches(10, QUICK);
        limits.tooSlow();
        fullBatch(Duration.ofSeconds(20));
        assertThat(limits.bytes()).isEqualTo(MEBIBYTE / 4);
    }

    @Test
    void aSizeThatTheServerRefusedIsNotTriedAgain() {
        fullBatches(10, QUICK);
        assertThat(limits.tooLarge()).isTrue();
        fullBatches(100, QUICK);
        assertThat(limits.bytes()).isEqualTo(MEBIBYTE / 2);
    }

    @Test
    void aServerThatRefusesTheLeastSizeGetsNoSmallerOne() {
        assertThat(limits.tooLarge()).isTrue();
        assertThat(limits.tooLarge()).isTrue();
        assertThat(limits.bytes()).isEqualTo(16 * KIBIBYTE);
        assertThat(limits.tooLarge()).isFalse();
        assertThat(limits.bytes()).isEqualTo(16 * KIBIBYTE);
    }

    @Test
    void feedsThatWereHalvedComeBackWithSuccesses() {
        int most = limits.feeds();
        limits.shrinkFeeds(8);
        assertThat(limits.feeds()).isEqualTo(4);
        limits.succeeded(1, QUICK);
        assertThat(limits.feeds()).isEqualTo(8);
        for (int i = 0; i < 20; i++) {
            limits.succeeded(1, QUICK);
        }
        assertThat(limits.feeds()).isEqualTo(most);
    }

    @Test
    void aBatchHasAtLeastOneFeed() {
        limits.shrinkFeeds(1);
        assertThat(limits.feeds()).isOne();
    }

    @Test
    void aQuickBatchIsDividedAmongFewFeeds() {
        fullBatch(Duration.ofMillis(5));
        assertThat(limits.shares()).isEqualTo(4);
    }

    @Test
    void theLongerABatchTakesTheMoreFeedsItServes() {
        fullBatch(Duration.ofSeconds(1));
        assertThat(limits.shares()).isEqualTo(100);
        fullBatch(Duration.ofHours(1));
        assertThat(limits.shares()).isEqualTo(limits.feeds());
    }
}
