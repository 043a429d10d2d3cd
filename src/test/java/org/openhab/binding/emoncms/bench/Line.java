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
package org.openhab.binding.emoncms.bench;

import org.eclipse.jdt.annotation.NonNullByDefault;

/**
 * ---
 * One direction of a link, which all connections share: says when bytes arrive.
 *
 * @author Emoncms add-on contributors - Initial contribution
 */
@NonNullByDefault
final class Line {

    private static final long NANOS = 1_000_000_000;

    private final LinkSpeed speed;
    private long freeNanos = System.nanoTime();

    Line(LinkSpeed speed) {
        this.speed = speed;
    }

    /** When so many bytes that are sent now have arrived. */
    synchronized long send(int count) {
        freeNanos = Math.max(freeNanos, System.nanoTime());
        if (speed.isLimited()) {
            freeNanos += count * NANOS / speed.bytesPerSecond();
        }
        return freeNanos + speed.oneWay().toNanos();
    }
}
