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
import java.util.HexFormat;
import java.util.Map;

import org.eclipse.jdt.annotation.NonNullByDefault;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/**
 * Starts a server with one account for each test.
 *
 * @author Emoncms add-on contributors - Initial contribution
 */
@NonNullByDefault
abstract class SimulatedEmoncmsFixture {
    static final int START_TIME = 1_700_000_000;
    static final String META = "{\"id\":1,\"interval\":10,\"start_time\":1700000000,\"npoints\":3,"
            + "\"end_time\":1700000020}";
    static final String SYNCED = "{\"success\":true,\"updated_feed_meta\":[" + META + "]}";

    final AdjustableClock clock = new AdjustableClock(Instant.parse("2026-11-23T12:00:00Z"));

    @TempDir
    Path directory = Path.of("");

    @NonNullByDefault({})
    SimulatedEmoncms emoncms;
    @NonNullByDefault({})
    Account account;

    @BeforeEach
    void start() {
        emoncms = SimulatedEmoncms.start(directory, 0, clock);
        account = emoncms.addAccount("home", "secret");
    }

    @AfterEach
    void close() {
        emoncms.close();
    }

    int fina(String name) {
        return emoncms.addFeed(account, "power", name, SimulatedEmoncms.PHPFINA, 10, "W");
    }

    static byte[] points(int feedId) {
        return new SyncBody().fina(feedId, START_TIME, 10, 0, 3, i -> i).bytes();
    }

    String sync(byte[] body) throws IOException {
        try (RawConnection connection = new RawConnection(emoncms.url())) {
            return connection.exchange("POST", "/feed/sync", authorization(account.writeKey()), body).text();
        }
    }

    String login(String password) throws IOException {
        try (RawConnection connection = new RawConnection(emoncms.url())) {
            byte[] form = ("username=home&password=" + password).getBytes(StandardCharsets.US_ASCII);
            return connection.exchange("POST", "/user/auth.json",
                    Map.of("Content-Type", "application/x-www-form-urlencoded"), form).text();
        }
    }

    RawConnection.Received get(String target) throws IOException {
        return get(target, account.writeKey());
    }

    RawConnection.Received get(String target, String key) throws IOException {
        try (RawConnection connection = new RawConnection(emoncms.url())) {
            return connection.exchange("GET", target, authorization(key), new byte[0]);
        }
    }

    static Map<String, String> authorization(String key) {
        return Map.of("Authorization", "Bearer " + key);
    }

    static byte[] hex(String digits) {
        return HexFormat.of().parseHex(digits);
    }
}
