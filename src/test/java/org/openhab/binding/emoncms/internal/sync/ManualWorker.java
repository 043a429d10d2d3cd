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

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.Callable;
import java.util.concurrent.Delayed;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.RunnableScheduledFuture;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

import org.eclipse.jdt.annotation.NonNullByDefault;
import org.openhab.binding.emoncms.simulated.AdjustableClock;

/**
 * A worker whose jobs a test runs by hand, in the order of their time on a clock that moves with them.
 *
 * @author Emoncms add-on contributors - Initial contribution
 */
@NonNullByDefault
public final class ManualWorker extends AbstractExecutorService implements ScheduledExecutorService {

    private final class Job extends FutureTask<Void> implements RunnableScheduledFuture<Void> {

        private final Instant due;

        Job(Runnable task, Instant due) {
            super(task, null);
            this.due = due;
        }

        @Override
        public long getDelay(TimeUnit unit) {
            return unit.convert(Duration.between(clock.instant(), due));
        }

        @Override
        public int compareTo(Delayed other) {
            return due.compareTo(((Job) other).due);
        }

        @Override
        public boolean isPeriodic() {
            return false;
        }
    }

    private final AdjustableClock clock;
    private final Consumer<Runnable> runner;
    private final List<Job> jobs = new ArrayList<>();
    private boolean shutDown;

    public ManualWorker(AdjustableClock clock) {
        this(clock, Runnable::run);
    }

    /**
     * @param runner is given each job when its time has come, and runs it
     */
    public ManualWorker(AdjustableClock clock, Consumer<Runnable> runner) {
        this.clock = clock;
        this.runner = runner;
    }

    /** Runs what is due, and all that becomes due by it. */
    public void runDue() {
        runUntil(clock.instant());
    }

    /** Moves the clock and runs everything whose time comes on the way. */
    public void run(Duration duration) {
        runUntil(clock.instant().plus(duration));
    }

    private void runUntil(Instant end) {
        while (true) {
            Job job = jobs.stream().filter(candidate -> !candidate.due.isAfter(end)).min(Comparator.naturalOrder())
                    .orElse(null);
            if (job == null) {
                clock.advance(Duration.between(clock.instant(), end));
                return;
            }
            jobs.remove(job);
            if (job.due.isAfter(clock.instant())) {
                clock.advance(Duration.between(clock.instant(), job.due));
            }
            if (!job.isCancelled()) {
                runner.accept(job);
            }
        }
    }

    @Override
    public void execute(Runnable task) {
        schedule(task, 0, TimeUnit.MILLISECONDS);
    }

    @Override
    public ScheduledFuture<?> schedule(Runnable task, long delay, TimeUnit unit) {
        if (shutDown) {
            throw new RejectedExecutionException();
        }
        Job job = new Job(task, clock.instant().plus(Duration.of(delay, unit.toChronoUnit())));
        jobs.add(job);
        return job;
    }

    @Override
    public <V> ScheduledFuture<V> schedule(Callable<V> callable, long delay, TimeUnit unit) {
        throw new UnsupportedOperationException();
    }

    @Override
    public ScheduledFuture<?> scheduleAtFixedRate(Runnable task, long initialDelay, long period, TimeUnit unit) {
        throw new UnsupportedOperationException();
    }

    @Override
    public ScheduledFuture<?> scheduleWithFixedDelay(Runnable task, long initialDelay, long delay, TimeUnit unit) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void shutdown() {
        shutDown = true;
    }

    @Override
    public List<Runnable> shutdownNow() {
        shutDown = true;
        jobs.clear();
        return List.of();
    }

    @Override
    public boolean isShutdown() {
        return shutDown;
    }

    @Override
    public boolean isTerminated() {
        return shutDown;
    }

    @Override
    public boolean awaitTermination(long timeout, TimeUnit unit) {
        return shutDown;
    }
}
