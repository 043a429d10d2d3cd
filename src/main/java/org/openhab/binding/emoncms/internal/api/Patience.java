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
package org.openhab.binding.emoncms.internal.api;

import java.time.Duration;

import org.eclipse.jdt.annotation.NonNullByDefault;

/**
 * How long a server may be silent: a slow one gets twice the time it has needed, so that it is never timed out again
 * and again.
 *
 * @author Emoncms add-on contributors - Initial contribution
 */
@NonNullByDefault
final class Patience {

    private static final int MOST_TIMES = 5;

    private final Duration least;
    private final Duration most;
    private Duration allowed;

    Patience(Duration least) {
        this.least = least;
        most = least.multipliedBy(MOST_TIMES);
        allowed = least;
    }

    Duration allowed() {
        return allowed;
    }

    void answered(Duration after) {
        allowed = bounded(after.plus(after));
    }

    void timedOut(Duration after) {
        Duration more = bounded(after.plus(after));
        allowed = more.compareTo(allowed) > 0 ? more : allowed;
    }

    private Duration bounded(Duration wanted) {
        return wanted.compareTo(least) < 0 ? least : wanted.compareTo(most) > 0 ? most : wanted;
    }
}
