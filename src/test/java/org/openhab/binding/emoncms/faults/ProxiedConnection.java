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

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import org.eclipse.jdt.annotation.NonNullByDefault;
import org.eclipse.jdt.annotation.Nullable;

/**
 * A client's connection to a {@link FaultyProxy}. Each request goes to the server on a connection of its own.
 *
 * @author Emoncms add-on contributors - Initial contribution
 */
@NonNullByDefault
final class ProxiedConnection {

    private final Socket client;
    private final FaultyProxy proxy;
    private final Traffic traffic;
    private final CountDownLatch closing = new CountDownLatch(1);

    ProxiedConnection(Socket client, FaultyProxy proxy, Traffic traffic) {
        this.client = client;
        this.proxy = proxy;
        this.traffic = traffic;
    }

    /** Returns when the connection is closed. */
    void serve() {
        try (client; InputStream in = new BufferedInputStream(client.getInputStream())) {
            boolean isOpen = true;
            while (isOpen) {
                HttpMessage request = HttpMessage.readRequest(in);
                isOpen = request != null && pass(request, in);
            }
        } catch (IOException e) {
            // the client left
        }
    }

    private boolean pass(HttpMessage request, InputStream in) throws IOException {
        proxy.began();
        try {
            return pass(request, traffic.passage(request.target()), in);
        } finally {
            proxy.ended();
        }
    }

    /**
     * @return whether the connection stays open
     */
    private boolean pass(HttpMessage request, Passage passage, InputStream in) throws IOException {
        if (passage instanceof Passage.Refused) {
            return false;
        }
        if (passage instanceof Passage.Silent silent) {
            staySilent(request, silent.arrival(), in);
            return false;
        }
        if (passage instanceof Passage.Delayed delayed) {
            await(delayed.delay());
        }
        if (passage instanceof Passage.RequestCut) {
            sendHalf(request);
            return false;
        }
        HttpMessage answer = exchange(request);
        if (answer == null || passage instanceof Passage.AnswerLost) {
            return false;
        }
        if (passage instanceof Passage.AnswerCut) {
            client.getOutputStream().write(answer.firstHalf());
            return false;
        }
        int pieces = passage instanceof Passage.Dripped dripped ? dripped.pieces() : 1;
        Duration pause = passage instanceof Passage.Dripped dripped ? dripped.pause() : Duration.ZERO;
        send(answer.bytes(), pieces, pause);
        return !answer.isLast();
    }

    private void staySilent(HttpMessage request, Passage.Arrival arrival, InputStream in) throws IOException {
        if (arrival == Passage.Arrival.AT_ONCE) {
            exchange(request);
        }
        try {
            in.readAllBytes();
        } finally {
            if (arrival == Passage.Arrival.AFTER_THE_CLIENT_GAVE_UP) {
                exchange(request);
            }
        }
    }

    /**
     * Returns when the server is done with the request.
     *
     * @return null if the server has not answered
     */
    private @Nullable HttpMessage exchange(HttpMessage request) {
        try (Socket server = proxy.connect(); InputStream in = new BufferedInputStream(server.getInputStream())) {
            server.getOutputStream().write(request.bytes());
            return HttpMessage.readAnswer(in);
        } catch (IOException e) {
            return null;
        }
    }

    /** Returns when the server is done with it. */
    private void sendHalf(HttpMessage request) throws IOException {
        try (Socket server = proxy.connect()) {
            server.getOutputStream().write(request.firstHalf());
            server.shutdownOutput();
            server.getInputStream().readAllBytes();
        }
    }

    private void send(byte[] bytes, int pieces, Duration pause) throws IOException {
        for (int i = 0; i < pieces; i++) {
            await(pause);
            client.getOutputStream()
                    .write(Arrays.copyOfRange(bytes, bytes.length * i / pieces, bytes.length * (i + 1) / pieces));
        }
    }

    private void await(Duration duration) {
        try {
            closing.await(duration.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    void close() {
        closing.countDown();
        try {
            client.close();
        } catch (IOException e) {
            // it is given up anyway
        }
    }
}
