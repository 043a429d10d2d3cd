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

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Executors;

import org.eclipse.jdt.annotation.NonNullByDefault;
import org.eclipse.jdt.annotation.Nullable;
import org.eclipse.jetty.client.HttpClient;
import org.openhab.binding.emoncms.internal.api.Authenticator;
import org.openhab.binding.emoncms.internal.api.Credentials;
import org.openhab.binding.emoncms.internal.api.EmoncmsApi;
import org.openhab.binding.emoncms.internal.api.HttpAccess;
import org.openhab.binding.emoncms.internal.api.HttpClients;
import org.openhab.binding.emoncms.internal.api.ServerUrl;
import org.openhab.binding.emoncms.internal.feed.FeedIdentity;
import org.openhab.binding.emoncms.internal.feed.FeedPatterns;
import org.openhab.binding.emoncms.internal.feed.Problem;
import org.openhab.binding.emoncms.internal.feed.ProblemException;
import org.openhab.binding.emoncms.internal.store.FeedStore;
import org.openhab.binding.emoncms.internal.store.LocalFeedStore;
import org.openhab.binding.emoncms.internal.store.RemoteFeedStore;
import org.openhab.binding.emoncms.internal.store.directory.DirectoryFeedStore;
import org.openhab.binding.emoncms.internal.store.directory.FeedDirectories;
import org.openhab.binding.emoncms.internal.store.emoncms.EmoncmsFeedStore;
import org.openhab.binding.emoncms.internal.sync.DataUsage;
import org.openhab.binding.emoncms.internal.sync.FeedReport;
import org.openhab.binding.emoncms.internal.sync.KnownFeed;
import org.openhab.binding.emoncms.internal.sync.ServerReport;
import org.openhab.binding.emoncms.internal.sync.SyncEngine;
import org.openhab.binding.emoncms.internal.sync.SyncEvent;
import org.openhab.binding.emoncms.internal.sync.SyncListener;
import org.openhab.binding.emoncms.internal.sync.SyncSettings;
import org.openhab.binding.emoncms.internal.sync.UploadWindow;

/**
 * The process that is killed: an engine that uploads and downloads without end, and a recorder that writes to the same
 * directory. It ends with the process that has started it.
 *
 * @author Emoncms add-on contributors - Initial contribution
 */
@NonNullByDefault
public final class KilledMain implements SyncListener {

    private static final int BATCH_BYTES = 16 << 10;
    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    private final Steps steps;

    private KilledMain(Steps steps) {
        this.steps = steps;
    }

    /**
     * @param arguments the local directory, the server's URL, its write key, the round, how many milliseconds are
     *            between two requests of everything
     */
    public static void main(String[] arguments) throws Exception {
        endWithParent();
        Path directory = Path.of(arguments[0]);
        ServerUrl url = ServerUrl.parse(arguments[1]);
        Credentials.ApiKey key = new Credentials.ApiKey(arguments[2]);
        Workload workload = new Workload(Integer.parseInt(arguments[3]));
        Steps steps = new Steps(System.out);
        HttpClient client = new HttpClient();
        HttpClients.start(client);
        RemoteFeedStore remote = steps.traced(RemoteFeedStore.class, open(client, url, key), Steps.WORKER, "remote");
        SyncEngine engine = new SyncEngine(
                steps.traced(LocalFeedStore.class, store(directory, ""), Steps.WORKER, "local"), () -> remote,
                new SyncSettings(Duration.ofSeconds(1), Duration.ZERO, BATCH_BYTES,
                        FeedPatterns.parse(List.of(CrashFeed.RECORDED + ":*")), Duration.ofSeconds(10), false,
                        UploadWindow.ALWAYS, SyncSettings.UNLIMITED),
                Clock.systemUTC(), new Random(), Executors.newSingleThreadScheduledExecutor(), () -> DataUsage.NONE,
                new KilledMain(steps));
        FeedStore recorded = steps.traced(FeedStore.class, store(directory, "recorder"), Steps.WRITER, "local");
        steps.working();
        engine.start(false, Duration.ZERO);
        new Thread(new Recorder(recorded, workload, steps), "recorder").start();
        keepBusy(engine, Integer.parseInt(arguments[4]));
    }

    private static void endWithParent() {
        Thread thread = new Thread(() -> {
            try {
                System.in.read();
            } catch (IOException e) {
                // as good as its end
            }
            System.exit(0);
        }, "parent");
        thread.setDaemon(true);
        thread.start();
    }

    private static DirectoryFeedStore store(Path directory, String owner) {
        return new DirectoryFeedStore(directory, true, FeedDirectories.in(directory), owner, Clock.systemUTC());
    }

    private static EmoncmsFeedStore open(HttpClient client, ServerUrl url, Credentials.ApiKey key)
            throws ProblemException, InterruptedException {
        return new EmoncmsFeedStore(new EmoncmsApi(new HttpAccess(client, TIMEOUT), url,
                new Authenticator(new HttpAccess(client, TIMEOUT), url).authenticate(key)), BATCH_BYTES);
    }

    /** Each request also ends early what is under way, so that downloads are continued within one process too. */
    private static void keepBusy(SyncEngine engine, int meanMillis) throws InterruptedException {
        Random random = new Random();
        while (true) {
            engine.downloadAll();
            Thread.sleep(meanMillis / 2 + random.nextInt(meanMillis));
            engine.uploadNow();
        }
    }

    @Override
    public void serverChanged(ServerReport report) {
        tell(report.problem());
    }

    @Override
    public void feedChanged(FeedReport report) {
        tell(report.problem());
    }

    private void tell(@Nullable Problem problem) {
        if (problem != null) {
            steps.problem(problem.toString());
        }
    }

    @Override
    public void feedEvent(FeedIdentity feed, SyncEvent event) {
        // the files tell
    }

    @Override
    public void serverEvent(SyncEvent event) {
        // the files tell
    }

    @Override
    public void feedsKnown(Map<FeedIdentity, KnownFeed> feeds) {
        // the files tell
    }
}
