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
import org.openhab.binding.emoncms.internal.feed.Engine;

/**
 * The kinds of feeds in a {@link Simulation}.
 *
 * @author Emoncms add-on contributors - Initial contribution
 */
@NonNullByDefault
enum FeedKind {
    TEN_SECONDS(Engine.PHPFINA, 10, 400),
    HOURLY(Engine.PHPFINA, 3600, 40),
    DAILY(Engine.PHPFINA, 86_400, 4),
    SERIES(Engine.PHPTIMESERIES, 0, 200);

    final Engine engine;
    final int intervalSeconds;
    /** The most points a writer adds at once. */
    final int mostPoints;

    FeedKind(Engine engine, int intervalSeconds, int mostPoints) {
        this.engine = engine;
        this.intervalSeconds = intervalSeconds;
        this.mostPoints = mostPoints;
    }
}
