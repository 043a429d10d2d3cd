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
import org.openhab.binding.emoncms.internal.feed.ListedFeed;
import org.openhab.binding.emoncms.internal.feed.ProblemException;
import org.openhab.binding.emoncms.internal.feed.ProblemKind;
import org.openhab.binding.emoncms.internal.store.FeedStore;
import org.openhab.binding.emoncms.internal.store.NewFeed;

/**
 * Creates the feeds that are only local, one by one: Emoncms has no call for many, and creates duplicates when two come
 * at once.
 *
 * @author Emoncms add-on contributors - Initial contribution
 */
@NonNullByDefault
final class FeedCreation {

    private final FeedStore remote;
    private final TwoSides sides;

    FeedCreation(FeedStore remote, TwoSides sides) {
        this.remote = remote;
        this.sides = sides;
    }

    /**
     * @return whether there was a feed to create
     */
    boolean createNext(UploadCycle.Control control) throws ProblemException, InterruptedException {
        List<FeedIdentity> missing = sides.toUpload(SyncState.LOCAL_ONLY);
        LocalFeed here = missing.isEmpty() ? null : sides.local(missing.get(0));
        if (here == null) {
            return false;
        }
        control.progress();
        ListedFeed.Usable feed = here.feed();
        try {
            sides.book().put(remote
                    .create(new NewFeed(feed.identity(), feed.engine(), feed.meta().intervalSeconds(), feed.unit())));
            sides.parked().release(feed.identity());
        } catch (ProblemException e) {
            failed(feed.identity(), e);
        }
        sides.report(feed.identity());
        return true;
    }

    /** A creation that failed may have happened all the same; the next list tells. */
    private void failed(FeedIdentity feed, ProblemException e) throws ProblemException, InterruptedException {
        ProblemKind kind = e.problem().kind();
        if (kind.remedy() == ProblemKind.Remedy.FIX) {
            sides.parked().park(feed, e.problem());
            return;
        }
        boolean isLost = kind == ProblemKind.TIMEOUT || kind == ProblemKind.CONNECTION_LOST;
        boolean isAboutOneAnswer = UploadCycle.isAboutOneAnswer(kind);
        if (isLost || isAboutOneAnswer) {
            sides.parked().refused(feed, e.problem());
        }
        if (!isAboutOneAnswer) {
            throw e;
        }
        sides.book().relist(remote);
    }
}
