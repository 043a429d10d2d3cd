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

import java.time.Instant;

import org.eclipse.jdt.annotation.NonNullByDefault;
import org.openhab.binding.emoncms.internal.feed.Problem;

/**
 * The time in which the server must not be asked again, since it refused the credentials. Ends early when the clock was
 * set back.
 *
 * @author Emoncms add-on contributors - Initial contribution
 */
@NonNullByDefault
record Hold(Problem problem, Instant since, Instant until) {

    boolean isOver(Instant now) {
        return now.isBefore(since) || !now.isBefore(until);
    }
}
