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
package org.openhab.binding.emoncms.internal.store;

import java.util.OptionalInt;

import org.eclipse.jdt.annotation.NonNullByDefault;
import org.openhab.binding.emoncms.internal.feed.Engine;
import org.openhab.binding.emoncms.internal.feed.FeedIdentity;
import org.openhab.binding.emoncms.internal.feed.FeedMeta;

/**
 * What is downloaded, and where it belongs. Two downloads of equal plans are of the same points.
 *
 * @param unit of a feed that is to be created
 * @param startTime of the whole feed, s since 1970 (UTC)
 * @param intervalSeconds of a PHPFina feed, else 0
 * @param firstPoint index of the first downloaded point; the number of points the local feed holds
 * @param localId of the feed that is appended to; empty if it is to be created
 *
 * @author Emoncms add-on contributors - Initial contribution
 */
@NonNullByDefault
public record DownloadPlan(FeedIdentity identity, Engine engine, String unit, long startTime, long intervalSeconds,
        long firstPoint, OptionalInt localId) {

    public boolean isNew() {
        return localId.isEmpty();
    }

    public long firstByte() {
        return firstPoint * engine.pointBytes();
    }

    /** Of the whole feed once it holds so many points. */
    public FeedMeta meta(long npoints) {
        return new FeedMeta(startTime, intervalSeconds, npoints);
    }

    /** The same points, with the id that a new feed gets. */
    public DownloadPlan withLocalId(int id) {
        return new DownloadPlan(identity, engine, unit, startTime, intervalSeconds, firstPoint, OptionalInt.of(id));
    }
}
