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

import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Set;

import org.eclipse.jdt.annotation.NonNullByDefault;
import org.openhab.binding.emoncms.internal.feed.FeedIdentity;
import org.openhab.binding.emoncms.internal.feed.ListedFeed;
import org.openhab.binding.emoncms.internal.feed.Problem;
import org.openhab.binding.emoncms.internal.feed.ProblemException;
import org.openhab.binding.emoncms.internal.feed.ProblemKind;

/**
 * Puts a remote feed out of the way that cannot be made the same as the local one, by giving it another name: the
 * upload then creates the feed anew, and a comparison of all its points follows. The old feed is never deleted, since
 * its points may exist nowhere else.
 *
 * @author Emoncms add-on contributors - Initial contribution
 */
@NonNullByDefault
record RemoteRecreation(FeedIdentity feed, boolean isDryRun) implements FeedJob {

    @Override
    public JobReport run(Context context) throws ProblemException, InterruptedException {
        if (!isDryRun) {
            context.requireActive();
        }
        TwoSides sides = context.sides();
        sides.book().relist(context.remote());
        LocalFeed local = sides.local(feed);
        ListedFeed there = sides.book().get(feed);
        boolean isTwice = there instanceof ListedFeed.Unusable unusable
                && unusable.problem().kind() == ProblemKind.FEED_NAME_TWICE;
        if (local == null || there == null || isTwice || local.settledPoints() == 0) {
            throw new ProblemException(Problem.of(ProblemKind.NOT_COMPARABLE, feed));
        }
        if (sides.look(feed).state() == SyncState.SAME) {
            throw new ProblemException(Problem.of(ProblemKind.NOTHING_TO_DO, feed));
        }
        FeedIdentity kept = unused(feed, "old", today(context), sides.book().all());
        if (!isDryRun) {
            rename(context, there, kept);
            context.verifications().forget(feed);
            context.verifications().doubt(feed, local.settledPoints());
            context.watched().uploadOnce(feed);
            sides.report(feed);
        }
        return new JobReport.Recreated(isDryRun, kept, local.settledPoints());
    }

    /** Also if the answer is lost. */
    private void rename(Context context, ListedFeed there, FeedIdentity kept)
            throws ProblemException, InterruptedException {
        RemoteBook book = context.sides().book();
        try {
            context.remote().rename(there, kept.name());
            book.relist(context.remote());
        } catch (ProblemException e) {
            book.relist(context.remote());
            if (book.get(feed) != null) {
                throw e;
            }
        }
    }

    static LocalDate today(Context context) {
        return LocalDate.ofInstant(context.clock().instant(), ZoneOffset.UTC);
    }

    /** A name that says what the feed is and that no feed has. */
    static FeedIdentity unused(FeedIdentity feed, String what, LocalDate date, Set<FeedIdentity> taken) {
        String plain = feed.name().replaceAll("[^\\p{L}\\p{N}_\\s:-]", "-");
        String suffix = " " + what + " " + date;
        String base = plain.substring(0, Math.min(plain.length(), 200)) + suffix;
        FeedIdentity unused = new FeedIdentity(feed.tag(), base);
        for (int i = 2; taken.contains(unused); i++) {
            unused = new FeedIdentity(feed.tag(), base + " " + i);
        }
        return unused;
    }
}
