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
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.IntSupplier;

import org.eclipse.jdt.annotation.NonNullByDefault;
import org.openhab.binding.emoncms.internal.api.RefusedException;
import org.openhab.binding.emoncms.internal.feed.FeedIdentity;
import org.openhab.binding.emoncms.internal.feed.FeedMeta;
import org.openhab.binding.emoncms.internal.feed.ListedFeed;
import org.openhab.binding.emoncms.internal.feed.Problem;
import org.openhab.binding.emoncms.internal.feed.ProblemException;
import org.openhab.binding.emoncms.internal.feed.ProblemKind;
import org.openhab.binding.emoncms.internal.store.AppendResult;
import org.openhab.binding.emoncms.internal.store.PendingResult;
import org.openhab.binding.emoncms.internal.store.RemoteFeedStore;
import org.openhab.binding.emoncms.internal.store.Segment;

/**
 * Sends batches, and finds out what became of them. What the remote side holds is asked again after every answer that
 * leaves a doubt; nothing is sent twice on suspicion.
 *
 * @author Emoncms add-on contributors - Initial contribution
 */
@NonNullByDefault
final class BatchUpload {

    /**
     * @param begun when it came, also if the next batch was still being prepared
     */
    private record Answer(AppendResult result, Instant begun) {
    }

    private final RemoteFeedStore remote;
    private final TwoSides sides;
    private final RemoteBook book;
    private final OpenSlots openSlots;
    private final BatchQueue queue;
    private final BatchLimits limits;
    private final Blame blame;
    private final SentPoints sentPoints;
    private final Reporter reporter;
    private final Clock clock;
    private boolean hasSent;

    BatchUpload(RemoteFeedStore remote, TwoSides sides, OpenSlots openSlots, BatchQueue queue, BatchLimits limits,
            Blame blame, SentPoints sentPoints, Reporter reporter, Clock clock) {
        this.remote = remote;
        this.sides = sides;
        this.openSlots = openSlots;
        this.queue = queue;
        this.limits = limits;
        this.blame = blame;
        this.sentPoints = sentPoints;
        this.reporter = reporter;
        this.clock = clock;
        book = sides.book();
    }

    /**
     * Sends a batch, and prepares the next one meanwhile.
     *
     * @param mostBytes how large the next batch may be
     */
    void send(BatchQueue.Batch sent, IntSupplier mostBytes) throws ProblemException, InterruptedException {
        List<Segment> batch = sent.segments();
        Instant start = clock.instant();
        batch.forEach(segment -> sentPoints.sent(segment, hasSent));
        hasSent = true;
        try {
            Answer answer = answerTo(sent, mostBytes);
            AppendResult result = answer.result();
            reporter.sent(result.bytes());
            List<Segment> unexpected = result.unexpected(batch);
            for (Segment segment : batch) {
                FeedMeta meta = result.metas().get(segment.target().id());
                if (meta != null && !unexpected.contains(segment)) {
                    arrived(segment, meta);
                }
            }
            if (unexpected.isEmpty()) {
                limits.succeeded(result.bytes(), Duration.between(start, answer.begun()));
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
    private Answer answerTo(BatchQueue.Batch sent, IntSupplier mostBytes)
            throws ProblemException, InterruptedException {
        PendingResult<AppendResult> result = sent.prepared().send();
        AtomicReference<Instant> begun = new AtomicReference<>(clock.instant());
        result.whenAnswered(() -> begun.set(clock.instant()));
        try {
            queue.prepareAfter(sent, mostBytes);
        } catch (RuntimeException | Error | InterruptedException e) {
            result.abort();
            doubt(sent.segments());
            throw e;
        }
        return new Answer(result.await(), begun.get());
    }

    /** Whether the server works, but has not done what it was asked for. */
    static boolean isAboutOneAnswer(ProblemKind kind) {
        return switch (kind) {
            case REFUSED, UNREADABLE_ANSWER, SERVER_ERROR, ANSWER_TOO_LONG -> true;
            default -> false;
        };
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
        abandon(batch, e.problem());
        throw e;
    }

    private void arrived(Segment segment, FeedMeta meta) {
        FeedIdentity feed = segment.target().identity();
        book.put(segment.target().withMeta(meta));
        openSlots.uploaded(segment.target(), segment.endPoint());
        blame.arrived(feed);
        reporter.uploaded(feed, clock.instant());
        if (sides.compare(feed).state() == SyncState.SAME) {
            sides.arrived(feed);
            reporter.event(feed, SyncEvent.UPLOADED);
        }
    }

    private void abandon(List<Segment> batch, Problem problem) {
        doubt(batch);
        blame.abandon(batch, problem);
    }

    private void doubt(List<Segment> batch) {
        batch.forEach(segment -> book.doubt(segment.target().identity()));
    }

    /** Finds out what became of a batch whose answer was never seen. */
    void resolveAbandoned() throws ProblemException {
        Blame.Abandoned abandoned = blame.takeAbandoned();
        if (abandoned != null) {
            List<Segment> missing = missing(abandoned.batch());
            if (!missing.isEmpty()) {
                blame.unclear(missing, abandoned.problem());
            }
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
            abandon(segments, problem);
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
