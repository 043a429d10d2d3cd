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
import java.time.Instant;
import java.util.Objects;

import org.eclipse.jdt.annotation.NonNullByDefault;
import org.junit.jupiter.api.Test;
import org.openhab.binding.emoncms.internal.feed.FeedPatterns;
import org.openhab.binding.emoncms.internal.feed.ProblemException;
import org.openhab.binding.emoncms.simulated.AdjustableClock;

/**
 * When the gate opens, so that not all homes call at once, and what passes it.
 *
 * @author Emoncms add-on contributors - Initial contribution
 */
@NonNullByDefault
class UploadGateTest {

    private static final Duration INTERVAL = Duration.ofMinutes(5);
    private static final long BUDGET = 1_000_000;

    private final AdjustableClock clock = new AdjustableClock(Instant.parse("2025-12-16T20:00:00Z"));
    private DataUsage usage = DataUsage.NONE;

    private UploadGate gate(Duration interval, Duration phase, String window, long budget) throws ProblemException {
        return new UploadGate(new SyncSettings(interval, phase, 1 << 20, FeedPatterns.NONE, Duration.ZERO, false,
                UploadWindow.parse(window), budget), () -> usage, clock);
    }

    private UploadGate.Closed closed(UploadGate gate) {
        return Objects.requireNonNull(gate.closed());
    }

    @Test
    void withoutWindowAndBudgetItIsOpen() throws Exception {
        usage = new DataUsage(Long.MAX_VALUE / 4, Long.MAX_VALUE / 4, Long.MAX_VALUE / 4, Long.MAX_VALUE / 4);
        UploadGate gate = gate(INTERVAL, Duration.ZERO, "", SyncSettings.UNLIMITED);
        assertThat(gate.closed()).isNull();
        assertThat(gate.batchBytes()).isGreaterThan(1 << 30);
    }

    @Test
    void aWindowOpensWithThePhaseOfTheHome() throws Exception {
        UploadGate gate = gate(INTERVAL, Duration.ofSeconds(42), "01:00-05:00", SyncSettings.UNLIMITED);
        assertThat(closed(gate)).isEqualTo(new UploadGate.Closed(Instant.parse("2025-12-17T01:00:42Z"), false));
    }

    @Test
    void aPhaseIsLessThanAMinute() throws Exception {
        UploadGate gate = gate(INTERVAL, Duration.ofSeconds(60 + 60 + 7), "01:00-05:00", SyncSettings.UNLIMITED);
        assertThat(closed(gate).until()).isEqualTo("2025-12-17T01:00:07Z");
    }

    @Test
    void aPhaseIsLessThanAnInterval() throws Exception {
        UploadGate gate = gate(Duration.ofSeconds(10), Duration.ofSeconds(9), "01:00-05:00", SyncSettings.UNLIMITED);
        assertThat(closed(gate).until()).isEqualTo("2025-12-17T01:00:09Z");
    }

    @Test
    void aNewMonthBeginsWithThePhaseOfTheHome() throws Exception {
        usage = new DataUsage(0, 0, BUDGET, 0);
        UploadGate gate = gate(INTERVAL, Duration.ofSeconds(42), "", BUDGET);
        assertThat(closed(gate)).isEqualTo(new UploadGate.Closed(Instant.parse("2026-01-01T00:00:42Z"), true));
    }

    @Test
    void aNewMonthWaitsForTheWindowToo() throws Exception {
        usage = new DataUsage(0, 0, BUDGET, 0);
        UploadGate gate = gate(INTERVAL, Duration.ofSeconds(42), "04:00-05:00", BUDGET);
        assertThat(closed(gate)).isEqualTo(new UploadGate.Closed(Instant.parse("2026-01-01T04:00:42Z"), true));
    }

    @Test
    void aSpentBudgetGoesBeforeTheWindow() throws Exception {
        usage = new DataUsage(0, 0, BUDGET / 2, BUDGET / 2);
        assertThat(closed(gate(INTERVAL, Duration.ZERO, "01:00-05:00", BUDGET)).isBudget()).isTrue();
    }

    @Test
    void moreThanTheBudgetIsSpentToo() throws Exception {
        usage = new DataUsage(0, 0, BUDGET, BUDGET);
        UploadGate gate = gate(INTERVAL, Duration.ZERO, "", BUDGET);
        assertThat(closed(gate).isBudget()).isTrue();
        assertThat(gate.batchBytes()).isPositive();
    }

    @Test
    void aBatchLeavesRoomForWhatGoesWithIt() throws Exception {
        usage = new DataUsage(0, 0, BUDGET - 50_000, 0);
        UploadGate gate = gate(INTERVAL, Duration.ZERO, "", BUDGET);
        assertThat(gate.closed()).isNull();
        assertThat(gate.batchBytes()).isBetween(38_000, 40_000);
    }

    @Test
    void whatIsUsedTodayDoesNotCountTwice() throws Exception {
        usage = new DataUsage(BUDGET / 2, BUDGET / 2, BUDGET / 4, BUDGET / 4);
        assertThat(gate(INTERVAL, Duration.ZERO, "", BUDGET).closed()).isNull();
    }
}
