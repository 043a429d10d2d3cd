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

import java.nio.ByteBuffer;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.BooleanSupplier;

import org.eclipse.jdt.annotation.NonNullByDefault;
import org.openhab.binding.emoncms.internal.api.RefusedException;
import org.openhab.binding.emoncms.internal.feed.FeedIdentity;
import org.openhab.binding.emoncms.internal.feed.FeedMeta;
import org.openhab.binding.emoncms.internal.feed.ListedFeed;
import org.openhab.binding.emoncms.internal.feed.Problem;
import org.openhab.binding.emoncms.internal.feed.ProblemException;
import org.openhab.binding.emoncms.internal.feed.ProblemKind;
import org.openhab.binding.emoncms.internal.store.AppendResult;
import org.openhab.binding.emoncms.internal.store.FeedStore;
import org.openhab.binding.emoncms.internal.store.NewFeed;
import org.openhab.binding.emoncms.internal.store.Segment;

/**
 * Looks at both sides once and uploads what the remote side lacks. What the remote side holds is asked again after
 * every answer that leaves a doubt; nothing is sent twice on suspicion.
 *
 * @author Emoncms add-on contributors - Initial contribution
 */
@NonNullByDefault
final class UploadCycle {

    /** A longer upload is continued in a new cycle, so that new feeds and new points get their share. */
    private static final Duration LONGEST = Duration.ofSeconds(10);
    /** Entries of a compressed list that weigh as much as the request and the answer for one meta. */
    private static final int LISTED_FEEDS_PER_META = 50;

    private final FeedStore local;
    private final FeedStore remote;
    private final TwoSides sides;
    private final RemoteBook book;
    private final ParkedFeeds parked;
    private final BatchLimits limits;
    private final Reporter reporter;
    private final Clock clock;
    private final Blame blame;

    UploadCycle(FeedStore local, FeedStore remote, TwoSides sides, BatchLimits limits, Reporter reporter, Clock clock) {
        this.local = local;
        this.remote = remote;
        this.sides = sides;
        this.limits = limits;
        this.reporter = reporter;
        this.clock = clock;
        book = sides.book();
        parked = sides.parked();
        blame = new Blame(sides, limits);
    }

    /**
     * @param interrupted asked between two batches
     * @return false if there is more to upload
     * @throws ProblemException if the server as a whole failed; what the remote side holds is then not known
     */
    boolean run(BooleanSupplier interrupted) throws ProblemException, InterruptedException {
        Instant end = clock.instant().plus(LONGEST);
        try {
            boolean justListed = book.refresh(remote);
            sides.reportAll();
            if (!justListed) {
                readAfresh(sides.toUpload(SyncState.LOCAL_AHEAD));
            }
            boolean more = true;
            while (more && !interrupted.getAsBoolean() && clock.instant().isBefore(end)) {
                more = createNext() || uploadNext();
            }
            blame.judge();
            return !more;
        } catch (ProblemException e) {
            book.distrust();
            if (e.problem().kind() == ProblemKind.TIMEOUT) {
                limits.shrinkBytes();
            }
            throw e;
        } finally {
            sides.reportAll();
        }
    }

    /**
     * Makes sure of where the upload goes on: a feed that was cleared on the server takes points at any offset and
     * fills the gap with zeros, without a word.
     */
    private void readAfresh(List<FeedIdentity> feeds) throws ProblemException, InterruptedException {
        if (feeds.isEmpty()) {
            return;
        }
        if (feeds.size() * LISTED_FEEDS_PER_META >= book.size()) {
            book.distrust();
        } else {
            for (FeedIdentity feed : feeds) {
                if (book.get(feed) instanceof ListedFeed.Usable usable) {
                    readAfresh(usable);
                }
            }
        }
        book.refresh(remote);
    }

    private void readAfresh(ListedFeed.Usable feed) throws ProblemException, InterruptedException {
        try {
            book.put(feed.withMeta(remote.meta(feed)));
        } catch (ProblemException e) {
            if (!isAboutOneAnswer(e.problem().kind())) {
                throw e;
            }
            book.distrust();
        }
    }

    private static boolean isAboutOneAnswer(ProblemKind kind) {
        return switch (kind) {
            case REFUSED, UNREADABLE_ANSWER, SERVER_ERROR, ANSWER_TOO_LONG -> true;
            default -> false;
        };
    }

    /**
     * @return whether there was a feed to create
     */
    private boolean createNext() throws ProblemException, InterruptedException {
        List<FeedIdentity> missing = sides.toUpload(SyncState.LOCAL_ONLY);
        LocalFeed here = missing.isEmpty() ? null : sides.local(missing.get(0));
        if (here == null) {
            return false;
        }
        ListedFeed.Usable feed = here.feed();
        try {
            book.put(remote
                    .create(new NewFeed(feed.identity(), feed.engine(), feed.meta().intervalSeconds(), feed.unit())));
        } catch (ProblemException e) {
            createFailed(feed.identity(), e);
        }
        sides.report(feed.identity());
        return true;
    }

    private void createFailed(FeedIdentity feed, ProblemException e) throws ProblemException, InterruptedException {
        if (e.problem().kind().remedy() == ProblemKind.Remedy.FIX) {
            parked.park(feed, e.problem());
            return;
        }
        if (!isAboutOneAnswer(e.problem().kind())) {
            throw e;
        }
        parked.refused(feed, e.problem());
        distrustBook();
    }

    private void distrustBook() throws ProblemException, InterruptedException {
        book.distrust();
        book.refresh(remote);
    }

    /**
     * @return whether there were points to upload
     */
    private boolean uploadNext() throws ProblemException, InterruptedException {
        List<BatchPlanner.Pending> pending = new ArrayList<>();
        for (FeedIdentity feed : sides.toUpload(SyncState.LOCAL_AHEAD)) {
            LocalFeed here = sides.local(feed);
            if (here != null && book.get(feed) instanceof ListedFeed.Usable there) {
                pending.add(new BatchPlanner.Pending(there, here.feed().meta(), sides.compare(feed).pendingPoints(),
                        (startByte, target) -> readUnchanged(here.feed(), startByte, target)));
            }
        }
        if (pending.isEmpty()) {
            return false;
        }
        List<Segment> batch = BatchPlanner.plan(pending, limits.bytes(), limits.feeds());
        sides.sending(batch);
        try {
            send(batch);
        } finally {
            sides.sent(batch);
        }
        return true;
    }

    /** A feed that was cleared or made anew since the cycle looked at it must not be sent under its old start time. */
    private void readUnchanged(ListedFeed.Usable feed, long startByte, ByteBuffer target)
            throws ProblemException, InterruptedException {
        local.read(feed, startByte, target);
        FeedMeta now = local.meta(feed);
        if (now.npoints() < feed.meta().npoints() || !now.withPoints(0).equals(feed.meta().withPoints(0))) {
            throw new ProblemException(Problem.of(ProblemKind.FEED_CHANGED, feed.identity()));
        }
    }

    private void send(List<Segment> batch) throws ProblemException, InterruptedException {
        try {
            AppendResult result = remote.append(batch);
            reporter.sent(result.bytes());
            result.unread().forEach(sides::unreadable);
            List<Segment> unexpected = result.unexpected(batch);
            for (Segment segment : batch) {
                FeedMeta meta = result.metas().get(segment.target().id());
                if (meta != null && !unexpected.contains(segment)) {
                    arrived(segment, meta);
                }
            }
            if (unexpected.isEmpty()) {
                limits.succeeded();
            } else {
                Segment first = unexpected.get(0);
                FeedMeta meta = result.metas().get(first.target().id());
                findOut(unexpected, OptionalInt.of(first.target().id()), Problem.of(ProblemKind.UNEXPECTED_POINTS,
                        first.target().identity(), meta == null ? "-" : meta.npoints(), first.endPoint()));
            }
        } catch (RefusedException e) {
            findOut(batch, e.feedId(), e.problem());
        } catch (ProblemException e) {
            sendFailed(batch, e);
        }
    }

    private void sendFailed(List<Segment> batch, ProblemException e) throws ProblemException, InterruptedException {
        if (e.problem().kind() == ProblemKind.BODY_TOO_LARGE && limits.shrinkBytes()) {
            return;
        }
        if (!isAboutOneAnswer(e.problem().kind())) {
            throw e;
        }
        findOut(batch, OptionalInt.empty(), e.problem());
    }

    private void arrived(Segment segment, FeedMeta meta) {
        FeedIdentity feed = segment.target().identity();
        book.put(segment.target().withMeta(meta));
        parked.release(feed);
        reporter.uploaded(feed, clock.instant());
        blame.succeeded();
    }

    /**
     * Asks the remote side what became of segments, and has the one that stands in the way left out.
     *
     * @param culprit the remote id of the feed the server named
     */
    private void findOut(List<Segment> segments, OptionalInt culprit, Problem problem)
            throws ProblemException, InterruptedException {
        distrustBook();
        List<Segment> missing = new ArrayList<>();
        for (Segment segment : segments) {
            if (book.get(segment.target().identity()) instanceof ListedFeed.Usable there
                    && there.meta().npoints() == segment.endPoint()) {
                arrived(segment, there.meta());
            } else {
                missing.add(segment);
            }
        }
        if (missing.isEmpty()) {
            return;
        }
        for (Segment segment : missing) {
            if (culprit.isPresent() && segment.target().id() == culprit.getAsInt()) {
                parked.refused(segment.target().identity(), problem);
                return;
            }
        }
        blame.unclear(missing, problem);
    }
}
