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
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntSupplier;

import org.eclipse.jdt.annotation.NonNullByDefault;
import org.eclipse.jdt.annotation.Nullable;
import org.openhab.binding.emoncms.internal.feed.FeedIdentity;
import org.openhab.binding.emoncms.internal.feed.FeedMeta;
import org.openhab.binding.emoncms.internal.feed.ListedFeed;
import org.openhab.binding.emoncms.internal.feed.Problem;
import org.openhab.binding.emoncms.internal.feed.ProblemException;
import org.openhab.binding.emoncms.internal.feed.ProblemKind;
import org.openhab.binding.emoncms.internal.store.LocalFeedStore;
import org.openhab.binding.emoncms.internal.store.PreparedBatch;
import org.openhab.binding.emoncms.internal.store.RemoteFeedStore;
import org.openhab.binding.emoncms.internal.store.Segment;

/**
 * What is uploaded next, in one cycle. While a batch is under way the next one can be prepared, as it will be if all
 * goes well; if anything is otherwise when its turn comes, it is planned anew.
 *
 * @author Emoncms add-on contributors - Initial contribution
 */
@NonNullByDefault
final class BatchQueue {

    /**
     * @param pending of which its segments were taken
     * @param segments those that could be read
     */
    record Batch(List<BatchPlanner.Pending> pending, List<Segment> segments, Room room, PreparedBatch prepared) {
    }

    /** The limits of a batch. */
    private record Room(int bytes, int feeds, int shares) {

        private static final double MUCH = 1.5;

        /** Whether there is no need to plan anew for these limits; they follow what the last batch took. */
        boolean suits(Room now) {
            return isLike(bytes, now.bytes) && feeds <= now.feeds && isLike(shares, now.shares);
        }

        private static boolean isLike(int a, int b) {
            return a <= MUCH * b && b <= MUCH * a;
        }
    }

    private final LocalFeedStore local;
    private final RemoteFeedStore remote;
    private final TwoSides sides;
    private final OpenSlots openSlots;
    private final FreshBook freshBook;
    private final BatchLimits limits;
    private final Blame blame;
    private final LocalAnswers answers = new LocalAnswers();
    private @Nullable Batch ready;

    BatchQueue(LocalFeedStore local, RemoteFeedStore remote, TwoSides sides, OpenSlots openSlots, FreshBook freshBook,
            BatchLimits limits, Blame blame) {
        this.local = local;
        this.remote = remote;
        this.sides = sides;
        this.openSlots = openSlots;
        this.freshBook = freshBook;
        this.limits = limits;
        this.blame = blame;
    }

    /**
     * @param mostBytes how large the batch may be, besides what the link carries
     * @return null if there is nothing to upload
     * @throws ProblemException also if the server of the local feeds does not answer
     */
    @Nullable
    Batch next(int mostBytes) throws ProblemException, InterruptedException {
        Batch batch = ready;
        ready = null;
        answers.require();
        if (batch == null || batch.room().bytes() > Math.min(mostBytes, limits.mostBytes())
                || !batch.room().suits(room(mostBytes)) || !batch.segments().stream().allMatch(this::isDue)
                || !isUnchanged(batch)) {
            do {
                List<BatchPlanner.Pending> pending = pending();
                if (pending.isEmpty()) {
                    return null;
                }
                batch = prepare(pending, room(mostBytes));
                answers.require();
            } while (!isUnchanged(batch));
        }
        return batch;
    }

    /** Prepares what comes after a batch that was just sent. */
    void prepareAfter(Batch sent, IntSupplier mostBytes) throws InterruptedException {
        if (sent.segments().stream().anyMatch(segment -> blame.isSuspect(segment.target().identity()))) {
            // others have waited for it
            return;
        }
        List<BatchPlanner.Pending> rest = BatchPlanner.after(sent.pending(), sent.segments());
        int most = rest.isEmpty() ? 0 : mostBytes.getAsInt();
        if (most > 0) {
            ready = prepare(rest, room(most));
        }
    }

    private Room room(int mostBytes) {
        return new Room(Math.min(limits.bytes(), mostBytes), limits.feeds(), limits.shares());
    }

    private List<BatchPlanner.Pending> pending() throws ProblemException, InterruptedException {
        List<FeedIdentity> ahead = sides.toUpload(SyncState.LOCAL_AHEAD);
        if (freshBook.refresh(ahead)) {
            ahead = sides.toUpload(SyncState.LOCAL_AHEAD);
        }
        List<BatchPlanner.Pending> pending = new ArrayList<>();
        for (FeedIdentity feed : blame.candidates(ahead.stream().filter(this::isSendable).toList())) {
            LocalFeed here = sides.local(feed);
            if (here != null && sides.book().get(feed) instanceof ListedFeed.Usable there) {
                pending.add(new BatchPlanner.Pending(there, here.feed().meta(),
                        here.settledPoints() - there.meta().npoints(),
                        (startByte, target) -> read(here.feed(), startByte, target)));
            }
        }
        return pending;
    }

    private void read(ListedFeed.Usable feed, long startByte, ByteBuffer target)
            throws ProblemException, InterruptedException {
        answers.to(feed.identity(), () -> {
            local.read(feed, startByte, target);
            return target;
        });
    }

    private boolean isSendable(FeedIdentity feed) {
        LocalFeed here = sides.local(feed);
        return here != null && sides.book().get(feed) instanceof ListedFeed.Usable there
                && here.settledPoints() > there.meta().npoints()
                && !openSlots.isHeldBack(here, there, sides.isSelected(feed));
    }

    /** Whether the remote side is as it was expected to be when the segment was prepared. */
    private boolean isDue(Segment segment) {
        FeedIdentity feed = segment.target().identity();
        return segment.target().equals(sides.book().get(feed)) && sides.isUploadable(feed) && isSendable(feed);
    }

    private Batch prepare(List<BatchPlanner.Pending> pending, Room room) throws InterruptedException {
        List<Segment> segments = new ArrayList<>(BatchPlanner.plan(pending, room.bytes(), room.feeds(), room.shares()));
        PreparedBatch prepared = remote.prepare(segments);
        segments.removeIf(segment -> prepared.unread().containsKey(segment.target().identity()));
        return new Batch(pending, segments, room, prepared);
    }

    /**
     * Leaves out feeds that could not be read, or were cleared or made anew since the cycle looked at them: their
     * points must not be sent under the old start time.
     *
     * @return false if there are such
     */
    private boolean isUnchanged(Batch batch) throws ProblemException, InterruptedException {
        Map<FeedIdentity, Problem> problems = new HashMap<>(batch.prepared().unread());
        for (Segment segment : batch.segments()) {
            FeedIdentity feed = segment.target().identity();
            LocalFeed here = sides.local(feed);
            Problem problem = here == null ? null : change(here.feed());
            if (problem != null) {
                problems.put(feed, problem);
            }
        }
        answers.require();
        problems.forEach(sides::unreadable);
        return problems.isEmpty();
    }

    private @Nullable Problem change(ListedFeed.Usable feed) throws InterruptedException {
        try {
            FeedMeta now = answers.to(feed.identity(), () -> local.meta(feed));
            return now.npoints() < feed.meta().npoints() || !now.withPoints(0).equals(feed.meta().withPoints(0))
                    ? Problem.of(ProblemKind.FEED_CHANGED, feed.identity())
                    : null;
        } catch (ProblemException e) {
            return e.problem();
        }
    }
}
