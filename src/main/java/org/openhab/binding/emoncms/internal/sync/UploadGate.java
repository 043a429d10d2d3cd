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

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZonedDateTime;
import java.util.Optional;

import org.eclipse.jdt.annotation.NonNullByDefault;
import org.eclipse.jdt.annotation.Nullable;

/**
 * Says whether it is time to upload, and whether the month's data are not spent. What somebody asks for passes all the
 * same.
 *
 * @author Emoncms add-on contributors - Initial contribution
 */
@NonNullByDefault
final class UploadGate {

    /**
     * @param until when it opens again
     * @param isBudget whether the month's data are spent, else it is not the time
     */
    record Closed(Instant until, boolean isBudget) {
    }

    /** For what goes with a batch: a connection with a TLS handshake, heads, an answer, a look at the server before. */
    private static final long OVERHEAD_BYTES = 8 << 10;
    private static final long LEAST_BATCH_BYTES = 8 << 10;
    /** What TLS and TCP/IP add to a body, and more. */
    private static final int PACKET_OVERHEAD = 16;
    /** Homes with the same window do not call in the same second. */
    private static final Duration LONGEST_PHASE = Duration.ofMinutes(1);

    private static final Duration LONGEST_PAUSE_IN_WINDOW = Duration.ofMinutes(2);

    private final SyncSettings settings;
    private final UsageMeter meter;
    private final Clock clock;

    UploadGate(SyncSettings settings, UsageMeter meter, Clock clock) {
        this.settings = settings;
        this.meter = meter;
        this.clock = clock;
    }

    /**
     * @return null if it is open
     */
    @Nullable
    Closed closed() {
        if (room() < OVERHEAD_BYTES + LEAST_BATCH_BYTES) {
            ZonedDateTime now = ZonedDateTime.ofInstant(clock.instant(), clock.getZone());
            Instant month = YearMonth.from(now).plusMonths(1).atDay(1).atStartOfDay(clock.getZone()).toInstant();
            return new Closed(opening(month).orElse(month).plus(phase()), true);
        }
        Optional<Instant> opening = opening(clock.instant());
        return opening.isPresent() ? new Closed(opening.get().plus(phase()), false) : null;
    }

    /** The pause after a failure; not beyond the opening of the window, and in it short enough for other tries. */
    Duration pause(Duration wanted) {
        if (settings.uploadWindow().isAlways()) {
            return wanted;
        }
        Instant now = clock.instant();
        Duration most = opening(now).map(opening -> Duration.between(now, opening.plus(phase())))
                .orElse(LONGEST_PAUSE_IN_WINDOW);
        return wanted.compareTo(most) < 0 ? wanted : most;
    }

    private Optional<Instant> opening(Instant time) {
        return settings.uploadWindow().opensAt(time, clock.getZone());
    }

    private Duration phase() {
        long most = Math.min(LONGEST_PHASE.toSeconds(), settings.uploadInterval().toSeconds());
        return Duration.ofSeconds(settings.phase().toSeconds() % most);
    }

    /** What is left of the month's data, in bytes. */
    private long room() {
        long budget = settings.monthlyBudget();
        return budget == SyncSettings.UNLIMITED ? Long.MAX_VALUE : budget - meter.usage().thisMonth();
    }

    /** How large a batch may be at most, in bytes. */
    int batchBytes() {
        long bytes = Math.max(LEAST_BATCH_BYTES, room() - OVERHEAD_BYTES);
        return (int) Math.min(Integer.MAX_VALUE, bytes - bytes / PACKET_OVERHEAD);
    }
}
