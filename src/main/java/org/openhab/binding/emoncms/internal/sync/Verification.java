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
import org.eclipse.jdt.annotation.Nullable;

/**
 * What comparing the points of both sides of a feed has shown.
 *
 * @param verified when they were last found to be the same; null if never, or if they differ
 * @param difference null unless they differ
 * @param isRequested whether somebody waits for another comparison
 *
 * @author Emoncms add-on contributors - Initial contribution
 */
@NonNullByDefault
public record Verification(@Nullable Instant verified, @Nullable Difference difference, boolean isRequested) {

    /** Nothing is known, and nobody has asked. */
    static final Verification NONE = new Verification(null, null, false);
}
