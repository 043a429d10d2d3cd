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

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;

import org.eclipse.jdt.annotation.NonNullByDefault;
import org.eclipse.jdt.annotation.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.io.TempDir;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;

/**
 * The simulated server answers each recorded request as the real server did. What is not compared is listed in
 * {@link #LEFT_OUT}, with the reason.
 *
 * @author Emoncms add-on contributors - Initial contribution
 */
@NonNullByDefault
class EmoncmsContractTest {
    /** Recordings that follow each other on the same server */
    private static final List<List<String>> RUNS = List.of(List.of("01_user_auth"), List.of("02_apikey"),
            List.of("03_feed_create_list", "04_feed_lists"),
            List.of("05_feed_sync_phpfina", "06_feed_sync_phptimeseries"), List.of("07_export_and_read"),
            List.of("08_transport_auth_sizes"), List.of("09_limits"), List.of("10_misc"));

    private static final Map<String, String> LEFT_OUT = Map.of( //
            "06_feed_sync_phptimeseries: data_len 0 for a virtual feed",
            "The real server never answered; the simulated one says at once that its memory is exhausted",
            "07_export_and_read: export Range header", "Apache's own doing, and the add-on never asks for a range");

    private static final int REPLAYED = 637;

    @TempDir
    static Path directory = Path.of("");

    private static final List<AutoCloseable> OPEN = new ArrayList<>();

    @AfterAll
    static void close() throws Exception {
        for (AutoCloseable open : OPEN) {
            open.close();
        }
    }

    @TestFactory
    Stream<DynamicContainer> answersAsRecorded() {
        return RUNS.stream().map(run -> DynamicContainer.dynamicContainer(String.join(", ", run), tests(run)));
    }

    @Test
    void everyExchangeIsReplayedOrLeftOutForAReason(TestReporter reporter) {
        List<String> titles = RUNS.stream().flatMap(List::stream).map(RecordedExchange::ofFile).flatMap(List::stream)
                .map(RecordedExchange::title).toList();
        List<String> replayed = titles.stream().filter(title -> !LEFT_OUT.containsKey(title)).toList();
        reporter.publishEntry("Emoncms contract", "%d exchanges recorded, %d replayed, %d left out"
                .formatted(titles.size(), replayed.size(), titles.size() - replayed.size()));

        assertThat(titles).as("exchanges left out").containsAll(LEFT_OUT.keySet());
        assertThat(titles).as("special exchanges").containsAll(SpecialExchanges.REPLAYS.keySet());
        assertThat(replayed).hasSize(REPLAYED);
        assertThat(titles).hasSize(REPLAYED + LEFT_OUT.size());
    }

    private static Stream<DynamicTest> tests(List<String> run) {
        RecordedServer server = new RecordedServer(directory.resolve(run.get(0)));
        JsonComparison json = new JsonComparison(RecordedServer.READ_KEY, RecordedServer.WRITE_KEY);
        Replayer replayer = new Replayer(server, json);
        OPEN.add(server);
        OPEN.add(replayer);
        return run.stream().map(RecordedExchange::ofFile).flatMap(List::stream)
                .filter(exchange -> !LEFT_OUT.containsKey(exchange.title()))
                .map(exchange -> DynamicTest.dynamicTest(exchange.title(), () -> replayer.replay(exchange)));
    }

    /**
     * Repeats the exchanges of one run.
     */
    private static final class Replayer implements AutoCloseable {
        private final RecordedServer server;
        private final JsonComparison json;
        private final AnswerComparison comparison;
        private @Nullable RawConnection kept;

        Replayer(RecordedServer server, JsonComparison json) {
            this.server = server;
            this.json = json;
            comparison = new AnswerComparison(json);
        }

        /** Names the exchange in its failure, as reports show a dynamic test by its number only */
        void replay(RecordedExchange exchange) {
            try {
                repeat(exchange);
            } catch (AssertionError | IOException | InterruptedException | ExecutionException e) {
                throw new AssertionError(exchange.title() + ": " + e.getMessage(), e);
            }
        }

        private void repeat(RecordedExchange exchange) throws IOException, InterruptedException, ExecutionException {
            exchange.time().ifPresent(time -> json.startedAt(time.getEpochSecond()));
            server.prepare(exchange);
            SpecialExchanges.Replay special = SpecialExchanges.REPLAYS.get(exchange.title());
            if (special != null) {
                special.run(exchange, server, comparison);
            } else {
                comparison.compare(exchange, received(exchange));
            }
            for (JsonElement state : exchange.after()) {
                compareState(state.getAsJsonObject());
            }
        }

        /** On a new connection, unless connections were kept in the recording */
        private RawConnection.Received received(RecordedExchange exchange) throws IOException {
            byte[] body = exchange.requestBody().orElseGet(() -> RecordedServer.body(exchange));
            boolean keeps = "keep-alive".equals(exchange.requestHeaders().get("Connection"));
            RawConnection connection = kept;
            if (connection == null || !keeps) {
                connection = new RawConnection(server.emoncms().url());
            }
            RawConnection.Received answer = connection.exchange(exchange.method(), exchange.target(),
                    exchange.requestHeaders(), body);
            boolean isClosed = "close".equals(answer.headers().get("Connection"));
            if (exchange.responseHeader("Connection").isPresent()) {
                assertThat(isClosed).as("connection is closed")
                        .isEqualTo("close".equals(exchange.responseHeader("Connection").get()));
            }
            if (keeps && !isClosed) {
                kept = connection;
            } else {
                connection.close();
                kept = keeps ? null : kept;
            }
            return answer;
        }

        /** The files and the cache entry of a feed */
        private void compareState(JsonObject state) throws IOException {
            int feedId = state.get("feedid").getAsInt();
            JsonObject redis = state.getAsJsonObject("redis");
            if (redis.isEmpty()) {
                assertThat(server.feed(feedId)).as("deleted feed").isEmpty();
                return;
            }
            for (String name : state.keySet()) {
                if (name.endsWith(".meta")) {
                    compareFile(server.emoncms().metaFile(feedId), state.getAsJsonObject(name));
                } else if (name.endsWith(".dat") || name.endsWith(".MYD")) {
                    compareFile(server.emoncms().dataFile(feedId), state.getAsJsonObject(name));
                }
            }
            comparison.compareJson(cached(redis), cached(server.feed(feedId).orElseThrow()));
        }

        private static void compareFile(Path file, JsonObject recorded) throws IOException {
            String hex = recorded.get("hex").getAsString().replace("...", "");
            assertThat(Files.size(file)).as("size of %s", file.getFileName())
                    .isEqualTo(recorded.get("len").getAsLong());
            try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
                String actual = HexFormat.of().formatHex(FileEngine.read(channel, 0, hex.length() / 2).array());
                assertThat(actual).as("content of %s", file.getFileName()).isEqualTo(hex);
            }
        }

        private static JsonObject cached(JsonObject redis) {
            JsonObject cached = new JsonObject();
            for (String key : List.of("name", "tag", "engine", "unit")) {
                cached.add(key, redis.get(key));
            }
            cached.addProperty("public", "1".equals(redis.get("public").getAsString()));
            for (String key : List.of("time", "value")) {
                String text = redis.has(key) ? redis.get(key).getAsString() : "";
                cached.addProperty(key, text.matches("[-0-9.E+]+") ? Double.valueOf(text) : null);
            }
            return cached;
        }

        private static JsonObject cached(SimulatedFeed feed) {
            JsonObject cached = new JsonObject();
            cached.addProperty("name", feed.name());
            cached.addProperty("tag", feed.tag());
            cached.addProperty("engine", Integer.toString(feed.engine()));
            cached.addProperty("unit", feed.unit());
            cached.addProperty("public", feed.isPublic());
            cached.addProperty("time", feed.lastTime());
            cached.addProperty("value", feed.lastValue());
            return cached;
        }

        @Override
        public void close() throws IOException {
            RawConnection connection = kept;
            if (connection != null) {
                connection.close();
            }
        }
    }
}
