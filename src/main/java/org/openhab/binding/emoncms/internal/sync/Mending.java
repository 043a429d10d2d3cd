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

import java.util.OptionalLong;

import org.eclipse.jdt.annotation.NonNullByDefault;
import org.openhab.binding.emoncms.internal.feed.FeedIdentity;
import org.openhab.binding.emoncms.internal.feed.FeedMeta;
import org.openhab.binding.emoncms.internal.feed.ListedFeed;
import org.openhab.binding.emoncms.internal.feed.ProblemException;
import org.openhab.binding.emoncms.internal.store.FeedStore;
import org.openhab.binding.emoncms.internal.store.RemoteFeedStore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has remote feeds uploaded from their start that were cleared and then continued. Only a feed whose upload follows at
 * once is touched.
 *
 * @author Emoncms add-on contributors - Initial contribution
 */
@NonNullByDefault
final class Mending {

    private final Logger logger = LoggerFactory.getLogger(Mending.class);

    private final FeedStore local;
    private final RemoteFeedStore remote;
    private final TwoSides sides;
    private final Verifications verifications;
    private final SentPoints sentPoints;
    private final boolean isUploading;

    /**
     * @param isUploading whether uploads are neither paused nor held back
     */
    Mending(FeedStore local, RemoteFeedStore remote, TwoSides sides, Verifications verifications, SentPoints sentPoints,
            boolean isUploading) {
        this.local = local;
        this.remote = remote;
        this.sides = sides;
        this.verifications = verifications;
        this.sentPoints = sentPoints;
        this.isUploading = isUploading;
    }

    /**
     * Clears the remote feed if it differs for that reason.
     *
     * @return false if that has to be looked at again
     */
    boolean mend(FeedIdentity feed) throws ProblemException, InterruptedException {
        LocalFeed here = sides.local(feed);
        if (here == null || !(sides.book().get(feed) instanceof ListedFeed.Usable there)) {
            return false;
        }
        OptionalLong firstSent = sentPoints.firstPoint(there);
        if (firstSent.isEmpty()) {
            return true;
        }
        if (!isUploading || !sides.isSelected(feed) || sides.parked().reason(feed) != null
                || here.settledPoints() < there.meta().npoints()) {
            return false;
        }
        if (new FilledFeed(local, here.feed(), remote, there).isNothingButZerosAndOurs(firstSent.getAsLong())) {
            logger.debug("{} was cleared while it was continued, and is uploaded from its start", feed);
            clear(there);
        }
        return true;
    }

    /** After a failure nobody knows how many points there are. */
    private void clear(ListedFeed.Usable there) throws ProblemException, InterruptedException {
        try {
            remote.clear(there);
        } catch (ProblemException e) {
            sides.book().distrust();
            throw e;
        }
        sides.book().put(there.withMeta(new FeedMeta(0, there.meta().intervalSeconds(), 0)));
        sentPoints.proven(there.identity());
        verifications.forget(there.identity());
        sides.report(there.identity());
    }
}
