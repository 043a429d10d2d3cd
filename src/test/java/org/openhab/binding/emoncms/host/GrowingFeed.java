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
package org.openhab.binding.emoncms.host;

import java.time.Clock;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;

import org.eclipse.jdt.annotation.NonNullByDefault;
import org.openhab.binding.emoncms.internal.feed.FeedMeta;
import org.openhab.binding.emoncms.internal.feed.ListedFeed;
import org.openhab.binding.emoncms.internal.feed.ProblemException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A meter that goes on while the host runs: a point for every interval.
 *
 * @author Emoncms add-on contributors - Initial contribution
 */
@NonNullByDefault
final class GrowingFeed implements AutoCloseable {

    private final Logger logger = LoggerFactory.getLogger(GrowingFeed.class);

    private final FeedWriter writer;
    private final ListedFeed.Usable feed;
    private final DemoCurve curve;
    private final Clock clock;
    private final RandomGenerator random = new Random();
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "demo-meter");
        thread.setDaemon(true);
        return thread;
    });

    GrowingFeed(FeedWriter writer, ListedFeed.Usable feed, DemoCurve curve, Clock clock) {
        this.writer = writer;
        this.feed = feed;
        this.curve = curve;
        this.clock = clock;
    }

    void start() {
        timer.scheduleWithFixedDelay(this::record, 1, 1, TimeUnit.SECONDS);
    }

    private void record() {
        try {
            FeedMeta meta = writer.meta(feed);
            long next = meta.startTime() + meta.npoints() * meta.intervalSeconds();
            for (; next <= clock.instant().getEpochSecond(); next += meta.intervalSeconds()) {
                writer.append(feed, meta.startTime(), (float) curve.at(next, random));
            }
        } catch (ProblemException e) {
            logger.warn("The meter {} cannot be recorded", feed.identity(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }
}
