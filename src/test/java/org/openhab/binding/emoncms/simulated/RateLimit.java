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
package org.openhab.binding.emoncms.simulated;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

import org.eclipse.jdt.annotation.NonNullByDefault;

/**
 * Lets an address call so often within a window, which begins with its first call; good calls count, too.
 *
 * @author Emoncms add-on contributors - Initial contribution
 */
@NonNullByDefault
final class RateLimit {
    private record Window(Instant end, int calls) {
    }

    private final Clock clock;
    private final int limit;
    private final Duration window;
    private final Map<String, Window> windows = new HashMap<>();
    private boolean enabled = true;

    RateLimit(Clock clock, int limit, Duration window) {
        this.clock = clock;
        this.limit = limit;
        this.window = window;
    }

    synchronized void enable(boolean enabled) {
        this.enabled = enabled;
        windows.clear();
    }

    synchronized boolean refuses(String address) {
        if (!enabled) {
            return false;
        }
        Instant now = clock.instant();
        Window current = windows.get(address);
        Window next = current == null || !now.isBefore(current.end()) ? new Window(now.plus(window), 1)
                : new Window(current.end(), current.calls() + 1);
        windows.put(address, next);
        return next.calls() > limit;
    }
}
