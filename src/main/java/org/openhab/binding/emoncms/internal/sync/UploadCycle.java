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

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

import org.eclipse.jdt.annotation.NonNullByDefault;
import org.openhab.binding.emoncms.internal.api.RefusedException;
import org.openhab.binding.emoncms.internal.feed.FeedIdentity;
import org.openhab.binding.emoncms.internal.feed.FeedMeta;
import org.openhab.binding.emoncms.internal.feed.ListedFeed;
import org.openhab.binding.emoncms.internal.feed.Problem;
import org.openhab.binding.emoncms.internal.feed.ProblemException;
import org.openhab.binding.emoncms.internal.feed.ProblemKind;
import org.openhab.binding.emoncms.internal.store.AppendResult;
import org.openhab.binding.emoncms.internal.store.LocalFeedStore;
import org.openhab.binding.emoncms.internal.store.PendingResult;
import org.openhab.binding.emoncms.internal.store.RemoteFeedStore;
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
    /** Then the points of other feeds get their share. */
    private static final Duration LONGEST_CREATION = Duration.ofSeconds(1);

    /** What the rest of the engine has to say and to hear between two requests. */
    interface Control {

        /** Whether the cycle has to end early. */
        boolean isInterrupted();

        /** How large a batch may be at most, besides what the link carries; 0 if it is not the time to upload. */
        int batchBytes();

        /** The server has answered, and there is something to send. */
        void progress();
    }

    private final LocalFeedStore local;
    private final RemoteFeedStore remote;
    private final TwoSides sides;
    private final OpenSlots openSlots;
    private final RemoteBook book;
    private final BatchLimits limits;
    private final Blame blame;
    private final FeedCreation creation;
    private final SentPoints sentPoints;
    private final Reporter reporter;
    private final Clock clock;
    private final FreshBook freshBook;
    private final BatchQueue queue;
    private boolean hasSent;

    UploadCycle(LocalFeedStore local, RemoteFeedStore remote, TwoSides sides, OpenSlots openSlots, BatchLimits limits,
            Blame blame, SentPoints sentPoints, Reporter reporter, Clock clock) {
        this.local = local;
        this.remote = remote;
        this.sides = sides;
        this.openSlots = openSlots;
        this.limits = limits;
        this.blame = blame;
        this.sentPoints = sentPoints;
        this.reporter = reporter;
        this.clock = clock;
        book = sides.book();
        freshBook = new FreshBook(remote, book, sentPoints, openSlots.isEnabled());
        queue = new BatchQueue(local, remote, sides, openSlots, freshBook, limits, blame);
        creation = new FeedCreation(remote, sides, freshBook::created);
    }

    /**
     * @return false if there is more to upload
     * @throws ProblemException if the server as a whole failed; what the remote side holds is then not known
     */
    boolean run(Control control) throws ProblemException, InterruptedException {
        blame.beginCycle();
        try {
            freshBook.begin();
            resolveAbandoned();
            book.takeChanged().forEach(sides.parked()::release);
            sides.reportAll();
            openSlots.correct(sides, local, remote, freshBook::requireList, control);
            boolean isDone = sendAll(control);
            if (isDone) {
                openSlots.show(sides, local, remote, freshBook::requireList, control);
            }
            return isDone;
        } catch (ProblemException e) {
            book.distrust();
            throw e;
        } finally {
            sides.reportAll();
        }
    }

    private boolean sendAll(Control control) throws ProblemException, InterruptedException {
        Instant start = clock.instant();
        while (!control.isInterrupted()) {
            int mostBytes = control.batchBytes();
            if (mostBytes == 0) {
                break;
            }
            boolean hasCreated = createSome(control);
            if (!uploadNext(control, mostBytes) && !hasCreated) {
                book.awaitChange(sides.needAttention());
                return true;
            }
            if (!isWithin(LONGEST, start)) {
                break;
            }
        }
        return false;
    }

    private boolean createSome(Control control) throws ProblemException, InterruptedException {
        Instant start = clock.instant();
        boolean hasCreated = false;
        while (!control.isInterrupted() && isWithin(LONGEST_CREATION, start) && creation.createNext(control)) {
            hasCreated = true;
        }
        return hasCreated;
    }

    private boolean isWithin(Duration duration, Instant start) {
        Instant now = clock.instant();
        return !now.isBefore(start) && now.isBefore(start.plus(duration));
    }

    private void resolveAbandoned() throws ProblemException {
        Blame.Abandoned abandoned = blame.takeAbandoned();
        if (abandoned != null) {
            List<Segment> missing = missing(abandoned.batch());
            if (!missing.isEmpty()) {
                blame.unclear(missing, abandoned.problem());
            }
        }
    }

    /** Whether the server works, but has not done what it was asked for. */
    static boolean isAboutOneAnswer(ProblemKind kind) {
        return switch (kind) {
            case REFUSED, UNREADABLE_ANSWER, SERVER_ERROR, ANSWER_TOO_LONG -> true;
            default -> false;
        };
    }

    /**
     * @return whether there were points to upload
     */
    private boolean uploadNext(Control control, int mostBytes) throws ProblemException, InterruptedException {
        BatchQueue.Batch batch = queue.next(mostBytes);
        if (batch == null) {
            return false;
        }
        sides.sending(batch.segments());
        control.progress();
        try {
            send(batch, control);
        } finally {
            sides.sent(batch.segments());
        }
        return true;
    }

    private void send(BatchQueue.Batch sent, Control control) throws ProblemException, InterruptedException {
        List<Segment> batch = sent.segments();
        Instant start = clock.instant();
        batch.forEach(segment -> sentPoints.sent(segment, hasSent));
        hasSent = true;
        try {
            AppendResult result = resultOf(sent, control);
            reporter.sent(result.bytes());
            List<Segment> unexpected = result.unexpected(batch);
            for (Segment segment : batch) {
                FeedMeta meta = result.metas().get(segment.target().id());
                if (meta != null && !unexpected.contains(segment)) {
                    arrived(segment, meta);
                }
            }
            if (unexpected.isEmpty()) {
                limits.succeeded(result.bytes(), Duration.between(start, clock.instant()));
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

    /** Prepares the next batch while the server works at this one. */
    private AppendResult resultOf(BatchQueue.Batch sent, Control control)
            throws ProblemException, InterruptedException {
        PendingResult<AppendResult> result = sent.prepared().send();
        try {
            queue.prepareAfter(sent, control::batchBytes);
        } catch (RuntimeException | Error | InterruptedException e) {
            result.abort();
            throw e;
        }
        return result.await();
    }

    private void sendFailed(List<Segment> batch, ProblemException e) throws ProblemException, InterruptedException {
        ProblemKind kind = e.problem().kind();
        if (kind == ProblemKind.BODY_TOO_LARGE && limits.tooLarge()) {
            return;
        }
        if (isAboutOneAnswer(kind)) {
            findOut(batch, OptionalInt.empty(), e.problem());
            return;
        }
        if (kind == ProblemKind.TIMEOUT) {
            limits.tooSlow();
        }
        blame.abandon(batch, e.problem());
        throw e;
    }

    private void arrived(Segment segment, FeedMeta meta) {
        FeedIdentity feed = segment.target().identity();
        book.put(segment.target().withMeta(meta));
        openSlots.uploaded(segment.target(), segment.endPoint());
        blame.arrived(feed);
        reporter.uploaded(feed, clock.instant());
        if (sides.compare(feed).state() == SyncState.SAME) {
            reporter.event(feed, SyncEvent.UPLOADED);
        }
    }

    /**
     * Asks the remote side what became of segments, and has the one that stands in the way left out.
     *
     * @param culprit the remote id of the feed the server named
     */
    private void findOut(List<Segment> segments, OptionalInt culprit, Problem problem)
            throws ProblemException, InterruptedException {
        try {
            book.relist(remote);
        } catch (ProblemException e) {
            blame.abandon(segments, problem);
            throw e;
        }
        List<Segment> others = new ArrayList<>(segments);
        others.removeIf(segment -> culprit.isPresent() && segment.target().id() == culprit.getAsInt());
        List<Segment> missing = missing(others);
        for (Segment segment : segments) {
            if (!others.contains(segment)) {
                refused(segment, problem);
                return;
            }
        }
        if (!missing.isEmpty()) {
            blame.unclear(missing, problem);
        }
    }

    /** If the remote side has the points all the same, somebody else has put them there. */
    private void refused(Segment segment, Problem problem) {
        sentPoints.doubt(segment);
        if (!hasArrived(segment)) {
            sides.parked().refused(segment.target().identity(), problem);
        }
    }

    private boolean hasArrived(Segment segment) {
        return book.get(segment.target().identity()) instanceof ListedFeed.Usable there
                && there.id() == segment.target().id() && there.meta().npoints() >= segment.endPoint();
    }

    /** The segments of which the remote side, just listed, lacks points. */
    private List<Segment> missing(List<Segment> segments) {
        List<Segment> missing = new ArrayList<>();
        for (Segment segment : segments) {
            if (hasArrived(segment) && book.get(segment.target().identity()) instanceof ListedFeed.Usable there) {
                arrived(segment, there.meta());
            } else {
                missing.add(segment);
            }
        }
        return missing;
    }
}
