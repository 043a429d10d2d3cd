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

import org.eclipse.jdt.annotation.NonNullByDefault;
import org.openhab.binding.emoncms.internal.feed.Engine;
import org.openhab.binding.emoncms.internal.feed.FeedMeta;
import org.openhab.binding.emoncms.internal.feed.ListedFeed;

/**
 * A run of points that is appended to a feed.
 *
 * @param target the feed in the store that is written to
 * @param meta start time and interval of the feed the points come from
 * @param firstPoint index of the first point; the number of points the target holds
 * @param npoints at least one
 *
 * @author Emoncms add-on contributors - Initial contribution
 */
@NonNullByDefault
public record Segment(ListedFeed.Usable target, FeedMeta meta, long firstPoint, int npoints, PointSource points) {

    public Engine engine() {
        return target.engine();
    }

    /** Offset of the first byte in the feed's data file. */
    public long startByte() {
        return firstPoint * engine().pointBytes();
    }

    public int dataBytes() {
        return npoints * engine().pointBytes();
    }

    /** The target as it has to be afterwards. */
    public ListedFeed.Usable appended() {
        return target.withMeta(meta.withPoints(endPoint()));
    }

    /** The number of points the target has to have afterwards. */
    public long endPoint() {
        return firstPoint + npoints;
    }
}
