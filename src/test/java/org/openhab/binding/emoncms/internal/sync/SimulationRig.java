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

import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

import org.eclipse.jdt.annotation.NonNullByDefault;
import org.eclipse.jdt.annotation.Nullable;
import org.eclipse.jetty.client.HttpClient;
import org.openhab.binding.emoncms.faults.FaultyProxy;
import org.openhab.binding.emoncms.faults.Passage;
import org.openhab.binding.emoncms.faults.Traffic;
import org.openhab.binding.emoncms.internal.api.Authenticator;
import org.openhab.binding.emoncms.internal.api.Credentials;
import org.openhab.binding.emoncms.internal.api.EmoncmsApi;
import org.openhab.binding.emoncms.internal.api.HttpAccess;
import org.openhab.binding.emoncms.internal.api.HttpClients;
import org.openhab.binding.emoncms.internal.api.ServerUrl;
import org.openhab.binding.emoncms.internal.feed.ProblemException;
import org.openhab.binding.emoncms.internal.store.RemoteFeedStore;
import org.openhab.binding.emoncms.internal.store.emoncms.EmoncmsFeedStore;
import org.openhab.binding.emoncms.simulated.Account;
import org.openhab.binding.emoncms.simulated.AdjustableClock;
import org.openhab.binding.emoncms.simulated.Fault;
import org.openhab.binding.emoncms.simulated.Outcome;
import org.openhab.binding.emoncms.simulated.SimulatedEmoncms;

import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Jimfs;

/**
 * What one {@link Simulation} after the other uses: a server, the way to it, a client, and a file system in memory.
 *
 * @author Emoncms add-on contributors - Initial contribution
 */
@NonNullByDefault
final class SimulationRig implements AutoCloseable {

    private static final Instant START = Instant.ofEpochSecond(TwoSidesFixture.START + 10_000_000);
    private static final Duration TIMEOUT = Duration.ofMillis(400);

    /** True time. */
    final AdjustableClock clock = new AdjustableClock(START);
    final SimulatedEmoncms emoncms;

    private final FileSystem disk = Jimfs.newFileSystem(Configuration.unix());
    private final Path serverDirectory = disk.getPath("/server");
    private final Path localDirectory = disk.getPath("/local");
    private final HttpClient client = new HttpClient();
    private final FaultyProxy proxy;
    private volatile @Nullable Traffic traffic;
    private volatile @Nullable Fault fault;
    private int accounts;

    SimulationRig() {
        emoncms = SimulatedEmoncms.start(serverDirectory, 0, clock);
        emoncms.keepBodies(true);
        emoncms.fault(request -> {
            Fault current = fault;
            return current == null ? Outcome.pass() : current.on(request);
        });
        proxy = new FaultyProxy(emoncms.url(), target -> {
            Traffic current = traffic;
            return current == null ? new Passage.Whole() : current.passage(target);
        });
        HttpClients.start(client);
    }

    /** Everything is as at the beginning of time. */
    void begin(Traffic traffic, Fault fault) {
        clock.set(START);
        emoncms.clearRequests();
        this.traffic = traffic;
        this.fault = fault;
    }

    RemoteHome newRemote(Account account) {
        return new RemoteHome(emoncms, serverDirectory, account, clock);
    }

    Account newAccount() {
        accounts++;
        return emoncms.addAccount("user" + accounts, "password");
    }

    Path localDirectory() {
        return localDirectory;
    }

    RemoteFeedStore open(Account account, int batchBytes) throws ProblemException, InterruptedException {
        ServerUrl url = ServerUrl.parse(proxy.url().toString());
        Credentials.ApiKey key = new Authenticator(new HttpAccess(client, TIMEOUT), url)
                .authenticate(new Credentials.ApiKey(account.writeKey()));
        return new EmoncmsFeedStore(new EmoncmsApi(new HttpAccess(client, TIMEOUT), url, key), batchBytes);
    }

    /** Returns when nothing of a request that was given up is under way. */
    void awaitQuiet() throws InterruptedException {
        proxy.awaitQuiet();
    }

    void deleteLocal() throws IOException {
        if (Files.exists(localDirectory)) {
            try (Stream<Path> files = Files.walk(localDirectory)) {
                List<Path> deepestFirst = files.sorted(Comparator.reverseOrder()).toList();
                for (Path file : deepestFirst) {
                    Files.delete(file);
                }
            }
        }
    }

    @Override
    public void close() throws IOException {
        try {
            client.stop();
        } catch (Exception e) {
            throw new IllegalStateException("The client does not stop", e);
        }
        proxy.close();
        emoncms.close();
        disk.close();
    }
}
