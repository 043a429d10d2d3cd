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
package org.openhab.binding.emoncms.internal.api;

import org.eclipse.jdt.annotation.NonNullByDefault;
import org.openhab.binding.emoncms.internal.feed.FeedIdentity;

/**
 * An entry of {@code feed/listwithmeta}.
 *
 * @param engine Emoncms's number
 * @param startTime s since 1970 (UTC)
 * @param interval s; of a PHPTimeSeries feed the mean
 * @param npoints 0 also where the server leaves it out, as it does for a feed it has no points of
 *
 * @author Emoncms add-on contributors - Initial contribution
 */
@NonNullByDefault
public record RemoteFeed(int id, FeedIdentity identity, int engine, String unit, long startTime, double interval,
        long npoints) {
}
