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
package org.openhab.binding.emoncms.internal.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyLong;
import static org.mockito.ArgumentMatchers.eq;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

import org.eclipse.jdt.annotation.NonNullByDefault;
import org.eclipse.jetty.client.HttpClient;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.thread.Scheduler;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.openhab.binding.emoncms.internal.feed.Engine;
import org.openhab.binding.emoncms.internal.feed.FeedMeta;
import org.openhab.binding.emoncms.internal.feed.ProblemException;
import org.openhab.binding.emoncms.simulated.Account;
import org.openhab.binding.emoncms.simulated.ReceivedRequest;
import org.openhab.binding.emoncms.simulated.SimulatedEmoncms;

/**
 * What is sent slowly arrives as what is sent at once.
 *
 * @author Emoncms add-on contributors - Initial contribution
 */
@NonNullByDefault
@Timeout(30)
class PacedBodyTest {

    private static final int DATA_BYTES = 100_000;

    private final HttpClient client = new HttpClient();
    private final SimulatedEmoncms emoncms;
    private final Account account;
    private final byte[] data = new byte[DATA_BYTES];

    PacedBodyTest(@TempDir Path directory) {
        emoncms = SimulatedEmoncms.start(directory);
        account = emoncms.addAccount("emonuser", "password");
        new Random(1).nextBytes(data);
    }

    @BeforeEach
    void startClient() {
        HttpClients.start(client);
        emoncms.keepBodies(true);
    }

    @AfterEach
    void stop() throws Exception {
        client.stop();
        emoncms.close();
    }

    private EmoncmsApi api() throws ProblemException {
        return new EmoncmsApi(new HttpAccess(client, Duration.ofSeconds(5), "user", 400_000),
                ServerUrl.parse(emoncms.url().toString()), new Credentials.ApiKey(account.writeKey()));
    }

    private int feed(String name) {
        return emoncms.addFeed(account, "house", name, SimulatedEmoncms.PHPFINA, 10, "W");
    }

    private ByteBuffer body(int feedId) {
        SyncBody body = new SyncBody(SyncBody.headerBytes(Engine.PHPFINA) + DATA_BYTES + SyncBody.CHECKSUM_BYTES);
        ByteBuffer segment = body.segment(feedId, Engine.PHPFINA, new FeedMeta(1_700_000_000L, 10, 0), 0, DATA_BYTES);
        segment.put(data);
        body.add(segment);
        return body.finish();
    }

    @Test
    void theBodyArrivesWhole() throws Exception {
        int feed = feed("power");

        assertThat(api().beginSync(body(feed)).answer())
                .containsExactly(new RemoteMeta(feed, 1_700_000_000L, 10, DATA_BYTES / Float.BYTES));
        assertThat(Files.readAllBytes(emoncms.dataFile(feed))).isEqualTo(data);
    }

    @Test
    void itsLengthIsSentBeforehand() throws Exception {
        ByteBuffer body = body(feed("power"));
        api().beginSync(body.duplicate()).answer();

        ReceivedRequest received = emoncms.requests().get(0);
        assertThat(received.header("Content-Length")).contains(String.valueOf(body.remaining()));
        assertThat(received.header("Transfer-Encoding")).isEmpty();
        assertThat(ByteBuffer.wrap(Objects.requireNonNull(received.body()))).isEqualTo(body);
    }

    @Test
    void itGoesOutWhetherOrNotSomebodyWaitsForTheAnswer() throws Exception {
        int feed = feed("power");
        PendingAnswer<?> answer = api().beginSync(body(feed));
        while (Files.size(emoncms.dataFile(feed)) < DATA_BYTES) {
            Thread.sleep(10);
        }
        answer.answer();

        assertThat(Files.readAllBytes(emoncms.dataFile(feed))).isEqualTo(data);
    }

    @Test
    void eachPieceWaitsForItsTime() {
        List<Long> waits = new ArrayList<>();
        AtomicLong now = new AtomicLong();
        Scheduler scheduler = mock(Scheduler.class);
        when(scheduler.schedule(any(), anyLong(), eq(TimeUnit.NANOSECONDS))).then(call -> {
            waits.add(call.getArgument(1));
            now.addAndGet(call.getArgument(1));
            call.<Runnable> getArgument(0).run();
            return null;
        });
        ByteBuffer content = ByteBuffer.wrap(data);
        PacedBody body = new PacedBody(new HttpCall.Body("text/plain", content), new SendRate(40_000, now::get),
                scheduler);
        body.send();
        ByteBuffer sent = ByteBuffer.allocate(DATA_BYTES);
        body.provider().forEach(sent::put);

        long quarter = TimeUnit.MILLISECONDS.toNanos(250);
        assertThat(waits).startsWith(0L).hasSize(10);
        assertThat(waits.subList(1, 10)).containsOnly(quarter);
        assertThat(sent.array()).isEqualTo(data);
    }

    @Test
    void whatNobodyTakesAnyMoreIsNotSent() {
        AtomicInteger pieces = new AtomicInteger();
        Scheduler scheduler = mock(Scheduler.class);
        PacedBody body = new PacedBody(new HttpCall.Body("text/plain", ByteBuffer.wrap(data)),
                new SendRate(40_000, System::nanoTime), scheduler);
        when(scheduler.schedule(any(), anyLong(), any())).then(call -> {
            pieces.incrementAndGet();
            ((Callback) body.provider()).failed(new IOException());
            call.<Runnable> getArgument(0).run();
            return null;
        });
        body.send();

        assertThat(pieces).hasValue(1);
    }

    @Test
    void theNextBodyGoesTheSameWay() throws Exception {
        EmoncmsApi api = api();
        int power = feed("power");
        int energy = feed("energy");
        api.beginSync(body(power)).answer();
        api.beginSync(body(energy)).answer();

        assertThat(Files.readAllBytes(emoncms.dataFile(power))).isEqualTo(data);
        assertThat(Files.readAllBytes(emoncms.dataFile(energy))).isEqualTo(data);
    }
}
