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

import java.util.HashSet;
import java.util.Set;

import org.eclipse.jdt.annotation.NonNullByDefault;
import org.openhab.binding.emoncms.internal.feed.FeedIdentity;
import org.openhab.binding.emoncms.internal.feed.ListedFeed;
import org.openhab.binding.emoncms.internal.feed.Problem;
import org.openhab.binding.emoncms.internal.feed.ProblemException;
import org.openhab.binding.emoncms.internal.feed.ProblemKind;

/**
 * Has a remote feed downloaded under another name, beside a local feed that it cannot be added to.
 *
 * @author Emoncms add-on contributors - Initial contribution
 */
@NonNullByDefault
record DownloadToNewFeed(FeedIdentity feed, boolean isDryRun) implements FeedJob {

    @Override
    public JobReport run(Context context) throws ProblemException, InterruptedException {
        TwoSides sides = context.sides();
        sides.book().relist(context.remote());
        if (!(sides.book().get(feed) instanceof ListedFeed.Usable there) || there.meta().isEmpty()) {
            throw new ProblemException(Problem.of(ProblemKind.FEED_ABSENT, feed));
        }
        Set<FeedIdentity> taken = new HashSet<>(sides.book().all());
        taken.addAll(sides.localFeeds());
        taken.addAll(context.downloads().requested());
        FeedIdentity target = RemoteRecreation.unused(feed, "remote", RemoteRecreation.today(context), taken);
        if (!isDryRun) {
            context.downloads().requestAs(target, feed);
        }
        return new JobReport.DownloadedAnew(isDryRun, target, there.meta().npoints());
    }
}
