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

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

import org.eclipse.jdt.annotation.NonNullByDefault;
import org.openhab.binding.emoncms.internal.feed.FeedIdentity;
import org.openhab.binding.emoncms.internal.feed.ListedFeed;
import org.openhab.binding.emoncms.internal.feed.ProblemException;
import org.openhab.binding.emoncms.internal.feed.ProblemKind;
import org.openhab.binding.emoncms.internal.store.NewFeed;
import org.openhab.binding.emoncms.internal.store.PendingResult;
import org.openhab.binding.emoncms.internal.store.RemoteFeedStore;

/**
 * Creates the feeds that are only local. Emoncms has no call for many, so that several requests are under way at once,
 * each for another name: of one name Emoncms would create duplicates.
 *
 * @author Emoncms add-on contributors - Initial contribution
 */
@NonNullByDefault
final class FeedCreation {

    /** As many connections as a browser opens; each costs some packets and a TLS handshake. */
    private static final int AT_ONCE = 6;
    private static final int FEEDS_WORTH_A_CONNECTION = 4;
    private static final int BYTES_OF_A_CONNECTION = 8 << 10;

    private final RemoteFeedStore remote;
    private final TwoSides sides;
    private final Consumer<FeedIdentity> created;
    private final Deque<FeedIdentity> missing = new ArrayDeque<>();
    /** The remote list after which it was looked for missing feeds. */
    private int seenLists;

    /**
     * @param created told of each feed
     */
    FeedCreation(RemoteFeedStore remote, TwoSides sides, Consumer<FeedIdentity> created) {
        this.remote = remote;
        this.sides = sides;
        this.created = created;
    }

    /**
     * Creates some feeds.
     *
     * @return whether there were any to create
     */
    boolean createNext(UploadCycle.Control control) throws ProblemException, InterruptedException {
        int lists = sides.book().lists();
        if (missing.isEmpty() && lists != seenLists) {
            seenLists = lists;
            missing.addAll(sides.toUpload(SyncState.LOCAL_ONLY));
        }
        int affordable = Math.max(1, control.batchBytes() / BYTES_OF_A_CONNECTION);
        int atOnce = Math.min(Math.min(AT_ONCE, affordable), 1 + missing.size() / FEEDS_WORTH_A_CONNECTION);
        List<LocalFeed> next = new ArrayList<>();
        while (next.size() < atOnce && !missing.isEmpty()) {
            FeedIdentity feed = missing.remove();
            LocalFeed here = sides.local(feed);
            if (here != null && sides.book().get(feed) == null) {
                next.add(here);
            }
        }
        if (next.isEmpty()) {
            return false;
        }
        control.progress();
        create(next);
        next.forEach(here -> sides.report(here.feed().identity()));
        return true;
    }

    private void create(List<LocalFeed> feeds) throws ProblemException, InterruptedException {
        Map<FeedIdentity, ProblemException> failures = new LinkedHashMap<>();
        Map<FeedIdentity, PendingResult<ListedFeed.Usable>> pending = new LinkedHashMap<>();
        for (LocalFeed here : feeds) {
            ListedFeed.Usable feed = here.feed();
            try {
                pending.put(feed.identity(), remote.beginCreate(
                        new NewFeed(feed.identity(), feed.engine(), feed.meta().intervalSeconds(), feed.unit())));
            } catch (ProblemException e) {
                failures.put(feed.identity(), e);
            }
        }
        try {
            for (Map.Entry<FeedIdentity, PendingResult<ListedFeed.Usable>> creation : pending.entrySet()) {
                try {
                    sides.book().put(creation.getValue().await());
                    sides.parked().release(creation.getKey());
                    created.accept(creation.getKey());
                } catch (ProblemException e) {
                    failures.put(creation.getKey(), e);
                }
            }
        } catch (InterruptedException e) {
            pending.values().forEach(PendingResult::abort);
            throw e;
        }
        failed(failures);
    }

    /**
     * A creation that failed may have happened all the same; the next list tells. When connections are lost, the first
     * is held to be the cause, and the others its victims.
     */
    private void failed(Map<FeedIdentity, ProblemException> failures) throws ProblemException, InterruptedException {
        ProblemException ofServer = null;
        boolean isUnclear = false;
        boolean hasLost = false;
        for (Map.Entry<FeedIdentity, ProblemException> failure : failures.entrySet()) {
            FeedIdentity feed = failure.getKey();
            ProblemException e = failure.getValue();
            ProblemKind kind = e.problem().kind();
            boolean isLost = kind == ProblemKind.TIMEOUT || kind == ProblemKind.CONNECTION_LOST;
            if (kind.remedy() == ProblemKind.Remedy.FIX) {
                sides.parked().park(feed, e.problem());
            } else if (BatchUpload.isAboutOneAnswer(kind)) {
                isUnclear = true;
                sides.parked().refused(feed, e.problem());
            } else {
                ofServer = ofServer == null ? e : ofServer;
                if (isLost && !hasLost) {
                    sides.parked().refused(feed, e.problem());
                }
                hasLost = hasLost || isLost;
            }
        }
        if (ofServer != null) {
            throw ofServer;
        }
        if (isUnclear) {
            sides.book().relist(remote);
        }
    }
}
