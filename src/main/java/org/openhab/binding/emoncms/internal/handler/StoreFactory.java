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
package org.openhab.binding.emoncms.internal.handler;

import java.time.Clock;
import java.time.Duration;

import org.eclipse.jdt.annotation.NonNullByDefault;
import org.eclipse.jetty.client.HttpClient;
import org.openhab.binding.emoncms.internal.api.Authenticator;
import org.openhab.binding.emoncms.internal.api.Credentials;
import org.openhab.binding.emoncms.internal.api.EmoncmsApi;
import org.openhab.binding.emoncms.internal.api.HttpAccess;
import org.openhab.binding.emoncms.internal.api.HttpClients;
import org.openhab.binding.emoncms.internal.api.ServerUrl;
import org.openhab.binding.emoncms.internal.api.Traffic;
import org.openhab.binding.emoncms.internal.config.LocalSettings;
import org.openhab.binding.emoncms.internal.config.ServerSettings;
import org.openhab.binding.emoncms.internal.feed.ProblemException;
import org.openhab.binding.emoncms.internal.store.LocalFeedStore;
import org.openhab.binding.emoncms.internal.store.directory.DirectoryFeedStore;
import org.openhab.binding.emoncms.internal.store.directory.FeedDirectories;
import org.openhab.binding.emoncms.internal.store.directory.FeedFiles;
import org.openhab.binding.emoncms.internal.store.emoncms.EmoncmsFeedStore;
import org.openhab.binding.emoncms.internal.store.local.LocalEmoncmsFeedStore;
import org.openhab.core.thing.ThingUID;

/**
 * Makes the stores of a bridge of what it is configured to.
 *
 * @author Emoncms add-on contributors - Initial contribution
 */
@NonNullByDefault
final class StoreFactory {

    private static final Duration REQUEST_TIMEOUT = Duration.ofSeconds(60);

    private final HttpClient httpClient;
    private final ThingUID bridge;
    private final Clock clock;
    private final AccountKey accountKey = new AccountKey();

    StoreFactory(HttpClient httpClient, ThingUID bridge, Clock clock) {
        this.httpClient = httpClient;
        this.bridge = bridge;
        this.clock = clock;
    }

    LocalFeedStore local(ServerSettings settings) {
        if (settings.local() instanceof LocalSettings.Server server) {
            HttpAccess home = new HttpAccess(httpClient, REQUEST_TIMEOUT, bridge + " at home", HttpAccess.UNLIMITED);
            FeedDirectories directories = server.directories();
            return new LocalEmoncmsFeedStore(
                    () -> store(home, server.url(), new Authenticator(home, server.url()).authenticate(server.key()),
                            settings),
                    directories == null ? null : new FeedFiles(directories, clock), server.own(), bridge.getAsString(),
                    settings.sync().batchBytes());
        }
        LocalSettings.Directory local = (LocalSettings.Directory) settings.local();
        return new DirectoryFeedStore(local.directory(), local.isDefault(), local.directories(), bridge.getAsString(),
                clock);
    }

    /** Proves the credentials; asks the server. */
    EmoncmsFeedStore openRemote(ServerSettings settings) throws ProblemException, InterruptedException {
        HttpAccess access = new HttpAccess(httpClient, REQUEST_TIMEOUT, bridge.getAsString(),
                settings.uploadBytesPerSecond());
        return store(access, settings.url(),
                accountKey.of(settings.url(), settings.credentials(), new Authenticator(access, settings.url())),
                settings);
    }

    /** What goes to the remote server and comes from it. */
    Traffic traffic() {
        return HttpClients.traffic(httpClient, bridge.getAsString());
    }

    private static EmoncmsFeedStore store(HttpAccess access, ServerUrl url, Credentials.ApiKey key,
            ServerSettings settings) {
        return new EmoncmsFeedStore(new EmoncmsApi(access, url, key), settings.sync().batchBytes());
    }
}
