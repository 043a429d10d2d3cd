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
package org.openhab.binding.emoncms.simulated;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

import org.eclipse.jdt.annotation.NonNullByDefault;
import org.eclipse.jdt.annotation.Nullable;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/**
 * An Emoncms server on the loopback address that answers as the real one does, as far as recorded exchanges show it.
 * Its feeds are files in Emoncms's own formats; accounts and the list of feeds are in memory. Routes are reached at
 * {@link #url()} and below {@code /emoncms} there.
 *
 * @author Emoncms add-on contributors - Initial contribution
 */
@NonNullByDefault
public final class SimulatedEmoncms implements AutoCloseable {
    /** See {@link #addFeed} */
    public static final int PHPTIMESERIES = FeedEngine.PHPTIMESERIES;
    /** See {@link #addFeed} */
    public static final int PHPFINA = FeedEngine.PHPFINA;

    private static final String HOST = "127.0.0.1";
    private static final int IDLE_MILLIS = 5_000;
    private static final int BODY_MILLIS = 20_000;
    /** Apache sends longer answers in chunks */
    private static final int BUFFER_BYTES = 8192;

    private final EmoncmsApplication application;
    private final EmoncmsHandler handler;
    private final HttpConfiguration configuration = new HttpConfiguration();
    private int port;
    private @Nullable Server server;

    private SimulatedEmoncms(Path dataDirectory, int port, Clock clock) {
        application = new EmoncmsApplication(dataDirectory, clock);
        handler = new EmoncmsHandler(application);
        this.port = port;
        configuration.setSendServerVersion(false);
        configuration.setOutputBufferSize(BUFFER_BYTES);
        configuration.setOutputAggregationSize(BUFFER_BYTES);
        configuration.setIdleTimeout(BODY_MILLIS);
    }

    /** On a free port */
    public static SimulatedEmoncms start(Path dataDirectory) {
        return start(dataDirectory, 0, Clock.systemUTC());
    }

    public static SimulatedEmoncms start(Path dataDirectory, int port) {
        return start(dataDirectory, port, Clock.systemUTC());
    }

    public static SimulatedEmoncms start(Path dataDirectory, int port, Clock clock) {
        SimulatedEmoncms emoncms = new SimulatedEmoncms(dataDirectory, port, clock);
        emoncms.restart();
        return emoncms;
    }

    public URI url() {
        return URI.create("http://" + HOST + ":" + port);
    }

    /** With random keys */
    public Account addAccount(String username, String password) {
        return application.accounts().add(username, password);
    }

    public Account addAccount(String username, String password, String readKey, String writeKey) {
        return application.accounts().add(username, password, readKey, writeKey);
    }

    /**
     * Adds a feed without data, without the rules for names.
     *
     * @param engine {@link #PHPFINA}, {@link #PHPTIMESERIES} or Emoncms's number of another engine
     * @param intervalSeconds of PHPFina; at least 10
     */
    public int addFeed(Account account, String tag, String name, int engine, int intervalSeconds, String unit) {
        return io(() -> feeds().create(account.userId(), tag, name, engine, intervalSeconds, unit)).map(Feed::id)
                .orElseThrow(() -> new IllegalArgumentException("There already is a feed " + tag + ":" + name));
    }

    public Optional<Integer> feedId(Account account, String tag, String name) {
        return feeds().catalogue().named(account.userId(), tag, name).map(Feed::id);
    }

    public List<SimulatedFeed> feeds(Account account) {
        return feeds().catalogue().of(account.userId()).stream().map(SimulatedFeed::of).toList();
    }

    public void deleteFeed(int feedId) {
        io(() -> {
            feeds().delete(feed(feedId));
            return feedId;
        });
    }

    public void clearFeed(int feedId) {
        io(() -> feeds().clear(feed(feedId)));
    }

    /** {@code phpfina/ID.dat} or {@code phptimeseries/feed_ID.MYD} */
    public Path dataFile(int feedId) {
        return feeds().engines().files(feed(feedId)).orElseThrow(() -> new IllegalArgumentException("No files"))
                .dataFile(feedId);
    }

    /** {@code phpfina/ID.meta} */
    public Path metaFile(int feedId) {
        return feeds().engines().fina().metaFile(feedId);
    }

    /** The latest 1000 requests, the oldest first */
    public List<ReceivedRequest> requests() {
        return handler.log().all();
    }

    public void clearRequests() {
        handler.log().clear();
    }

    /** Whether requests that come now are logged with their bodies; normally they are not */
    public void keepBodies(boolean keep) {
        handler.keepBodies(keep);
    }

    /** The first fault that doesn't let a request pass decides */
    public void fault(Fault fault) {
        handler.faults().add(fault);
    }

    public void clearFaults() {
        handler.faults().clear();
    }

    /** Whether an address is locked out after 10 logins in 15 minutes, as it normally is; starts to count afresh */
    public void limitLogins(boolean limit) {
        application.users().limit(limit);
    }

    /** Whether {@code user/session} is unknown and {@code user/get} answers a key, as up to version 11.15 */
    public void behaveOlder(boolean older) {
        application.users().behaveOlder(older);
    }

    /** How long the server waits for more of a body before it takes what it has */
    public void waitForBody(Duration timeout) {
        configuration.setIdleTimeout(timeout.toMillis());
    }

    /** Accounts, feeds, requests and faults stay */
    public void stop() {
        Server running = server;
        if (running != null) {
            handler.release();
            try {
                running.stop();
            } catch (Exception e) {
                throw new IllegalStateException("Cannot stop at " + url(), e);
            }
            server = null;
        }
    }

    /** At the same port */
    public void restart() {
        stop();
        handler.resume();
        QueuedThreadPool threads = new QueuedThreadPool();
        threads.setName("simulated-emoncms");
        threads.setDaemon(true);
        threads.setStopTimeout(0);
        Server starting = new Server(threads);
        ServerConnector connector = new ServerConnector(starting, 1, 1, new HttpConnectionFactory(configuration));
        connector.setHost(HOST);
        connector.setPort(port);
        connector.setIdleTimeout(IDLE_MILLIS);
        starting.addConnector(connector);
        starting.setHandler(handler);
        starting.setStopTimeout(0);
        try {
            starting.start();
        } catch (Exception e) {
            throw new IllegalStateException("Cannot start at " + url(), e);
        }
        port = connector.getLocalPort();
        server = starting;
    }

    @Override
    public void close() {
        stop();
    }

    private FeedStore feeds() {
        return application.feeds();
    }

    private Feed feed(int feedId) {
        return feeds().catalogue().withId(feedId)
                .orElseThrow(() -> new IllegalArgumentException("There is no feed " + feedId));
    }

    @FunctionalInterface
    private interface FileOperation<T> {
        T run() throws IOException;
    }

    private static <T> T io(FileOperation<T> operation) {
        try {
            return operation.run();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
