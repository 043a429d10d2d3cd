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

import java.nio.ByteBuffer;
import java.util.List;

import org.eclipse.jdt.annotation.NonNullByDefault;
import org.openhab.binding.emoncms.internal.feed.FeedMeta;
import org.openhab.binding.emoncms.internal.feed.ListedFeed;
import org.openhab.binding.emoncms.internal.feed.ProblemException;

/**
 * A place that keeps feeds. Used by one thread at a time; every call may block on a disk or a network and ends with an
 * {@link InterruptedException} when that thread is interrupted. A store that cannot answer throws: an empty answer
 * means that there is nothing.
 *
 * @author Emoncms add-on contributors - Initial contribution
 */
@NonNullByDefault
public interface FeedStore {

    /** All feeds, in no particular order. */
    List<ListedFeed> list() throws ProblemException, InterruptedException;

    /** Reads one feed's meta afresh. */
    FeedMeta meta(ListedFeed.Usable feed) throws ProblemException, InterruptedException;

    /** Creates an empty feed. */
    ListedFeed.Usable create(NewFeed feed) throws ProblemException, InterruptedException;

    /**
     * Fills the buffer with the feed's stored bytes, from {@code startByte} on.
     *
     * @throws ProblemException also if the feed holds fewer bytes than that
     */
    void read(ListedFeed.Usable feed, long startByte, ByteBuffer target) throws ProblemException, InterruptedException;

    /**
     * SHA-256 of the stored bytes of the first points, as lower-case hexadecimal digits.
     *
     * @param npoints at least one, and no more than the feed holds
     * @throws ProblemException of the kind DIGEST_UNSUPPORTED if the store cannot tell
     */
    String digest(ListedFeed.Usable feed, long npoints) throws ProblemException, InterruptedException;

    /**
     * Appends points to feeds of this store. After an exception nothing is known of what was appended.
     *
     * @param batch at most one segment per feed
     */
    AppendResult append(List<Segment> batch) throws ProblemException, InterruptedException;
}
