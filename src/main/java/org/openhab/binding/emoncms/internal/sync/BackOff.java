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

import java.time.Duration;
import java.util.random.RandomGenerator;

import org.eclipse.jdt.annotation.NonNullByDefault;
import org.openhab.binding.emoncms.internal.feed.ProblemKind;

/**
 * How long to wait after a failure: exponential with full jitter up to the upload interval, forever; longer where a
 * quick retry would do harm.
 *
 * @author Emoncms add-on contributors - Initial contribution
 */
@NonNullByDefault
final class BackOff {

    private static final Duration FIRST = Duration.ofSeconds(10);
    /** A request that was given up may still be worked on by the server. */
    private static final Duration SHORTEST = Duration.ofSeconds(5);
    /** Emoncms counts logins over 15 minutes. */
    private static final Duration LOCKED_OUT = Duration.ofMinutes(16);
    private static final Duration REFUSED_CREDENTIALS = Duration.ofHours(1);
    /** Only the local store is looked at. */
    private static final Duration FIX = Duration.ofMinutes(5);
    private static final int MAX_DOUBLINGS = 20;

    private final Duration longest;
    private final RandomGenerator random;
    private int failures;

    BackOff(Duration longest, RandomGenerator random) {
        this.longest = longest;
        this.random = random;
    }

    Duration next(ProblemKind.Remedy remedy) {
        return switch (remedy) {
            case ACT -> max(REFUSED_CREDENTIALS, longest);
            case WAIT -> LOCKED_OUT.plus(jitter(LOCKED_OUT));
            case FIX -> min(FIX, longest);
            case RETRY -> retry();
        };
    }

    private Duration retry() {
        Duration ceiling = min(FIRST.multipliedBy(1L << Math.min(failures, MAX_DOUBLINGS)), longest);
        failures++;
        return max(SHORTEST, jitter(ceiling));
    }

    private Duration jitter(Duration ceiling) {
        return Duration.ofMillis(random.nextLong(ceiling.toMillis() + 1));
    }

    void reset() {
        failures = 0;
    }

    private static Duration max(Duration a, Duration b) {
        return a.compareTo(b) >= 0 ? a : b;
    }

    private static Duration min(Duration a, Duration b) {
        return a.compareTo(b) <= 0 ? a : b;
    }
}
