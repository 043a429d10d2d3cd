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
import java.time.Instant;

import org.eclipse.jdt.annotation.NonNullByDefault;

/**
 * The times of the regular cycles: each a whole number of intervals after the epoch, plus the phase.
 *
 * @author Emoncms add-on contributors - Initial contribution
 */
@NonNullByDefault
record UploadSchedule(Duration interval, Duration phase) {

    Instant next(Instant now) {
        long intervalSeconds = interval.toSeconds();
        long sincePhase = now.getEpochSecond() - phase.toSeconds();
        long periods = Math.floorDiv(sincePhase, intervalSeconds) + 1;
        return Instant.ofEpochSecond(periods * intervalSeconds + phase.toSeconds());
    }
}
