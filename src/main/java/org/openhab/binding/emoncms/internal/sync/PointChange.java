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

/**
 * A point whose remote value differs from the local one.
 *
 * @param index in the feed
 * @param time of the local point
 * @param remote NaN where there is no data
 * @param local NaN where there is no data
 * @param isPossible whether the remote side has a way to write the local value there
 *
 * @author Emoncms add-on contributors - Initial contribution
 */
@NonNullByDefault
public record PointChange(long index, Instant time, float remote, float local, boolean isPossible) {

    PointChange impossible() {
        return new PointChange(index, time, remote, local, false);
    }
}
