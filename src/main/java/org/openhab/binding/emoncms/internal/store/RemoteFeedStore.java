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

import java.util.List;

import org.eclipse.jdt.annotation.NonNullByDefault;
import org.openhab.binding.emoncms.internal.feed.ByteSink;
import org.openhab.binding.emoncms.internal.feed.ListedFeed;
import org.openhab.binding.emoncms.internal.feed.ProblemException;

/**
 * A store that feeds are uploaded to and downloaded from.
 *
 * @author Emoncms add-on contributors - Initial contribution
 */
@NonNullByDefault
public interface RemoteFeedStore extends FeedStore {

    /**
     * Requests an empty feed, so that others can be requested before it is there.
     *
     * @throws ProblemException if there can be no such feed
     */
    PendingResult<ListedFeed.Usable> beginCreate(NewFeed feed) throws ProblemException;

    /**
     * Reads the points of a batch. It can be sent until another two were prepared: one may be under way while the next
     * is prepared.
     *
     * @param batch at most one segment per feed
     */
    PreparedBatch prepare(List<Segment> batch) throws InterruptedException;

    /** Whether the feed's meta still is what it was; false also if only a list can tell. */
    boolean isAsListed(ListedFeed.Usable feed) throws ProblemException, InterruptedException;

    /**
     * Streams the feed's stored bytes until they end or the sink has enough.
     *
     * @param startByte where a stored point starts
     */
    void export(ListedFeed.Usable feed, long startByte, ByteSink sink) throws ProblemException, InterruptedException;

    /**
     * Overwrites points the feed has; the one after its last may be among them and is appended. After an exception
     * nothing is known of what was written.
     *
     * @param points in the order of their time; of a PHPTimeSeries feed, no time may occur twice in the feed
     * @return those that the store has no way to write
     */
    List<TimedPoint> put(ListedFeed.Usable feed, List<TimedPoint> points) throws ProblemException, InterruptedException;

    /** Takes all points from the feed. */
    void clear(ListedFeed.Usable feed) throws ProblemException, InterruptedException;

    /** Gives the feed another name; its tag stays. */
    void rename(ListedFeed feed, String name) throws ProblemException, InterruptedException;
}
