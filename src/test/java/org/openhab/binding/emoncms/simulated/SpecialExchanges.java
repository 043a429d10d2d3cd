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
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import org.eclipse.jdt.annotation.NonNullByDefault;

import com.google.gson.JsonElement;
import com.google.gson.JsonParser;

/**
 * Exchanges that were recorded in other ways than as one request with its answer.
 *
 * @author Emoncms add-on contributors - Initial contribution
 */
@NonNullByDefault
final class SpecialExchanges {
    /** Of the real server's 20 s */
    private static final Duration BODY_TIMEOUT = Duration.ofMillis(200);
    private static final String LINE_END = "\r\n";

    /**
     * Repeats one.
     */
    @FunctionalInterface
    interface Replay {
        void run(RecordedExchange exchange, RecordedServer server, AnswerComparison comparison)
                throws IOException, InterruptedException, ExecutionException;
    }

    static final Map<String, Replay> REPLAYS = Map.of("10_misc: 8 parallel feed/create of the same tag+name",
            SpecialExchanges::parallelCreations,
            "10_misc: body stalls 25 s after the headers (mod_reqtimeout body=20,minrate=500)",
            (exchange, server, comparison) -> stalledBody(exchange, server, comparison, 0),
            "10_misc: body stalls 25 s in the middle",
            (exchange, server, comparison) -> stalledBody(exchange, server, comparison, 2000),
            "10_misc: Content-Length too large, half-close missing: client sends less and waits",
            (exchange, server, comparison) -> stalledBody(exchange, server, comparison, body().length - 1),
            "10_misc: HTTP/1.0", SpecialExchanges::http10);

    private SpecialExchanges() {
    }

    private static void parallelCreations(RecordedExchange exchange, RecordedServer server, AnswerComparison comparison)
            throws InterruptedException, ExecutionException {
        String target = "/feed/create.json?apikey=" + RecordedServer.WRITE_KEY
                + "&tag=race&name=one&engine=5&options=%7B%22interval%22%3A10%7D";
        List<JsonElement> recorded = exchange.response().getAsJsonArray("bodies").asList();
        ExecutorService clients = Executors.newFixedThreadPool(recorded.size());
        List<JsonElement> answered = new ArrayList<>();
        try {
            List<Future<String>> answers = new ArrayList<>();
            for (int i = 0; i < recorded.size(); i++) {
                answers.add(clients.submit(() -> {
                    try (RawConnection connection = new RawConnection(server.emoncms().url())) {
                        return connection.exchange("GET", target, Map.of(), new byte[0]).text();
                    }
                }));
            }
            for (Future<String> answer : answers) {
                answered.add(JsonParser.parseString(answer.get()));
            }
        } finally {
            clients.shutdownNow();
        }
        assertThat(answered).containsExactlyInAnyOrderElementsOf(recorded);
    }

    private static void stalledBody(RecordedExchange exchange, RecordedServer server, AnswerComparison comparison,
            int sentBytes) throws IOException {
        server.emoncms().waitForBody(BODY_TIMEOUT);
        byte[] body = body();
        try (RawConnection connection = new RawConnection(server.emoncms().url())) {
            connection.send(head("HTTP/1.1", body.length));
            connection.send(Arrays.copyOf(body, sentBytes));
            compare(exchange, connection.receive(true), comparison);
        }
    }

    private static void http10(RecordedExchange exchange, RecordedServer server, AnswerComparison comparison)
            throws IOException {
        byte[] body = body();
        try (RawConnection connection = new RawConnection(server.emoncms().url())) {
            connection.send(head("HTTP/1.0", body.length));
            connection.send(body);
            compare(exchange, connection.receive(true), comparison);
        }
    }

    private static String head(String version, int bodyLength) {
        return "POST /feed/sync?apikey=" + RecordedServer.WRITE_KEY + " " + version + LINE_END + "Host: localhost"
                + LINE_END + "Content-Type: application/octet-stream" + LINE_END + "Content-Length: " + bodyLength
                + LINE_END + LINE_END;
    }

    /** Inferred from the answer to the last one */
    private static byte[] body() {
        return new SyncBody().fina(6, 1_700_000_000, 10, 0, 1000, i -> i).bytes();
    }

    private static void compare(RecordedExchange exchange, RawConnection.Received answer, AnswerComparison comparison) {
        String raw = exchange.response().get("raw").getAsString();
        String[] recorded = raw.split(LINE_END + LINE_END, 2);
        assertThat(recorded[0]).contains(" " + answer.status() + " ");
        assertThat(answer.headers()).containsEntry("Content-Type", "application/json");
        comparison.compareJson(JsonParser.parseString(recorded[1]), JsonParser.parseString(answer.text()));
    }
}
