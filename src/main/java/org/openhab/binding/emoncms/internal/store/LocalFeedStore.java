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
import org.eclipse.jdt.annotation.Nullable;
import org.openhab.binding.emoncms.internal.feed.ListedFeed;
import org.openhab.binding.emoncms.internal.feed.ProblemException;

/**
 * A store that feeds are downloaded to. The points wait in a place of their own until all are there, and become part of
 * the store in one step.
 *
 * @author Emoncms add-on contributors - Initial contribution
 */
@NonNullByDefault
public interface LocalFeedStore extends FeedStore {

    /**
     * Tells without a look at the points whether they have changed.
     *
     * @param feed as it was listed last
     * @return equal to what it was after an earlier list if the feed's points are still the same; null if only reading
     *         them tells
     */
    @Nullable
    Object stamp(ListedFeed.Usable feed) throws InterruptedException;

    /**
     * Opens the place where the points of a download wait. It holds what an earlier, interrupted download of the same
     * plan has left there.
     *
     * @param npoints how many points will have been downloaded at the end
     * @throws ProblemException also if there is no room for them
     */
    StagedDownload stage(DownloadPlan plan, long npoints) throws ProblemException, InterruptedException;

    /**
     * Makes the points of a whole download part of the store: as a new feed, or behind those of the feed that the plan
     * names. After an exception, or a crash and a restart, the feed is what it was or what it should become.
     *
     * @return the feed as it is now
     * @throws ProblemException also if the feed is not what it was when the plan was made
     */
    ListedFeed.Usable takeOver(StagedDownload whole) throws ProblemException, InterruptedException;

    /** Where points are kept that are overwritten on the other side. */
    ReplacedPoints replacedPoints();
}
