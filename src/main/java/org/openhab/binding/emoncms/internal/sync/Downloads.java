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

import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.eclipse.jdt.annotation.NonNullByDefault;
import org.eclipse.jdt.annotation.Nullable;
import org.openhab.binding.emoncms.internal.feed.FeedIdentity;
import org.openhab.binding.emoncms.internal.feed.Problem;

/**
 * The downloads that were requested and are not over, in the order in which they are tried, and why the last ones have
 * failed. Any thread may request one; the rest is of the worker thread.
 *
 * @author Emoncms add-on contributors - Initial contribution
 */
@NonNullByDefault
final class Downloads {

    private static final int MOST_ATTEMPTS = 6;

    /**
     * @param attempts how often it has failed to get on in a row
     * @param npoints how many points it makes of the local feed so far; null before it has begun
     */
    private record Request(int attempts, @Nullable Long npoints) {
    }

    private final Map<FeedIdentity, Request> requested = new LinkedHashMap<>();
    private final Map<FeedIdentity, Problem> failures = new HashMap<>();
    /** The remote feeds of downloads that get another name here. */
    private final Map<FeedIdentity, FeedIdentity> sources = new HashMap<>();
    /** Those of {@link #requested} that were not requested one by one. */
    private final Set<FeedIdentity> ofAll = new HashSet<>();
    private boolean all;
    private boolean hasFailed;

    /**
     * @return false if it is already requested
     */
    synchronized boolean request(FeedIdentity feed) {
        failures.remove(feed);
        return requested.putIfAbsent(feed, new Request(0, null)) == null;
    }

    /** Requests a remote feed as a new local one of another name. */
    synchronized void requestAs(FeedIdentity target, FeedIdentity source) {
        sources.put(target, source);
        request(target);
    }

    /** The remote feed of a requested download. */
    synchronized FeedIdentity source(FeedIdentity feed) {
        return sources.getOrDefault(feed, feed);
    }

    /**
     * Requests every feed that is only remote or ahead there.
     *
     * @return false if they are already requested
     */
    synchronized boolean requestAll() {
        boolean isNew = !isAllRequested();
        all = all || isNew;
        return isNew;
    }

    /** Whether a request for all has not ended. */
    synchronized boolean isAllRequested() {
        return all || !ofAll.isEmpty();
    }

    /** Requests the feeds that a request for all has turned out to be of. */
    synchronized void requestOfAll(List<FeedIdentity> feeds) {
        feeds.forEach(this::request);
        ofAll.addAll(feeds);
    }

    /** Whether all were requested since this was asked last. */
    synchronized boolean takeAll() {
        boolean wanted = all;
        all = false;
        return wanted;
    }

    synchronized boolean isEmpty() {
        return requested.isEmpty() && !all;
    }

    synchronized boolean isRequested(FeedIdentity feed) {
        return requested.containsKey(feed);
    }

    synchronized List<FeedIdentity> requested() {
        return List.copyOf(requested.keySet());
    }

    synchronized int size() {
        return requested.size();
    }

    /** How many points the download makes of the local feed so far; null if it has not begun. */
    synchronized @Nullable Long npoints(FeedIdentity feed) {
        Request request = requested.get(feed);
        return request == null ? null : request.npoints();
    }

    /** Notes how far the download is. */
    synchronized void reached(FeedIdentity feed, long npoints) {
        requested.computeIfPresent(feed, (requestedFeed, request) -> new Request(request.attempts(), npoints));
    }

    /** The download has brought something, so that earlier failures count no more. */
    synchronized void gotOn(FeedIdentity feed) {
        requested.computeIfPresent(feed, (requestedFeed, request) -> new Request(0, request.npoints()));
    }

    /**
     * Puts the feed behind the others.
     *
     * @return false if it was tried often enough
     */
    synchronized boolean tryLater(FeedIdentity feed) {
        Request request = requested.remove(feed);
        if (request == null || request.attempts() + 1 >= MOST_ATTEMPTS) {
            forget(feed);
            return false;
        }
        requested.put(feed, new Request(request.attempts() + 1, request.npoints()));
        return true;
    }

    synchronized void done(FeedIdentity feed) {
        forget(feed);
    }

    private void forget(FeedIdentity feed) {
        requested.remove(feed);
        ofAll.remove(feed);
        sources.remove(feed);
    }

    synchronized void failed(FeedIdentity feed, Problem problem) {
        forget(feed);
        failures.put(feed, problem);
        hasFailed = true;
    }

    /** Why the last download of the feed has failed; null if it has not. */
    synchronized @Nullable Problem failure(FeedIdentity feed) {
        return failures.get(feed);
    }

    synchronized void forgetFailure(FeedIdentity feed) {
        failures.remove(feed);
    }

    /** Whether one has failed since this was asked last. */
    synchronized boolean takeFailed() {
        boolean failed = hasFailed;
        hasFailed = false;
        return failed;
    }
}
