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
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

import org.eclipse.jdt.annotation.NonNullByDefault;
import org.eclipse.jetty.client.HttpClient;
import org.openhab.binding.emoncms.internal.api.Authenticator;
import org.openhab.binding.emoncms.internal.api.Credentials;
import org.openhab.binding.emoncms.internal.api.EmoncmsApi;
import org.openhab.binding.emoncms.internal.api.HttpAccess;
import org.openhab.binding.emoncms.internal.api.ServerUrl;
import org.openhab.binding.emoncms.internal.feed.FeedIdentity;
import org.openhab.binding.emoncms.internal.feed.FeedPatterns;
import org.openhab.binding.emoncms.internal.feed.ProblemException;
import org.openhab.binding.emoncms.internal.store.RemoteFeedStore;
import org.openhab.binding.emoncms.internal.store.directory.DirectoryFeedStore;
import org.openhab.binding.emoncms.internal.store.emoncms.EmoncmsFeedStore;
import org.openhab.binding.emoncms.internal.sync.DataUsage;
import org.openhab.binding.emoncms.internal.sync.SyncEngine;
import org.openhab.binding.emoncms.internal.sync.SyncListener;
import org.openhab.binding.emoncms.internal.sync.SyncSettings;
import org.openhab.binding.emoncms.internal.sync.UploadWindow;

/**
 * The engine with the settings a bridge has by default; the only place where a benchmark makes one.
 *
 * @author Emoncms add-on contributors - Initial contribution
 */
@NonNullByDefault
final class TestedEngine implements AutoCloseable {

    static final Duration INTERVAL = Duration.ofMinutes(5);
    static final int BATCH_BYTES = 1 << 20;

    private static final Duration REQUEST_TIMEOUT = Duration.ofSeconds(60);
    private static final Duration WRITE_DELAY = Duration.ofMinutes(10);
    private static final int END_SECONDS = 30;

    private final ScheduledExecutorService worker;
    private final SyncEngine engine;

    /**
     * @param directory of the local feeds
     * @param client started by {@link org.openhab.binding.emoncms.internal.api.HttpClients}
     * @param worker a single thread; is shut down at the end
     */
    TestedEngine(Path directory, Target target, HttpClient client, Clock clock, ScheduledExecutorService worker,
            SyncListener listener) {
        this(directory, target, client, INTERVAL, clock, worker, listener);
    }

    /**
     * @param interval between two uploads, instead of the default
     */
    TestedEngine(Path directory, Target target, HttpClient client, Duration interval, Clock clock,
            ScheduledExecutorService worker, SyncListener listener) {
        this.worker = worker;
        engine = new SyncEngine(new DirectoryFeedStore(directory, clock), () -> open(target, client),
                settings(interval), clock, new Random(1), worker, () -> DataUsage.NONE, listener);
    }

    private static SyncSettings settings(Duration interval) {
        return new SyncSettings(interval, Duration.ZERO, BATCH_BYTES, FeedPatterns.NONE, WRITE_DELAY, false,
                UploadWindow.ALWAYS, SyncSettings.UNLIMITED);
    }

    /** The remote side alone, with proven credentials. */
    static RemoteFeedStore open(Target target, HttpClient client) throws ProblemException, InterruptedException {
        ServerUrl url = ServerUrl.parse(target.url().toString());
        HttpAccess access = new HttpAccess(client, REQUEST_TIMEOUT);
        Credentials.ApiKey key = new Authenticator(access, url).authenticate(new Credentials.ApiKey(target.key()));
        return new EmoncmsFeedStore(new EmoncmsApi(access, url, key), BATCH_BYTES);
    }

    void watch(FeedIdentity feed, boolean upload) {
        engine.watch(feed, upload);
    }

    void watchAll(LocalFeeds feeds) {
        for (int i = 0; i < feeds.count(); i++) {
            engine.watch(feeds.identity(i), true);
        }
    }

    void start() {
        engine.start(false, Duration.ZERO);
    }

    void download(FeedIdentity feed) {
        engine.download(feed);
    }

    @Override
    public void close() {
        engine.stop();
        worker.shutdownNow();
        try {
            worker.awaitTermination(END_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
