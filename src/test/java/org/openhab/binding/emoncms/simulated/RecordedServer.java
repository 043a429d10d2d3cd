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
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.eclipse.jdt.annotation.NonNullByDefault;

/**
 * A simulated server in the state the real one was in when a recording began, and what was done to that one between
 * exchanges without being recorded.
 *
 * @author Emoncms add-on contributors - Initial contribution
 */
@NonNullByDefault
final class RecordedServer implements AutoCloseable {
    static final String READ_KEY = "13ffa4cac6aa7eeb40897b2cb9289373";
    static final String WRITE_KEY = "c06ac5e4322c6d38cda07b2f186d8937";

    private static final String OTHER_READ_KEY = "b6536ce56bba811a5e8bb1dd10f077a0";
    private static final String OTHER_WRITE_KEY = "97d598dca1e4962bf1fea4f1b20e9bc2";
    private static final String TAG = "s";
    private static final int START_TIME = 1_700_000_000;
    /** The last one of the random values of feed 8, which a later list shows */
    private static final double RANDOM_VALUE = 3156.0759277344;

    /**
     * Something done to the server.
     */
    @FunctionalInterface
    private interface Step {
        void run() throws IOException;
    }

    private final AdjustableClock clock = new AdjustableClock(Instant.parse("2026-11-23T01:00:00Z"));
    private final SimulatedEmoncms emoncms;
    private final Account user;
    private final Account other;
    private final Map<String, Step> unrecorded = new HashMap<>();

    RecordedServer(Path dataDirectory) {
        emoncms = SimulatedEmoncms.start(dataDirectory, 0, clock);
        emoncms.limitLogins(false);
        user = emoncms.addAccount("emonuser", "Pass1234", READ_KEY, WRITE_KEY);
        other = emoncms.addAccount("otheruser", "Pass5678", OTHER_READ_KEY, OTHER_WRITE_KEY);

        before("01_user_auth: auth lockout attempt 1 (all correct credentials)", () -> emoncms.limitLogins(true));
        before("04_feed_lists: listwithmeta several feeds, engines 0,2,5,7,8", this::removeExoticFeeds);
        before("05_feed_sync_phpfina: fresh feed, 3 points", () -> {
            fina(1, 10);
            emoncms.addFeed(other, TAG, "fina11", SimulatedEmoncms.PHPFINA, 10, "");
        });
        before("05_feed_sync_phpfina: getmeta with start_time set but empty dat", () -> {
            fina(12, 12);
            new FinaMeta(10, START_TIME, 0).write(emoncms.metaFile(12));
        });
        before("05_feed_sync_phpfina: segment for a virtual feed", () -> add("virt", FeedEngine.VIRTUAL));
        before("05_feed_sync_phpfina: segment for a MYSQL feed (engine 0)", () -> add("mysql", FeedEngine.MYSQL));
        before("06_feed_sync_phptimeseries: pts fresh, 3 points",
                () -> IntStream.rangeClosed(101, 104).forEach(n -> add("pts" + n, FeedEngine.PHPTIMESERIES)));
        before("06_feed_sync_phptimeseries: mixed: fina then pts in one body",
                () -> add("fina105", FeedEngine.PHPFINA));
        before("06_feed_sync_phptimeseries: pts huge values", () -> add("pts106", FeedEngine.PHPTIMESERIES));
        before("06_feed_sync_phptimeseries: pts fresh feed float interval",
                () -> add("pts107", FeedEngine.PHPTIMESERIES));
        before("07_export_and_read: setup fina 5 points", () -> {
            fina(1, 1);
            add("pts2", FeedEngine.PHPTIMESERIES);
            fina(3, 3);
            add("pts4", FeedEngine.PHPTIMESERIES);
            add("virt", FeedEngine.VIRTUAL);
            add("mysql", FeedEngine.MYSQL);
            fina(7, 7);
        });
        before("08_transport_auth_sizes: sync read key (POST)", () -> fina(1, 1));
        before("08_transport_auth_sizes: sync body 1048600 bytes (segment data 1048576)", () -> fina(2, 610));
        before("09_limits: sync form-urlencoded 10 MiB (> post_max_size 8M)", () -> fina(1, 13));
        before("10_misc: fresh fina feed, 3 data bytes (npoints stays 0)", () -> {
            fina(1, 1);
            add("pts2", FeedEngine.PHPTIMESERIES);
            fina(3, 3);
        });
        before("10_misc: pts inf last", () -> add("pts4", FeedEngine.PHPTIMESERIES));
        before("10_misc: body stalls 25 s after the headers (mod_reqtimeout body=20,minrate=500)", () -> fina(6, 6));
    }

    SimulatedEmoncms emoncms() {
        return emoncms;
    }

    /** Of any user */
    Optional<SimulatedFeed> feed(int feedId) {
        return Stream.of(user, other).map(emoncms::feeds).flatMap(List::stream).filter(feed -> feed.id() == feedId)
                .findFirst();
    }

    /** To be called before each exchange */
    void prepare(RecordedExchange exchange) throws IOException {
        exchange.time().ifPresent(clock::set);
        Step step = unrecorded.remove(exchange.title());
        if (step != null) {
            step.run();
        }
    }

    /** The bodies of which only the shape was recorded */
    static byte[] body(RecordedExchange exchange) {
        return switch (exchange.bodyDescription()) {
            case "50000 floats i%100" -> new SyncBody().fina(7, START_TIME, 10, 0, 50_000, i -> i % 100).bytes();
            case "one fresh fina segment, random floats", "one fresh fina segment of 1.0f" -> segment(exchange);
            case "600 segments" -> segments(exchange, 11, 610, 30);
            case "4 segments of 7 MiB" -> segments(exchange, 10, 13, (7 << 20) / Float.BYTES);
            default -> throw new IllegalArgumentException("Unknown body: " + exchange.bodyDescription());
        };
    }

    private static byte[] segment(RecordedExchange exchange) {
        int feedId = onlyFeedId(exchange);
        double value = exchange.bodyDescription().contains("random") && feedId == 8 ? RANDOM_VALUE : 1;
        int npoints = (exchange.bodyLength() - 24) / Float.BYTES;
        return new SyncBody().fina(feedId, START_TIME, 10, 0, npoints, i -> value).bytes();
    }

    private static byte[] segments(RecordedExchange exchange, int firstId, int lastId, int npoints) {
        boolean isSecond = exchange.name().contains("more points");
        SyncBody body = new SyncBody();
        for (int id = firstId; id <= lastId; id++) {
            body.fina(id, START_TIME, 10, isSecond ? npoints * Float.BYTES : 0, npoints, i -> isSecond ? 2 : 1);
        }
        return body.bytes();
    }

    /** The feed can be read from the answer, or follows the one before */
    private static int onlyFeedId(RecordedExchange exchange) {
        if (exchange.name().equals("sync octet-stream 48 MiB")) {
            return 7;
        }
        if (exchange.name().equals("sync octet-stream 120 MiB")) {
            return 8;
        }
        String answer = new String(exchange.responseBody().orElseThrow(), StandardCharsets.UTF_8);
        return (int) PhpText.integer(answer.replaceFirst(".*\"id\":", ""));
    }

    private void before(String title, Step step) {
        unrecorded.put(title, step);
    }

    private void fina(int firstId, int lastId) {
        IntStream.rangeClosed(firstId, lastId).forEach(id -> add("fina" + id, FeedEngine.PHPFINA));
    }

    private void add(String name, int engine) {
        emoncms.addFeed(user, TAG, name, engine, 10, "");
    }

    /** While a feed of an engine that no longer exists is listed, the last of the list gets its time */
    private void removeExoticFeeds() throws IOException {
        Instant now = clock.instant();
        emoncms.deleteFeed(20);
        clock.set(Instant.ofEpochSecond(1_795_398_233));
        try (RawConnection connection = new RawConnection(emoncms.url())) {
            connection.exchange("GET", "/feed/list.json?apikey=" + READ_KEY, Map.of(), new byte[0]);
        }
        emoncms.deleteFeed(21);
        emoncms.deleteFeed(22);
        clock.set(now);
    }

    @Override
    public void close() {
        emoncms.close();
    }
}
