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
package org.openhab.binding.emoncms.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.concurrent.atomic.AtomicReference;

import org.eclipse.jdt.annotation.NonNullByDefault;
import org.junit.jupiter.api.Test;

/**
 * The time zone of openHAB.
 *
 * @author Emoncms add-on contributors - Initial contribution
 */
@NonNullByDefault
class ZonedClockTest {

    private static final Instant NOON = Instant.parse("2026-06-15T12:00:00Z");

    @Test
    void aZoneThatIsSetLaterCounts() {
        AtomicReference<ZoneId> zone = new AtomicReference<>(ZoneOffset.UTC);
        Clock clock = new ZonedClock(Clock.fixed(NOON, ZoneOffset.UTC), zone::get);
        assertThat(LocalTime.now(clock)).isEqualTo("12:00");
        zone.set(ZoneId.of("Europe/Berlin"));
        assertThat(LocalTime.now(clock)).isEqualTo("14:00");
        assertThat(clock.instant()).isEqualTo(NOON);
    }
}
