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

import java.util.BitSet;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

import org.eclipse.jdt.annotation.NonNullByDefault;
import org.eclipse.jdt.annotation.Nullable;
import org.openhab.binding.emoncms.internal.feed.FeedIdentity;
import org.openhab.binding.emoncms.internal.feed.Problem;
import org.openhab.binding.emoncms.internal.feed.ProblemKind;
import org.openhab.binding.emoncms.internal.sync.FeedReport;
import org.openhab.binding.emoncms.internal.sync.KnownFeed;
import org.openhab.binding.emoncms.internal.sync.ServerReport;
import org.openhab.binding.emoncms.internal.sync.SyncEvent;
import org.openhab.binding.emoncms.internal.sync.SyncListener;
import org.openhab.binding.emoncms.internal.sync.SyncState;

/**
 * Waits until feeds of {@link LocalFeeds} are the same on both sides; keeps a bit of each and nothing more.
 *
 * @author Emoncms add-on contributors - Initial contribution
 */
@NonNullByDefault
final class FeedStates implements SyncListener {

    private final BitSet same = new BitSet();
    private final BitSet compared = new BitSet();
    private final BitSet downloaded = new BitSet();
    private final Map<ProblemKind, Integer> failures = new TreeMap<>();
    private final Map<ProblemKind, Problem> firstOfKind = new TreeMap<>();
    private @Nullable Problem problem;
    private long lastSameNanos;
    private double lastSameCpuSeconds;

    @Override
    public synchronized void serverChanged(ServerReport report) {
        Problem now = report.problem();
        if (now != null && !now.equals(problem)) {
            failed(now);
        }
        problem = now;
    }

    @Override
    public synchronized void feedChanged(FeedReport report) {
        if (report.state() == SyncState.VERIFYING) {
            return;
        }
        int feed = LocalFeeds.index(report.identity().name());
        boolean isSame = report.state() == SyncState.SAME;
        if (isSame && !same.get(feed)) {
            lastSameNanos = System.nanoTime();
            lastSameCpuSeconds = Meter.threadCpuSeconds();
        }
        set(compared, feed, report.state() != null);
        set(same, feed, isSame);
        Problem ofFeed = report.problem();
        if (ofFeed != null) {
            failed(ofFeed);
        }
    }

    /** Wakes whoever waits only if there is news, since that costs what is measured. */
    private void set(BitSet bits, int feed, boolean value) {
        if (bits.get(feed) != value) {
            bits.set(feed, value);
            notifyAll();
        }
    }

    private void failed(Problem found) {
        failures.merge(found.kind(), 1, Integer::sum);
        firstOfKind.putIfAbsent(found.kind(), found);
    }

    @Override
    public synchronized void feedEvent(FeedIdentity feed, SyncEvent event) {
        if (event == SyncEvent.DOWNLOADED) {
            set(downloaded, LocalFeeds.index(feed.name()), true);
        }
    }

    @Override
    public void serverEvent(SyncEvent event) {
        // those of the feeds tell enough
    }

    @Override
    public void feedsKnown(Map<FeedIdentity, KnownFeed> feeds) {
        // not to be kept
    }

    /** Until the first so many feeds are the same on both sides. */
    void awaitSame(int count, int seconds) throws InterruptedException {
        await(same, count, seconds);
    }

    void awaitCompared(int count, int seconds) throws InterruptedException {
        await(compared, count, seconds);
    }

    void awaitDownloaded(int count, int seconds) throws InterruptedException {
        await(downloaded, count, seconds);
    }

    private synchronized void await(BitSet bits, int count, int seconds) throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
        while (bits.nextClearBit(0) < count) {
            long millis = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
            if (millis <= 0) {
                throw new IllegalStateException("After " + seconds + " s " + bits.cardinality() + " of " + count
                        + " feeds are so far; problems: " + describeFailures());
            }
            wait(millis);
        }
    }

    synchronized boolean areSame(int count) {
        return same.nextClearBit(0) >= count;
    }

    /** When the last feed so far has become the same on both sides. */
    synchronized long lastSameNanos() {
        return lastSameNanos;
    }

    /** What the engine's thread had used then. */
    synchronized double lastSameCpuSeconds() {
        return lastSameCpuSeconds;
    }

    /** How often the server as a whole, or a feed, has failed, and how first. */
    synchronized String describeFailures() {
        return failures + ", the first of each kind: " + firstOfKind.values();
    }

    /** How often the server as a whole, or a feed, has failed. */
    synchronized Map<ProblemKind, Integer> failures() {
        return Map.copyOf(failures);
    }
}
