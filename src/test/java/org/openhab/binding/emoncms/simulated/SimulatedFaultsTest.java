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
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.EOFException;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import org.eclipse.jdt.annotation.NonNullByDefault;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * The simulated server fails as it is told to.
 *
 * @author Emoncms add-on contributors - Initial contribution
 */
@NonNullByDefault
@Timeout(20)
class SimulatedFaultsTest extends SimulatedEmoncmsFixture {
    @Test
    void answersNextRequestsWithAFault() throws IOException {
        emoncms.fault(Fault.next(2, Fault.route("/feed/list"),
                Outcome.answer(Reply.html(503, "busy").withHeader("Retry-After", "7"))));

        assertThat(get("/feed/getmeta.json?id=1").status()).isEqualTo(200);
        RawConnection.Received first = get("/feed/list.json");
        assertThat(first.status()).isEqualTo(503);
        assertThat(first.text()).isEqualTo("busy");
        assertThat(first.headers()).containsEntry("Retry-After", "7");
        assertThat(get("/feed/list.json").status()).isEqualTo(503);
        assertThat(get("/feed/list.json").status()).isEqualTo(200);
    }

    @Test
    void clearsFaults() throws IOException {
        emoncms.fault(Fault.always(request -> true, Outcome.answer(Reply.json("{}"))));
        assertThat(get("/feed/list.json").text()).isEqualTo("{}");

        emoncms.clearFaults();
        assertThat(get("/feed/list.json").text()).isEqualTo("[]");
    }

    @Test
    void delaysAnAnswer() throws IOException {
        emoncms.fault(Fault.next(1, request -> true, Outcome.delay(Duration.ofMillis(300))));
        long start = System.nanoTime();

        assertThat(get("/feed/list.json").text()).isEqualTo("[]");
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThanOrEqualTo(Duration.ofMillis(290));
    }

    @Test
    void holdsAConnectionWithoutAnswerUntilItStops() throws Exception {
        emoncms.fault(Fault.next(1, Fault.route("/feed/sync"), Outcome.noAnswer()));
        byte[] body = points(fina("solar"));
        CompletableFuture<String> answer = CompletableFuture.supplyAsync(() -> {
            try {
                return sync(body);
            } catch (IOException e) {
                return e.getClass().getSimpleName();
            }
        });

        await().until(() -> !emoncms.requests().isEmpty());
        assertThatThrownBy(() -> answer.get(300, TimeUnit.MILLISECONDS)).isInstanceOf(TimeoutException.class);
        emoncms.stop();
        assertThat(answer.get(5, TimeUnit.SECONDS)).isIn("EOFException", "SocketException");
        assertThat(emoncms.dataFile(1)).isEmptyFile();
    }

    @Test
    void closesAConnectionWithoutApplyingTheRequest() {
        emoncms.fault(Fault.next(1, Fault.route("/feed/sync"), Outcome.disconnect()));
        int feed = fina("solar");

        assertThatThrownBy(() -> sync(points(feed))).isInstanceOf(IOException.class);
        assertThat(emoncms.dataFile(feed)).isEmptyFile();
    }

    @Test
    void losesTheAnswerToAnAppliedRequest() {
        emoncms.fault(Fault.next(1, Fault.route("/feed/sync"), Outcome.loseAnswer()));
        int feed = fina("solar");

        assertThatThrownBy(() -> sync(points(feed))).isInstanceOf(IOException.class);
        assertThat(emoncms.dataFile(feed)).hasSize(12);
    }

    @Test
    void cutsTheAnswerToAnAppliedRequestInHalf() {
        emoncms.fault(Fault.next(1, Fault.route("/feed/sync"), Outcome.cutAnswer()));
        int feed = fina("solar");

        assertThatThrownBy(() -> sync(points(feed))).isInstanceOf(EOFException.class)
                .hasMessage("Only " + SYNCED.length() / 2 + " of " + SYNCED.length() + " bytes");
        assertThat(emoncms.dataFile(feed)).hasSize(12);
    }

    @Test
    void replacesTheAnswerToAnAppliedRequest() throws IOException {
        emoncms.fault(Fault.next(1, Fault.route("/feed/sync"), Outcome.replaceAnswer(Reply.html(502, "Bad Gateway"))));
        int feed = fina("solar");

        assertThat(sync(points(feed))).isEqualTo("Bad Gateway");
        assertThat(emoncms.dataFile(feed)).hasSize(12);
    }
}
