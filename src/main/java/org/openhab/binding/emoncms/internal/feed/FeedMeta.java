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
package org.openhab.binding.emoncms.internal.feed;

import org.eclipse.jdt.annotation.NonNullByDefault;

/**
 * What is known of a feed's points without reading them.
 *
 * @param startTime time of the first point, s since 1970 (UTC); 0 while there is none
 * @param intervalSeconds of a PHPFina feed; 0 of a PHPTimeSeries feed, which has no fixed one
 * @param npoints whole points; a torn tail does not count
 *
 * @author Emoncms add-on contributors - Initial contribution
 */
@NonNullByDefault
public record FeedMeta(long startTime, long intervalSeconds, long npoints) {

    public boolean isEmpty() {
        return npoints == 0;
    }

    /** The same feed with more or fewer points. */
    public FeedMeta withPoints(long npoints) {
        return new FeedMeta(startTime, intervalSeconds, npoints);
    }
}
