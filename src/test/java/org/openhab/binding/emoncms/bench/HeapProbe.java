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

import java.nio.file.Path;
import java.time.Clock;
import java.util.concurrent.Executors;

import org.eclipse.jdt.annotation.NonNullByDefault;
import org.eclipse.jetty.client.HttpClient;
import org.openhab.binding.emoncms.internal.api.HttpClients;
import org.openhab.binding.emoncms.internal.feed.FeedIdentity;
import org.openhab.binding.emoncms.internal.store.RemoteFeedStore;

/**
 * Does one thing in a process of its own, whose heap may be too small for it.
 *
 * @author Emoncms add-on contributors - Initial contribution
 */
@NonNullByDefault
public final class HeapProbe {

    /** What it can do. */
    enum Task {
        /** But to open the server. */
        NOTHING,
        LIST,
        DOWNLOAD
    }

    private static final int LONGEST_SECONDS = 60;

    private HeapProbe() {
    }

    /**
     * @param arguments task, URL and key of the server; for a download also an empty local store and the feed's tag
     */
    public static void main(String... arguments) throws Exception {
        Target target = Target.of(arguments[1], arguments[2]);
        HttpClient client = Clients.of(target);
        HttpClients.start(client);
        switch (Task.valueOf(arguments[0])) {
            case NOTHING -> TestedEngine.open(target, client);
            case LIST -> list(TestedEngine.open(target, client));
            case DOWNLOAD -> download(target, client, Path.of(arguments[3]), arguments[4]);
        }
        System.exit(0);
    }

    private static void list(RemoteFeedStore store) throws Exception {
        if (store.list().isEmpty()) {
            throw new IllegalStateException("There are no feeds");
        }
    }

    private static void download(Target target, HttpClient client, Path directory, String tag) throws Exception {
        FeedStates states = new FeedStates();
        try (TestedEngine engine = new TestedEngine(directory, target, client, Clock.systemUTC(),
                Executors.newSingleThreadScheduledExecutor(), states)) {
            FeedIdentity feed = new FeedIdentity(tag, LocalFeeds.name(0));
            engine.watch(feed, false);
            engine.start();
            engine.download(feed);
            states.awaitDownloaded(1, LONGEST_SECONDS);
        }
    }
}
