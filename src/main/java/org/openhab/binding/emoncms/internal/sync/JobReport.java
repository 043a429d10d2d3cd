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

import java.util.List;

import org.eclipse.jdt.annotation.NonNullByDefault;
import org.openhab.binding.emoncms.internal.feed.FeedIdentity;

/**
 * What a {@link FeedJob} has done, or in a dry run what it would do.
 *
 * @author Emoncms add-on contributors - Initial contribution
 */
@NonNullByDefault
public sealed interface JobReport {

    boolean isDryRun();

    /**
     * Differing remote points were given the local values.
     *
     * @param differing how many points differed
     * @param impossible how many of them the remote side has no way to write
     * @param changes the first of the differing points
     * @param isSame whether a comparison afterwards found both sides to be the same
     */
    record Repaired(boolean isDryRun, long differing, long impossible, List<PointChange> changes,
            boolean isSame) implements JobReport {
    }

    /**
     * The remote feed was given another name, and is uploaded anew.
     *
     * @param kept what the feed with the old points is called
     * @param npoints that are uploaded
     */
    record Recreated(boolean isDryRun, FeedIdentity kept, long npoints) implements JobReport {
    }

    /**
     * The remote feed is downloaded beside the local one.
     *
     * @param target the new local feed
     * @param npoints that are downloaded
     */
    record DownloadedAnew(boolean isDryRun, FeedIdentity target, long npoints) implements JobReport {
    }
}
