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

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;

import org.eclipse.jdt.annotation.NonNullByDefault;
import org.openhab.binding.emoncms.internal.feed.ProblemException;
import org.openhab.binding.emoncms.simulated.Account;
import org.openhab.binding.emoncms.simulated.Fault;
import org.openhab.binding.emoncms.simulated.Outcome;
import org.openhab.binding.emoncms.simulated.SimulatedEmoncms;
import org.openhab.core.OpenHAB;
import org.openhab.core.library.types.StringType;
import org.openhab.core.thing.Bridge;
import org.openhab.core.thing.Thing;
import org.osgi.framework.BundleException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * All that runs: the add-on in its host and, unless the options name real ones, a simulated server and a made-up local
 * store.
 *
 * @author Emoncms add-on contributors - Initial contribution
 */
@NonNullByDefault
final class Session implements AutoCloseable {

    /** So that uploads over the loopback address can be watched. */
    /** The made-up house writes at once. */
    private static final int DEMO_WRITE_DELAY_SECONDS = 10;
    private static final Duration SIMULATED_DELAY = Duration.ofMillis(200);

    private static final Duration LONGEST_END = Duration.ofSeconds(10);
    private static final Set<StringType> REMOTE_MORE = Set.of(new StringType("remote-ahead"),
            new StringType("remote-only"));

    private final Logger logger = LoggerFactory.getLogger(Session.class);

    private final Deque<AutoCloseable> running = new ArrayDeque<>();
    private final Options options;
    private final Workspace workspace;
    private final List<String> places = new ArrayList<>();
    private final StatusTexts texts;
    private final ThingHost host;
    private boolean hasRemoteFeeds;

    Session(Options options, Workspace workspace)
            throws IOException, BundleException, UsageException, InterruptedException {
        this.options = options;
        this.workspace = workspace;
        AddonJar addon = AddonJar.find();
        texts = addon.texts();
        try {
            List<ThingEntry> things = things();
            System.setProperty(OpenHAB.USERDATA_DIR_PROG_ARGUMENT, workspace.userData().toString());
            OsgiRuntime runtime = OsgiRuntime.start(workspace.bundleCache());
            running.push(runtime);
            host = ThingHost.start(runtime.context(), things, texts);
            running.push(host);
            runtime.start(runtime.install(addon.file()));
        } catch (IOException | BundleException | UsageException | InterruptedException | RuntimeException e) {
            close();
            throw e;
        }
    }

    private List<ThingEntry> things() throws IOException, UsageException, InterruptedException {
        Path given = options.things();
        if (given != null) {
            places.add("things  " + given);
            return new ThingsFile(given, System.getenv()).read();
        }
        Map<String, String> environment = new HashMap<>(System.getenv());
        URI url = options.url();
        String key = options.key();
        String label = url == null ? "Simulated Emoncms" : "Emoncms";
        SimulatedEmoncms simulated = null;
        Account home = null;
        if (url == null) {
            simulated = simulatedServer();
            url = simulated.url();
            home = simulated.addAccount("home", "home");
            key = home.writeKey();
        }
        if (key != null) {
            environment.put(Options.KEY_VARIABLE, key);
        }
        ThingsFile file = new ThingsFile(workspace.thingsFile(), environment);
        try {
            Path localStore = localStore();
            if (simulated != null && home != null && options.directory() == null) {
                DemoRemote.fill(localStore, simulated, home);
                hasRemoteFeeds = true;
            }
            file.write(GeneratedThings.of(localStore, label, url.toString(), options.intervalSeconds(),
                    options.directory() == null ? OptionalInt.of(DEMO_WRITE_DELAY_SECONDS) : OptionalInt.empty()));
            places.add("server  " + url + (options.url() == null ? " (simulated)" : ""));
            places.add("local   " + localStore + (options.directory() == null ? " (made up)" : ""));
            places.add("things  " + file.file());
        } catch (ProblemException e) {
            throw new UsageException(texts.text(e.problem()));
        }
        return file.read();
    }

    private SimulatedEmoncms simulatedServer() throws IOException {
        SimulatedEmoncms server = SimulatedEmoncms.start(Files.createDirectories(workspace.simulatedServer()));
        running.push(server);
        server.fault(Fault.always(Fault.route("/feed/sync"), Outcome.delay(SIMULATED_DELAY)));
        return server;
    }

    private Path localStore() throws ProblemException, InterruptedException {
        Path given = options.directory();
        if (given != null) {
            return given;
        }
        GrowingFeed meter = DemoStore.fill(workspace.localStore(), Clock.systemUTC());
        running.push(meter);
        meter.start();
        return workspace.localStore();
    }

    /** Where everything is, a line each. */
    List<String> places() {
        return places;
    }

    ThingHost host() {
        return host;
    }

    StatusTexts texts() {
        return texts;
    }

    List<Thing> feeds() {
        return host.things().stream().filter(thing -> !(thing instanceof Bridge)).toList();
    }

    Commands commands() {
        return new Commands(host);
    }

    /**
     * Whether it is time to download, which is so once: when what can be uploaded is, and the made-up server has more.
     */
    boolean downloadsOnce() {
        boolean isTime = hasRemoteFeeds && !host.inbox().isEmpty()
                && feeds().stream().allMatch(feed -> hasRemoteMore(feed) || isSame(feed));
        if (isTime) {
            hasRemoteFeeds = false;
        }
        return isTime;
    }

    private boolean hasRemoteMore(Thing feed) {
        return host.state(feed, "sync-state") instanceof StringType state && REMOTE_MORE.contains(state);
    }

    private boolean isSame(Thing feed) {
        return new StringType("same").equals(host.state(feed, "sync-state"));
    }

    /** Whether there are feeds, all of them the same on both sides. */
    boolean isAllSame() {
        List<Thing> feeds = feeds();
        return !feeds.isEmpty() && feeds.stream().allMatch(this::isSame);
    }

    @Override
    public void close() {
        for (AutoCloseable next = running.poll(); next != null; next = running.poll()) {
            try {
                next.close();
            } catch (Exception e) {
                logger.warn("{} does not close", next, e);
            }
        }
        awaitWorkers();
    }

    /** They write a last time when their bridge has ended. */
    private static void awaitWorkers() {
        try {
            for (Thread thread : Thread.getAllStackTraces().keySet()) {
                if (thread.getName().startsWith("OH-binding-")) {
                    thread.join(LONGEST_END.toMillis());
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
