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

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Comparator;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;

import org.eclipse.jdt.annotation.NonNullByDefault;
import org.eclipse.jdt.annotation.Nullable;
import org.eclipse.jetty.client.HttpClient;
import org.openhab.binding.emoncms.internal.api.HttpClients;
import org.openhab.binding.emoncms.internal.sync.SyncListener;

/**
 * What all measurements need: the server, both clients and a directory of their own.
 *
 * @author Emoncms add-on contributors - Initial contribution
 */
@NonNullByDefault
final class Site implements AutoCloseable {

    private final Options options;
    private final Path directory = Files.createTempDirectory("emoncms-bench");
    private final @Nullable ServerProcess server;
    private final Target target;
    private final PlainClient plain;
    private final HttpClient client;
    private final String run = "bench-" + UUID.randomUUID().toString().substring(0, 8);
    private final Map<String, Integer> tags = new ConcurrentHashMap<>();
    private final AtomicBoolean closed = new AtomicBoolean();
    private volatile boolean givenUp;
    private int names;

    Site(Options options) throws IOException {
        this.options = options;
        Target given = options.target();
        ServerProcess started = given == null ? ServerProcess.emoncms(directory.resolve("server")) : null;
        server = started;
        target = started == null ? Objects.requireNonNull(given) : started.target();
        plain = new PlainClient(target);
        client = Clients.of(target);
        HttpClients.start(client);
        Runtime.getRuntime().addShutdownHook(new Thread(this::end, "end"));
        plain.ids(run, 0);
    }

    /** When the run is given up. */
    private void end() {
        givenUp = !closed.get();
        try {
            close();
        } catch (IOException e) {
            // what is being written is in the way
        }
    }

    Options options() {
        return options;
    }

    /** Whether the run ends before its time, so that nothing can be trusted to be there any more. */
    boolean isGivenUp() {
        return givenUp;
    }

    Sizes sizes() {
        return Sizes.of(options.quick());
    }

    Target target() {
        return target;
    }

    PlainClient plain() {
        return plain;
    }

    /** The engine's, which lives as long as the add-on would. */
    HttpClient client() {
        return client;
    }

    Path newDirectory() throws IOException {
        return Files.createDirectory(directory.resolve("d" + names++));
    }

    /** For feeds whose remote ones are deleted at the end. */
    String newTag(int feeds) {
        String tag = run + "-" + names++;
        tags.put(tag, feeds);
        return tag;
    }

    void deleteRemote(String tag) throws IOException {
        deleteRemote(tag, plain);
    }

    private void deleteRemote(String tag, PlainClient client) throws IOException {
        Integer feeds = tags.remove(tag);
        if (feeds != null) {
            client.delete(client.ids(tag, feeds));
        }
    }

    static void deleteLocal(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            files.sorted(Comparator.reverseOrder()).forEach(file -> {
                try {
                    Files.deleteIfExists(file);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
        }
    }

    /** An engine between these feeds and the server, in real time. */
    TestedEngine engine(LocalFeeds feeds, Target target, SyncListener listener) {
        ScheduledExecutorService worker = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread thread = new Thread(task, "engine");
            thread.setDaemon(true);
            return thread;
        });
        return new TestedEngine(feeds.directory(), target, client, Clock.systemUTC(), worker, listener);
    }

    Meter meter() {
        return new Meter(this::serverCpuSeconds);
    }

    private double serverCpuSeconds() {
        ServerProcess server = this.server;
        return server == null ? Double.NaN : server.cpuSeconds();
    }

    @Override
    public void close() throws IOException {
        if (closed.getAndSet(true)) {
            return;
        }
        try {
            client.stop();
        } catch (Exception e) {
            throw new IOException("The engine's HTTP client does not stop", e);
        }
        ServerProcess server = this.server;
        if (server == null) {
            try (PlainClient cleaner = new PlainClient(target)) {
                for (String tag : Set.copyOf(tags.keySet())) {
                    deleteRemote(tag, cleaner);
                }
            }
        } else {
            server.close();
        }
        plain.close();
        deleteLocal(directory);
    }
}
