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

import org.eclipse.jdt.annotation.NonNullByDefault;
import org.openhab.binding.emoncms.internal.feed.ProblemException;
import org.openhab.binding.emoncms.internal.store.LocalFeedStore;
import org.openhab.binding.emoncms.internal.store.RemoteFeedStore;

/**
 * Looks at both sides once and uploads what the remote side lacks.
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
    private final Blame blame;
    private final Clock clock;
    private final FreshBook freshBook;
    private final FeedCreation creation;
    private final BatchQueue queue;
    private final BatchUpload upload;

    UploadCycle(LocalFeedStore local, RemoteFeedStore remote, TwoSides sides, OpenSlots openSlots, BatchLimits limits,
            Blame blame, SentPoints sentPoints, Reporter reporter, Clock clock) {
        this.local = local;
        this.remote = remote;
        this.sides = sides;
        this.openSlots = openSlots;
        this.blame = blame;
        this.clock = clock;
        book = sides.book();
        freshBook = new FreshBook(remote, book, sentPoints, openSlots.isEnabled());
        queue = new BatchQueue(local, remote, sides, openSlots, freshBook, limits, blame);
        creation = new FeedCreation(remote, sides, freshBook::created);
        upload = new BatchUpload(remote, sides, openSlots, queue, limits, blame, sentPoints, reporter, clock);
    }

    /**
     * @return false if there is more to upload
     * @throws ProblemException if the server as a whole failed; what the remote side holds is then not known
     */
    boolean run(Control control) throws ProblemException, InterruptedException {
        blame.beginCycle();
        try {
            freshBook.begin();
            upload.resolveAbandoned();
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
            boolean hasCreated = createSome(control);
            int mostBytes = control.batchBytes();
            if (mostBytes == 0) {
                break;
            }
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
        while (!control.isInterrupted() && isWithin(LONGEST_CREATION, start) && control.batchBytes() > 0
                && creation.createNext(control)) {
            hasCreated = true;
        }
        return hasCreated;
    }

    private boolean isWithin(Duration duration, Instant start) {
        Instant now = clock.instant();
        return !now.isBefore(start) && now.isBefore(start.plus(duration));
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
            upload.send(batch, control::batchBytes);
        } finally {
            sides.sent();
        }
        return true;
    }
}
