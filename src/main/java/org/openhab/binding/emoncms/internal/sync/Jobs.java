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

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;

import org.eclipse.jdt.annotation.NonNullByDefault;
import org.eclipse.jdt.annotation.Nullable;
import org.openhab.binding.emoncms.internal.feed.Problem;
import org.openhab.binding.emoncms.internal.feed.ProblemException;
import org.openhab.binding.emoncms.internal.feed.ProblemKind;

/**
 * The jobs that were requested, one after the other. Any thread may request one; the rest is of the worker thread. A
 * job is not kept for later: when the server cannot be reached, it fails.
 *
 * @author Emoncms add-on contributors - Initial contribution
 */
@NonNullByDefault
final class Jobs {

    private record Requested(FeedJob job, CompletableFuture<JobReport> report) {
    }

    private final Deque<Requested> waiting = new ArrayDeque<>();

    synchronized CompletableFuture<JobReport> add(FeedJob job) {
        CompletableFuture<JobReport> report = new CompletableFuture<>();
        waiting.add(new Requested(job, report));
        return report;
    }

    synchronized boolean isEmpty() {
        return waiting.isEmpty();
    }

    private synchronized @Nullable Requested first() {
        return waiting.peek();
    }

    private synchronized void remove(Requested requested) {
        waiting.remove(requested);
    }

    private synchronized List<Requested> takeAll() {
        List<Requested> all = new ArrayList<>(waiting);
        waiting.clear();
        return all;
    }

    /**
     * @return false if jobs are left
     * @throws ProblemException if the user has to do something about the account first
     */
    boolean run(FeedJob.Context context, Reporter reporter) throws ProblemException, InterruptedException {
        for (Requested next = first(); next != null; next = first()) {
            if (!context.goesOn().getAsBoolean()) {
                return false;
            }
            try {
                JobReport report = next.job().run(context);
                if (report == null) {
                    return false;
                }
                remove(next);
                if (report instanceof JobReport.Repaired repaired && !report.isDryRun()) {
                    reporter.event(next.job().feed(), repaired.isSame() ? SyncEvent.REPAIRED : SyncEvent.FAILED);
                }
                next.report().complete(report);
            } catch (ProblemException e) {
                context.sides().book().distrust();
                remove(next);
                reporter.event(next.job().feed(), SyncEvent.FAILED);
                next.report().completeExceptionally(e);
                ProblemKind.Remedy remedy = e.problem().kind().remedy();
                if (remedy == ProblemKind.Remedy.ACT || remedy == ProblemKind.Remedy.WAIT) {
                    throw e;
                }
            }
        }
        return true;
    }

    void fail(Problem problem, Reporter reporter) {
        for (Requested requested : takeAll()) {
            reporter.event(requested.job().feed(), SyncEvent.FAILED);
            requested.report().completeExceptionally(new ProblemException(problem));
        }
    }

    void cancel() {
        takeAll().forEach(requested -> requested.report().cancel(false));
    }
}
