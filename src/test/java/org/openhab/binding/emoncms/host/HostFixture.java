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

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;

import org.eclipse.jdt.annotation.NonNullByDefault;
import org.eclipse.jdt.annotation.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.openhab.binding.emoncms.simulated.Account;
import org.openhab.binding.emoncms.simulated.SimulatedEmoncms;
import org.openhab.core.library.types.StringType;
import org.openhab.core.thing.ThingStatus;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleException;

/**
 * Runs the packaged add-on, with a simulated server and an empty local store, for each test.
 *
 * @author Emoncms add-on contributors - Initial contribution
 */
@NonNullByDefault
abstract class HostFixture {

    static final String BRIDGE = "emoncms:server:home";

    private static final Duration LONGEST = Duration.ofSeconds(60);
    private static final int POLL_MILLIS = 50;

    final Path directory;
    final SimulatedEmoncms server;
    final Account account;
    final FeedWriter feeds;
    final OsgiRuntime runtime;
    final Bundle addon;
    final StatusTexts texts;

    private @Nullable ThingHost host;

    HostFixture(Path directory) throws IOException, BundleException {
        this.directory = directory;
        server = SimulatedEmoncms.start(Files.createDirectories(directory.resolve("server")));
        account = server.addAccount("home", "home");
        feeds = new FeedWriter(Files.createDirectories(directory.resolve("local")));
        runtime = OsgiRuntime.start(directory.resolve("bundles"));
        texts = AddonJar.find().texts();
        addon = runtime.install(AddonJar.find().file());
        runtime.start(addon);
    }

    @AfterEach
    void stopAddon() {
        ThingHost started = host;
        if (started != null) {
            started.close();
        }
        runtime.close();
        server.close();
    }

    /** With a bridge and these feeds. */
    ThingHost host(ThingEntry... feeds) {
        return host(account.writeKey(), feeds);
    }

    ThingHost host(String key, ThingEntry... feeds) {
        ThingEntry bridge = ThingEntry.bridge(BRIDGE, "Home", configuration(key, "local"));
        List<ThingEntry> things = new ArrayList<>(List.of(bridge));
        things.addAll(List.of(feeds));
        return hostOf(things);
    }

    Map<String, Object> configuration(String key, String localDirectory) {
        return Map.of("url", server.url().toString(), "apikey", key, "uploadInterval", 3600, "localDirectory",
                directory.resolve(localDirectory).toString());
    }

    ThingHost hostOf(List<ThingEntry> things) {
        ThingHost started = ThingHost.start(runtime.context(), things, texts);
        host = started;
        return started;
    }

    static String uid(String name) {
        return "emoncms:feed:home:" + name;
    }

    static ThingEntry feed(String name) {
        return ThingEntry.child(uid(name), ThingEntry.bridge(BRIDGE, "", Map.of()).uid(), name,
                Map.of("tag", "house", "name", name));
    }

    /** The file in which the server keeps the points. */
    Path remoteData(String name) {
        return server.dataFile(server.feedId(account, "house", name).orElseThrow());
    }

    static void awaitSame(ThingHost host, String name) {
        await(name + " same", () -> host.thing(uid(name)).getStatus() == ThingStatus.ONLINE
                && new StringType("same").equals(host.state(host.thing(uid(name)), "sync-state")));
    }

    void awaitRemoteBytes(String name, long bytes) {
        await(bytes + " bytes of " + name,
                () -> server.feedId(account, "house", name).isPresent() && remoteData(name).toFile().length() == bytes);
    }

    static void await(String what, BooleanSupplier condition) {
        Instant end = Instant.now().plus(LONGEST);
        while (!condition.getAsBoolean()) {
            assertThat(Instant.now()).as("waiting for: %s", what).isBefore(end);
            pause(Duration.ofMillis(POLL_MILLIS));
        }
    }

    static void pause(Duration duration) {
        try {
            Thread.sleep(duration.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
