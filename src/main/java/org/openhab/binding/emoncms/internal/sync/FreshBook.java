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

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

import org.eclipse.jdt.annotation.NonNullByDefault;
import org.openhab.binding.emoncms.internal.feed.Engine;
import org.openhab.binding.emoncms.internal.feed.FeedIdentity;
import org.openhab.binding.emoncms.internal.feed.ListedFeed;
import org.openhab.binding.emoncms.internal.feed.ProblemException;
import org.openhab.binding.emoncms.internal.store.RemoteFeedStore;

/**
 * Makes sure in one cycle that the remote book is new enough for what is to be sent, at the least cost.
 *
 * @author Emoncms add-on contributors - Initial contribution
 */
@NonNullByDefault
final class FreshBook {

    /** Then a list costs no more than their metas, one by one. */
    private static final int FEEDS_LISTED_AT_THE_COST_OF_ONE = 50;

    private final RemoteFeedStore remote;
    private final RemoteBook book;
    private final SentPoints sentPoints;
    private final boolean isAlwaysListed;
    /** Feeds whose remote number of points was read in this cycle, or that were created in it. */
    private final Set<FeedIdentity> refreshed = new HashSet<>();
    private boolean isListed;

    /**
     * @param isAlwaysListed whether the remote side is listed before each upload, since what others add has to be known
     */
    FreshBook(RemoteFeedStore remote, RemoteBook book, SentPoints sentPoints, boolean isAlwaysListed) {
        this.remote = remote;
        this.book = book;
        this.sentPoints = sentPoints;
        this.isAlwaysListed = isAlwaysListed;
    }

    /** Lists the remote side if the book is not to be trusted. */
    void begin() throws ProblemException, InterruptedException {
        isListed = book.refresh(remote);
    }

    /** Lists the remote side if that was not done in this cycle. */
    void requireList() throws ProblemException, InterruptedException {
        if (!isListed) {
            book.relist(remote);
            isListed = true;
        }
    }

    void created(FeedIdentity feed) {
        refreshed.add(feed);
    }

    /**
     * Asks how many points the server has of feeds of which it would take more at any place. Of the others it refuses
     * what does not follow, unless they were cleared, which {@link SentPoints} is for; a server that cannot help to
     * find that out afterwards is asked beforehand.
     *
     * @param ahead feeds with points to send
     * @return whether the remote side was listed
     */
    boolean refresh(List<FeedIdentity> ahead) throws ProblemException, InterruptedException {
        if (isListed || ahead.isEmpty()) {
            return false;
        }
        List<ListedFeed.Usable> doubtful = new ArrayList<>();
        for (FeedIdentity feed : ahead) {
            if (book.get(feed) instanceof ListedFeed.Usable there && !refreshed.contains(feed) && isDoubtful(there)) {
                doubtful.add(there);
            }
        }
        boolean isListCheaper = doubtful.size() > 1 + book.all().size() / FEEDS_LISTED_AT_THE_COST_OF_ONE;
        if (isAlwaysListed || isListCheaper) {
            requireList();
            return true;
        }
        for (ListedFeed.Usable there : doubtful) {
            refreshed.add(there.identity());
            if (!remote.isAsListed(there)) {
                requireList();
                return true;
            }
        }
        return false;
    }

    private boolean isDoubtful(ListedFeed.Usable there) {
        return there.engine() == Engine.PHPTIMESERIES || !there.meta().isEmpty() && !sentPoints.canBeProven();
    }
}
