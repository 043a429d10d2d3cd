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

import java.nio.file.Path;
import java.time.Duration;

import org.eclipse.jdt.annotation.NonNullByDefault;
import org.eclipse.jetty.client.HttpClient;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.openhab.binding.emoncms.internal.feed.Outside;
import org.openhab.binding.emoncms.internal.feed.ProblemException;
import org.openhab.binding.emoncms.simulated.Fault;
import org.openhab.binding.emoncms.simulated.Outcome;
import org.openhab.binding.emoncms.simulated.Reply;
import org.openhab.binding.emoncms.simulated.SimulatedEmoncms;

/**
 * Addresses and keys that the HTTP client may not be able to send.
 *
 * @author Emoncms add-on contributors - Initial contribution
 */
@NonNullByDefault
@Timeout(30)
class ClientLimitsTest {

    private static final Duration TIMEOUT = Duration.ofMillis(500);

    private final HttpClient client = new HttpClient(new SslContextFactory.Client());
    private final SimulatedEmoncms emoncms;

    ClientLimitsTest(@TempDir Path directory) {
        emoncms = SimulatedEmoncms.start(directory);
    }

    @BeforeEach
    void startClient() {
        HttpClients.start(client);
    }

    @AfterEach
    void stop() throws Exception {
        client.stop();
        emoncms.close();
    }

    private EmoncmsApi api(String url, String key) throws ProblemException {
        return new EmoncmsApi(new HttpAccess(client, TIMEOUT), ServerUrl.parse(url), new Credentials.ApiKey(key));
    }

    @ParameterizedTest
    @ValueSource(strings = { "http://127.0.0.1:99999/a", "http://127.0.0.1:0/a", "HTTP://127.0.0.1:1/a",
            "https://127.0.0.1:1/a", "http://127.0.0.1:2147483647/", "?", "", "#", "http://127.0.0.1:/" })
    void aRedirect(String location) {
        emoncms.fault(Fault.next(1, request -> true,
                Outcome.answer(Reply.html(302, "moved").withHeader("Location", location))));
        String url = emoncms.url().toString();

        Outside.isTakenOrRefused(() -> api(url, "0123456789abcdef0123456789abcdef").feeds());
    }

    @ParameterizedTest
    @ValueSource(strings = { "http://[fe80::1%25eth0]/", "http://127.0.0.1:0/", "HTTP://127.0.0.1:1", "http://h..h/",
            "http://[::ffff:127.0.0.1]:1/", "http://127.0.0.1:1/%zz", "http://127.0.0.1:1/ä", "http://127.0.0.1:/",
            "http://127.0.0.1:1/a;b=c", "http://-/" })
    void anAddress(String url) {
        Outside.isTakenOrRefused(() -> api(url, "0123456789abcdef0123456789abcdef").feeds());
    }

    @ParameterizedTest
    @ValueSource(strings = { "a\\r\\nX-More: b", "\\u0000", "\\u202e", " ", "\\ud800" })
    void aKeyThatALoginFetches(String key) {
        usesFetchedKey(key);
    }

    @Test
    void aLongKeyThatALoginFetches() {
        usesFetchedKey("0".repeat(1 << 19));
    }

    private void usesFetchedKey(String key) {
        emoncms.fault(Fault.next(1, request -> true,
                Outcome.answer(Reply.json("{\"success\":true,\"apikey_write\":\"" + key + "\"}"))));
        Outside.isTakenOrRefused(() -> {
            ServerUrl url = ServerUrl.parse(emoncms.url().toString());
            Credentials.ApiKey fetched = new Authenticator(new HttpAccess(client, TIMEOUT), url)
                    .authenticate(new Credentials.Login("emonuser", "password"));
            new EmoncmsApi(new HttpAccess(client, TIMEOUT), url, fetched).feeds();
        });
    }
}
