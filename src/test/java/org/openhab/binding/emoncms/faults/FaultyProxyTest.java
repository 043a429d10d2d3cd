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
package org.openhab.binding.emoncms.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import org.eclipse.jdt.annotation.NonNullByDefault;
import org.eclipse.jetty.client.HttpClient;
import org.eclipse.jetty.client.util.BytesContentProvider;
import org.eclipse.jetty.http.HttpMethod;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openhab.binding.emoncms.simulated.Account;
import org.openhab.binding.emoncms.simulated.ReceivedRequest;
import org.openhab.binding.emoncms.simulated.SimulatedEmoncms;

/**
 * What each {@link Passage} does to a real client, and what the server has seen by then.
 *
 * @author Emoncms add-on contributors - Initial contribution
 */
@NonNullByDefault
class FaultyProxyTest {

    private static final byte[] BODY = new byte[1000];

    private final SimulatedEmoncms emoncms;
    private final Account account;
    private final HttpClient client = new HttpClient();
    private final List<String> targets = new CopyOnWriteArrayList<>();
    private final FaultyProxy proxy;
    private volatile Passage passage = new Passage.Whole();

    FaultyProxyTest(@TempDir Path directory) {
        emoncms = SimulatedEmoncms.start(directory);
        account = emoncms.addAccount("emonuser", "password");
        proxy = new FaultyProxy(emoncms.url(), target -> {
            targets.add(target);
            return passage;
        });
    }

    @BeforeEach
    void start() throws Exception {
        client.start();
    }

    @AfterEach
    void close() throws Exception {
        client.stop();
        proxy.close();
        emoncms.close();
    }

    private void create() throws Exception {
        createWithin(Duration.ofSeconds(5));
    }

    private void createWithin(Duration timeout) throws Exception {
        String target = "/feed/create.json?tag=house&name=power&engine=5&options=%7B%22interval%22%3A10%7D";
        String answer = client.newRequest(proxy.url() + target).header("Authorization", "Bearer " + account.writeKey())
                .timeout(timeout.toMillis(), TimeUnit.MILLISECONDS).send().getContentAsString();
        assertThat(answer).startsWith("{\"success\":true");
    }

    private void assertLost() {
        assertThatThrownBy(this::create).isInstanceOf(ExecutionException.class);
    }

    private int createdFeeds() throws InterruptedException {
        proxy.awaitQuiet();
        return emoncms.feeds(account).size();
    }

    @Test
    void aWholePassageKeepsTheConnection() throws Exception {
        create();
        emoncms.deleteFeed(1);
        create();

        assertThat(createdFeeds()).isEqualTo(1);
        assertThat(targets).hasSize(2).allMatch(target -> target.startsWith("/feed/create.json?tag=house"));
    }

    @Test
    void aLongAnswerInChunksComesThroughWhole() throws Exception {
        for (int i = 0; i < 200; i++) {
            emoncms.addFeed(account, "house", "power" + i, SimulatedEmoncms.PHPFINA, 10, "W");
        }
        String answer = client.newRequest(proxy.url() + "/feed/list.json")
                .header("Authorization", "Bearer " + account.writeKey()).send().getContentAsString();

        assertThat(answer).startsWith("[{").contains("\"power199\"").endsWith("}]");
    }

    @Test
    void nothingOfARefusedRequestArrives() throws Exception {
        passage = new Passage.Refused();
        assertLost();

        assertThat(emoncms.requests()).isEmpty();
    }

    @Test
    void halfTheBodyOfACutRequestArrives() throws Exception {
        passage = new Passage.RequestCut();
        assertThatThrownBy(() -> client.newRequest(proxy.url() + "/feed/sync").method(HttpMethod.POST)
                .header("Authorization", "Bearer " + account.writeKey()).content(new BytesContentProvider(BODY)).send())
                .isInstanceOf(ExecutionException.class);
        proxy.awaitQuiet();

        assertThat(emoncms.requests()).extracting(ReceivedRequest::bodyLength).containsExactly(BODY.length / 2L);
    }

    @Test
    void aCutRequestWithoutABodyDoesNotArrive() throws Exception {
        passage = new Passage.RequestCut();
        assertLost();

        assertThat(createdFeeds()).isZero();
    }

    @Test
    void aRequestWhoseAnswerIsLostIsApplied() throws Exception {
        passage = new Passage.AnswerLost();
        assertLost();

        assertThat(createdFeeds()).isEqualTo(1);
    }

    @Test
    void aRequestWhoseAnswerIsCutIsApplied() throws Exception {
        passage = new Passage.AnswerCut();
        assertLost();

        assertThat(createdFeeds()).isEqualTo(1);
    }

    @Test
    void aDelayedRequestIsAnswered() throws Exception {
        passage = new Passage.Delayed(Duration.ofMillis(300));
        long start = System.nanoTime();
        create();

        assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThanOrEqualTo(Duration.ofMillis(290));
    }

    @Test
    void aDrippedAnswerComesThroughWhole() throws Exception {
        passage = new Passage.Dripped(10, Duration.ofMillis(30));
        long start = System.nanoTime();
        create();

        assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThanOrEqualTo(Duration.ofMillis(290));
    }

    private void assertSilent(Passage.Arrival arrival) {
        passage = new Passage.Silent(arrival);
        assertThatThrownBy(() -> createWithin(Duration.ofSeconds(1))).isInstanceOf(TimeoutException.class);
    }

    @Test
    void aRequestCanBeMetWithSilenceAndNotArrive() throws Exception {
        assertSilent(Passage.Arrival.NEVER);

        assertThat(createdFeeds()).isZero();
    }

    @Test
    void aRequestCanBeMetWithSilenceAndBeApplied() throws Exception {
        assertSilent(Passage.Arrival.AT_ONCE);

        assertThat(createdFeeds()).isEqualTo(1);
    }

    @Test
    void aRequestCanBeAppliedAfterTheClientGaveUp() throws Exception {
        assertSilent(Passage.Arrival.AFTER_THE_CLIENT_GAVE_UP);

        assertThat(createdFeeds()).isEqualTo(1);
    }

    @Test
    void aServerThatIsDownClosesTheConnection() {
        emoncms.stop();

        assertLost();
    }
}
