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

import org.eclipse.jdt.annotation.NonNullByDefault;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.openhab.binding.emoncms.internal.feed.FeedIdentity;
import org.openhab.binding.emoncms.internal.feed.Problem;
import org.openhab.binding.emoncms.internal.feed.ProblemKind;
import org.openhab.binding.emoncms.simulated.AdjustableClock;

/**
 * How a refused feed is left out and tried again.
 *
 * @author Emoncms add-on contributors - Initial contribution
 */
@NonNullByDefault
class ParkedFeedsTest {

    private static final FeedIdentity POWER = new FeedIdentity("house", "power");
    private static final Problem REFUSED = Problem.of(ProblemKind.REFUSED, "host", "words");

    private final AdjustableClock clock = new AdjustableClock(Instant.parse("2026-03-01T12:00:00Z"));
    private final ParkedFeeds parked = new ParkedFeeds(clock, Duration.ofMinutes(5));

    private Duration pause() {
        Instant start = clock.instant();
        while (parked.reason(POWER) != null) {
            clock.advance(Duration.ofMinutes(1));
        }
        return Duration.between(start, clock.instant());
    }

    @Test
    void oneRefusalIsForgiven() {
        parked.refused(POWER, REFUSED);

        assertThat(parked.reason(POWER)).isNull();
    }

    @Test
    void aSecondRefusalParks() {
        parked.refused(POWER, REFUSED);
        parked.refused(POWER, REFUSED);

        assertThat(parked.reason(POWER)).isEqualTo(REFUSED);
        assertThat(parked.reason(new FeedIdentity("house", "other"))).isNull();
    }

    @Test
    void pausesGrowUpToADay() {
        parked.park(POWER, REFUSED);
        assertThat(pause()).isEqualTo(Duration.ofMinutes(3));
        parked.park(POWER, REFUSED);
        assertThat(pause()).isEqualTo(Duration.ofMinutes(8));
        for (int i = 0; i < 20; i++) {
            parked.park(POWER, REFUSED);
        }
        assertThat(pause()).isBetween(Duration.ofMinutes(24 * 60 - 3), Duration.ofDays(1));
    }

    @ParameterizedTest
    @ValueSource(ints = { 1, 2, 7 })
    void withAnIntervalOfDaysAFeedIsParkedToo(int days) {
        ParkedFeeds parked = new ParkedFeeds(clock, Duration.ofDays(days));
        for (int i = 0; i < 3; i++) {
            parked.park(POWER, REFUSED);
            assertThat(parked.reason(POWER)).isEqualTo(REFUSED);
            clock.advance(Duration.ofHours(11));
            assertThat(parked.reason(POWER)).isEqualTo(REFUSED);
            clock.advance(Duration.ofHours(13));
            assertThat(parked.reason(POWER)).isNull();
        }
    }

    @Test
    void aReleasedFeedStartsAnew() {
        parked.park(POWER, REFUSED);
        parked.park(POWER, REFUSED);
        parked.release(POWER);
        assertThat(parked.reason(POWER)).isNull();

        parked.park(POWER, REFUSED);
        assertThat(pause()).isEqualTo(Duration.ofMinutes(3));
    }
}
