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

import org.eclipse.jdt.annotation.NonNullByDefault;

/**
 * What was sent to the server and received from it, in bytes.
 *
 * @param sentToday since midnight
 * @param sentThisMonth since the first of the month
 *
 * @author Emoncms add-on contributors - Initial contribution
 */
@NonNullByDefault
public record DataUsage(long sentToday, long receivedToday, long sentThisMonth, long receivedThisMonth) {

    public static final DataUsage NONE = new DataUsage(0, 0, 0, 0);

    long thisMonth() {
        return sentThisMonth + receivedThisMonth;
    }
}
