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

import java.util.Locale;

import org.eclipse.jdt.annotation.NonNullByDefault;

/**
 * How the two sides of a feed compare.
 *
 * @author Emoncms add-on contributors - Initial contribution
 */
@NonNullByDefault
public enum SyncState {
    /** Start, interval and number of settled points agree. */
    SAME,
    LOCAL_AHEAD,
    REMOTE_AHEAD,
    LOCAL_ONLY,
    REMOTE_ONLY,
    /** On neither side. */
    ABSENT,
    DIFFERENT_START,
    DIFFERENT_INTERVAL,
    DIFFERENT_ENGINE,
    /** Some points have other values, as was found by comparing all of them. */
    DIVERGED,
    /** The server refused it; tried again later. */
    PARKED,
    /** The local feed cannot be read. */
    UNREADABLE,
    /** Local ahead, and its points are being sent. */
    UPLOADING,
    /** Its remote points are being fetched. */
    DOWNLOADING,
    /** The points of both sides are being compared. */
    VERIFYING;

    public String id() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
