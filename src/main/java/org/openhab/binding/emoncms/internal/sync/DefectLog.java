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

import org.eclipse.jdt.annotation.NonNullByDefault;
import org.eclipse.jdt.annotation.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells of defects of the add-on, however often they come, at most once an hour.
 *
 * @author Emoncms add-on contributors - Initial contribution
 */
@NonNullByDefault
final class DefectLog {

    private static final Duration SHORTEST = Duration.ofHours(1);

    private final Logger logger = LoggerFactory.getLogger(DefectLog.class);

    private final Clock clock;
    private @Nullable Instant last;

    DefectLog(Clock clock) {
        this.clock = clock;
    }

    void add(Throwable defect) {
        Instant now = clock.instant();
        Instant last = this.last;
        if (last == null || now.isBefore(last) || !now.isBefore(last.plus(SHORTEST))) {
            this.last = now;
            logger.error("Unexpected failure", defect);
        } else {
            logger.debug("Unexpected failure again", defect);
        }
    }
}
