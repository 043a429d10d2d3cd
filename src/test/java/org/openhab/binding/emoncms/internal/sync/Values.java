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
 * The values of points in a {@link Simulation}: it shows in them who has written them, and when.
 *
 * @author Emoncms add-on contributors - Initial contribution
 */
@NonNullByDefault
final class Values {

    private static final int NAN_EVERY = 9;
    private static final int DISTINCT = 1 << 20;

    private Values() {
    }

    /** What the local writer has to say of a time in the end. */
    static float settled(int feed, long time) {
        long mixed = (time * 31 + feed) * 0x9E3779B97F4A7C15L >>> 40;
        return mixed % NAN_EVERY == 0 ? Float.NaN : mixed % DISTINCT;
    }

    /** What it says until then, always something else. */
    static float interim(int writes) {
        return -1 - writes;
    }

    /** What somebody else says. */
    static float foreign(int feed, long time) {
        return DISTINCT + Math.floorMod(time * 7 + feed, DISTINCT);
    }
}
