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
package org.openhab.binding.emoncms.internal.handler;

import java.util.Locale;

import org.eclipse.jdt.annotation.NonNullByDefault;

/**
 * What becomes of a request, told at once. How an accepted one ends is told by an event.
 *
 * @author Emoncms add-on contributors - Initial contribution
 */
@NonNullByDefault
public enum RequestOutcome {
    ACCEPTED,
    /** The same request is under way. */
    ALREADY_REQUESTED,
    /** Nothing is uploaded while the bridge is paused. */
    PAUSED,
    /** The thing or its bridge is not running. */
    OFFLINE,
    /** Tag or name is missing. */
    INVALID;

    public String id() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
