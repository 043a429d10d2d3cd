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
package org.openhab.binding.emoncms.bench;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

import org.eclipse.jdt.annotation.NonNullByDefault;
import org.eclipse.jetty.client.HttpClient;
import org.openhab.binding.emoncms.internal.sync.ManualWorker;
import org.openhab.binding.emoncms.simulated.AdjustableClock;

/**
 * An engine whose cycles run on the calling thread, one interval after the other, without waiting.
 *
 * @author Emoncms add-on contributors - Initial contribution
 */
@NonNullByDefault
final class SteppedEngine implements AutoCloseable {

    private final LocalFeeds feeds;
    private final FeedStates states = new FeedStates();
    private final Duration interval;
    private final ManualWorker worker;
    private final TestedEngine engine;

    SteppedEngine(Site site, LocalFeeds feeds, Target target) {
        this(feeds, target, site.client(), TestedEngine.INTERVAL,
                new AdjustableClock(Instant.now().truncatedTo(ChronoUnit.SECONDS)));
    }

    /**
     * @param clock moves with the cycles
     */
    SteppedEngine(LocalFeeds feeds, Target target, HttpClient client, Duration interval, AdjustableClock clock) {
        this.feeds = feeds;
        this.interval = interval;
        worker = new ManualWorker(clock);
        engine = new TestedEngine(feeds.directory(), target, client, interval, clock, worker, states);
    }

    /** The first cycle, in which both sides are seen. */
    void start() {
        engine.watchAll(feeds);
        engine.start();
        worker.runDue();
        requireSame();
    }

    /** The next cycle. */
    void cycle() {
        worker.run(interval);
        requireSame();
    }

    private void requireSame() {
        if (!states.areSame(feeds.count())) {
            throw new IllegalStateException("Not all feeds are the same on both sides: " + states.describeFailures());
        }
    }

    FeedStates states() {
        return states;
    }

    @Override
    public void close() {
        engine.close();
    }
}
