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
package org.openhab.binding.emoncms.internal.handler;

import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;

import org.eclipse.jdt.annotation.NonNullByDefault;
import org.eclipse.jdt.annotation.Nullable;
import org.openhab.binding.emoncms.internal.feed.FeedIdentity;
import org.openhab.binding.emoncms.internal.feed.Problem;
import org.openhab.binding.emoncms.internal.feed.ProblemException;
import org.openhab.binding.emoncms.internal.feed.ProblemKind;
import org.openhab.binding.emoncms.internal.sync.JobReport;
import org.openhab.binding.emoncms.internal.sync.SyncEngine;

/**
 * What can be asked of a bridge; each call returns at once. Futures are cancelled if the bridge is not running, and
 * fail with a {@link ProblemException} if what was asked is not possible.
 *
 * @author Emoncms add-on contributors - Initial contribution
 */
@NonNullByDefault
public final class EngineRequests {

    private final Supplier<@Nullable SyncEngine> running;

    EngineRequests(Supplier<@Nullable SyncEngine> running) {
        this.running = running;
    }

    /** Compares and uploads. */
    public RequestOutcome uploadNow() {
        return upload(SyncEngine::uploadNow);
    }

    /** As {@link #uploadNow()}; this feed also if it is not selected for upload. */
    public RequestOutcome upload(FeedIdentity feed) {
        return upload(engine -> engine.uploadNow(feed));
    }

    private RequestOutcome upload(Consumer<SyncEngine> request) {
        SyncEngine engine = running.get();
        if (engine == null) {
            return RequestOutcome.OFFLINE;
        }
        if (engine.isPaused()) {
            return RequestOutcome.PAUSED;
        }
        request.accept(engine);
        return RequestOutcome.ACCEPTED;
    }

    /** Has the points that the local feed lacks downloaded. */
    public RequestOutcome download(FeedIdentity feed) {
        return ask(engine -> engine.download(feed));
    }

    /** Has all feeds downloaded that are only remote or ahead there. */
    public RequestOutcome downloadAll() {
        return ask(SyncEngine::downloadAll);
    }

    /** Has all points of the feed compared. */
    public RequestOutcome verify(FeedIdentity feed) {
        return ask(engine -> engine.verify(feed));
    }

    /** Has all points of all feeds compared that have a thing or are selected for upload. */
    public RequestOutcome verifyAll() {
        return ask(SyncEngine::verifyAll);
    }

    private RequestOutcome ask(Predicate<SyncEngine> request) {
        SyncEngine engine = running.get();
        if (engine == null) {
            return RequestOutcome.OFFLINE;
        }
        return request.test(engine) ? RequestOutcome.ACCEPTED : RequestOutcome.ALREADY_REQUESTED;
    }

    /** Gives the remote points that differ the local values. */
    public CompletableFuture<JobReport> repair(FeedIdentity feed, boolean dryRun) {
        return change(engine -> engine.repair(feed, dryRun), dryRun);
    }

    /** Has the feed uploaded anew; keeps the remote one under another name. */
    public CompletableFuture<JobReport> recreateRemote(FeedIdentity feed, boolean dryRun) {
        return change(engine -> engine.recreateRemote(feed, dryRun), dryRun);
    }

    /** Has the remote feed downloaded to a new local one. */
    public CompletableFuture<JobReport> downloadToNewFeed(FeedIdentity feed, boolean dryRun) {
        return change(engine -> engine.downloadToNewFeed(feed, dryRun), true);
    }

    /**
     * @param whilePaused whether nothing is changed remotely
     */
    private CompletableFuture<JobReport> change(Function<SyncEngine, CompletableFuture<JobReport>> request,
            boolean whilePaused) {
        SyncEngine engine = running.get();
        if (engine == null) {
            CompletableFuture<JobReport> none = new CompletableFuture<>();
            none.cancel(false);
            return none;
        }
        if (engine.isPaused() && !whilePaused) {
            return CompletableFuture.failedFuture(new ProblemException(Problem.of(ProblemKind.PAUSED)));
        }
        return request.apply(engine);
    }
}
