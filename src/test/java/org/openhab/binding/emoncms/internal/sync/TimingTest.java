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
import java.util.Random;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

import org.eclipse.jdt.annotation.NonNullByDefault;
import org.junit.jupiter.api.Test;
import org.openhab.binding.emoncms.internal.feed.ProblemKind.Remedy;

/**
 * When the next cycle runs: by the schedule, and after a failure.
 *
 * @author Emoncms add-on contributors - Initial contribution
 */
@NonNullByDefault
class TimingTest {

    private static final Duration INTERVAL = Duration.ofMinutes(5);
    private static final RandomGenerator LONGEST = new Random() {

        private static final long serialVersionUID = 1L;

        @Override
        public long nextLong(long bound) {
            return bound - 1;
        }
    };

    @Test
    void aCycleRunsOnceAnIntervalAtItsPhase() {
        UploadSchedule schedule = new UploadSchedule(INTERVAL, Duration.ofSeconds(17));
        Instant first = schedule.next(Instant.parse("2026-03-01T12:00:00Z"));

        assertThat(first).isEqualTo("2026-03-01T12:00:17Z");
        assertThat(schedule.next(first)).isEqualTo("2026-03-01T12:05:17Z");
        assertThat(schedule.next(first.plusMillis(1))).isEqualTo("2026-03-01T12:05:17Z");
    }

    @Test
    void theNextCycleIsNeverNow() {
        UploadSchedule schedule = new UploadSchedule(Duration.ofSeconds(10), Duration.ZERO);
        Instant on = Instant.ofEpochSecond(1_700_000_000L);

        assertThat(schedule.next(on)).isEqualTo(on.plusSeconds(10));
        assertThat(schedule.next(on.plusMillis(9_999))).isEqualTo(on.plusSeconds(10));
    }

    @Test
    void pausesDoubleUpToTheInterval() {
        BackOff backOff = new BackOff(INTERVAL, LONGEST);

        assertThat(IntStream.range(0, 9).mapToObj(i -> backOff.next(Remedy.RETRY).toSeconds())).containsExactly(10L,
                20L, 40L, 80L, 160L, 300L, 300L, 300L, 300L);
    }

    @Test
    void pausesAreSpreadOverTheWholeRange() {
        BackOff backOff = new BackOff(INTERVAL, new Random(1));
        IntStream.range(0, 10).forEach(i -> backOff.next(Remedy.RETRY));

        assertThat(IntStream.range(0, 1000).mapToObj(i -> backOff.next(Remedy.RETRY)))
                .anyMatch(pause -> pause.toSeconds() < 30).anyMatch(pause -> pause.toSeconds() > 270)
                .allMatch(pause -> pause.compareTo(INTERVAL) <= 0)
                .noneMatch(pause -> pause.compareTo(Duration.ofSeconds(5)) < 0);
    }

    @Test
    void aSuccessMakesPausesShortAgain() {
        BackOff backOff = new BackOff(INTERVAL, LONGEST);
        IntStream.range(0, 10).forEach(i -> backOff.next(Remedy.RETRY));
        backOff.reset();

        assertThat(backOff.next(Remedy.RETRY)).isEqualTo(Duration.ofSeconds(10));
    }

    @Test
    void refusedCredentialsAreNotTriedOften() {
        assertThat(new BackOff(INTERVAL, LONGEST).next(Remedy.ACT)).isEqualTo(Duration.ofHours(1));
        assertThat(new BackOff(Duration.ofDays(1), LONGEST).next(Remedy.ACT)).isEqualTo(Duration.ofDays(1));
    }

    @Test
    void aLockOutIsWaitedFor() {
        assertThat(new BackOff(Duration.ofSeconds(10), new Random(1)).next(Remedy.WAIT))
                .isGreaterThan(Duration.ofMinutes(15));
    }

    @Test
    void aLocalDefectIsLookedAtEveryFewMinutes() {
        assertThat(new BackOff(Duration.ofMinutes(1), LONGEST).next(Remedy.FIX)).isEqualTo(Duration.ofMinutes(1));
        assertThat(new BackOff(Duration.ofDays(1), LONGEST).next(Remedy.FIX)).isEqualTo(Duration.ofMinutes(5));
    }
}
