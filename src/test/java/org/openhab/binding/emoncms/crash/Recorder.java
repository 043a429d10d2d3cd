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
package org.openhab.binding.emoncms.crash;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.eclipse.jdt.annotation.NonNullByDefault;
import org.openhab.binding.emoncms.internal.feed.FeedIdentity;
import org.openhab.binding.emoncms.internal.feed.ListedFeed;
import org.openhab.binding.emoncms.internal.feed.ProblemException;
import org.openhab.binding.emoncms.internal.feed.ProblemKind;
import org.openhab.binding.emoncms.internal.store.FeedStore;
import org.openhab.binding.emoncms.internal.store.NewFeed;
import org.openhab.binding.emoncms.internal.store.Segment;

/**
 * Creates local feeds and records points in them, going on where it was killed.
 *
 * @author Emoncms add-on contributors - Initial contribution
 */
@NonNullByDefault
final class Recorder implements Runnable {

    private final FeedStore store;
    private final Workload workload;
    private final Steps steps;

    Recorder(FeedStore store, Workload workload, Steps steps) {
        this.store = store;
        this.workload = workload;
        this.steps = steps;
    }

    @Override
    public void run() {
        try {
            Map<FeedIdentity, ListedFeed> held = new HashMap<>();
            store.list().forEach(feed -> held.put(feed.identity(), feed));
            List<CrashFeed> feeds = new ArrayList<>(workload.recorded());
            workload.offered().stream().filter(Workload::isMadeBeforehand).forEach(feeds::add);
            Collections.shuffle(feeds);
            for (CrashFeed feed : feeds) {
                ListedFeed known = held.get(feed.identity());
                if (feed.isOffered()) {
                    makeBeforehand(feed, known != null);
                } else {
                    record(feed, known instanceof ListedFeed.Usable usable ? usable : create(feed));
                }
            }
        } catch (ProblemException e) {
            steps.problem(e.problem().toString());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void makeBeforehand(CrashFeed feed, boolean isThere) throws ProblemException, InterruptedException {
        try {
            if (!isThere) {
                create(feed);
            }
        } catch (ProblemException e) {
            // its download may have been quicker
            if (e.problem().kind() != ProblemKind.FEED_NAME_TWICE) {
                throw e;
            }
        }
    }

    private ListedFeed.Usable create(CrashFeed feed) throws ProblemException, InterruptedException {
        return store
                .create(new NewFeed(feed.identity(), feed.engine(), feed.meta(0).intervalSeconds(), CrashFeed.UNIT));
    }

    private void record(CrashFeed feed, ListedFeed.Usable held) throws ProblemException, InterruptedException {
        long end = workload.npoints(feed);
        for (long next = held.meta().npoints(); next < end;) {
            byte[] points = feed.bytes(next, Math.min(Workload.RECORDED_AT_ONCE, end - next));
            int npoints = points.length / feed.engine().pointBytes();
            store.append(List.of(new Segment(held.withMeta(feed.meta(next)), feed.meta(end), next, npoints,
                    (startByte, target) -> target.put(points))));
            next += npoints;
        }
    }
}
