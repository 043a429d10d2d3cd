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

import static org.assertj.core.api.Assertions.*;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;

import org.eclipse.jdt.annotation.NonNullByDefault;
import org.eclipse.jetty.client.HttpClient;
import org.eclipse.jetty.server.ConnectionFactory;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.openhab.binding.emoncms.internal.feed.Engine;
import org.openhab.binding.emoncms.internal.feed.FeedMeta;
import org.openhab.binding.emoncms.internal.feed.ProblemException;
import org.openhab.binding.emoncms.simulated.Account;
import org.openhab.binding.emoncms.simulated.Fault;
import org.openhab.binding.emoncms.simulated.Outcome;
import org.openhab.binding.emoncms.simulated.SimulatedEmoncms;

/**
 * What is counted, beside what a relay between client and server has seen.
 *
 * @author Emoncms add-on contributors - Initial contribution
 */
@NonNullByDefault
@Timeout(60)
class TrafficTest {

    private static final String PASSWORD = "changeit";
    private static final int POINTS = 25_000;
    /** As it is documented. */
    private static final int HEADER_BYTES = 52;
    private static final int PACKET_BYTES = 1400;
    private static final int PACKETS_OF_CONNECTION = 3;

    private final Path directory;
    private final Home home;

    TrafficTest(@TempDir Path directory) throws IOException {
        this.directory = directory;
        home = new Home(directory.resolve("server"));
    }

    @AfterEach
    void close() throws Exception {
        home.close();
    }

    /** A client of the simulated server, through a relay. */
    private static final class Home {

        final SimulatedEmoncms emoncms;
        final Account account;
        final CountingRelay relay;
        final HttpClient client = new HttpClient();

        Home(Path directory) throws IOException {
            emoncms = SimulatedEmoncms.start(directory);
            account = emoncms.addAccount("emonuser", "password");
            relay = new CountingRelay(emoncms.url().getPort());
            HttpClients.start(client);
        }

        EmoncmsApi api(String user) throws ProblemException {
            return new EmoncmsApi(new HttpAccess(client, Duration.ofSeconds(10), user, HttpAccess.UNLIMITED),
                    ServerUrl.parse("http://127.0.0.1:" + relay.port()), new Credentials.ApiKey(account.writeKey()));
        }

        Traffic.Amount amount(String user) {
            return HttpClients.traffic(client, user).amount();
        }

        ByteBuffer body(String feed) {
            SyncBody body = new SyncBody(16 + 20 + POINTS * 4);
            body.add(body.segment(emoncms.addFeed(account, "house", feed, SimulatedEmoncms.PHPFINA, 10, "W"),
                    Engine.PHPFINA, new FeedMeta(1_700_000_000L, 10, 0), 0, POINTS * 4));
            return body.finish();
        }

        void close() throws Exception {
            client.stop();
            relay.close();
            emoncms.close();
        }
    }

    private static void assertCounted(Traffic.Amount counted, CountingRelay relay, int messages) {
        long packetsOut = messages + relay.sent() / PACKET_BYTES;
        long packetsIn = messages + relay.received() / PACKET_BYTES;
        long packetsOfConnections = (long) PACKETS_OF_CONNECTION * relay.connections();
        assertThat(relay.sent()).as("bytes through the relay").isPositive();
        assertThat(counted.sent()).as("sent").isBetween(relay.sent(),
                relay.sent() + HEADER_BYTES * (packetsOfConnections + packetsOut + packetsIn / 2));
        assertThat(counted.received()).as("received").isBetween(relay.received(),
                relay.received() + HEADER_BYTES * (packetsOfConnections + packetsIn + packetsOut / 2));
    }

    private Path selfSigned() throws Exception {
        Path store = directory.resolve("localhost.p12");
        Process keytool = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair", "-keyalg", "EC", "-dname", "CN=localhost", "-ext", "san=dns:localhost", "-validity", "2",
                "-alias", "server", "-keystore", store.toString(), "-storepass", PASSWORD).redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD).start();
        assertThat(keytool.waitFor()).isZero();
        return store;
    }

    /** Asks a server that has nothing, so that the answer is the same each time, and looks at what was counted. */
    private Traffic.Amount amountOfOneRequest(boolean isTls) throws Exception {
        SslContextFactory.Client clientTls = new SslContextFactory.Client();
        Server server = new Server();
        ConnectionFactory http = new HttpConnectionFactory();
        ServerConnector connector = new ServerConnector(server, http);
        if (isTls) {
            Path store = selfSigned();
            SslContextFactory.Server serverTls = new SslContextFactory.Server();
            serverTls.setKeyStorePath(store.toString());
            serverTls.setKeyStorePassword(PASSWORD);
            connector = new ServerConnector(server, new SslConnectionFactory(serverTls, "http/1.1"), http);
            clientTls.setTrustStorePath(store.toString());
            clientTls.setTrustStorePassword(PASSWORD);
        }
        connector.setHost("127.0.0.1");
        server.addConnector(connector);
        HttpClient client = new HttpClient(clientTls);
        try {
            server.start();
            HttpClients.start(client);
            try (CountingRelay relay = new CountingRelay(connector.getLocalPort())) {
                EmoncmsApi api = new EmoncmsApi(
                        new HttpAccess(client, Duration.ofSeconds(10), "home", HttpAccess.UNLIMITED),
                        ServerUrl.parse((isTls ? "https" : "http") + "://localhost:" + relay.port()),
                        new Credentials.ApiKey("key"));
                assertThatExceptionOfType(ProblemException.class).isThrownBy(api::feeds);
                Traffic.Amount amount = HttpClients.traffic(client, "home").amount();
                assertCounted(amount, relay, 1);
                return amount;
            }
        } finally {
            client.stop();
            server.stop();
        }
    }

    @Test
    void nothingIsCountedBeforeTheFirstRequest() throws Exception {
        assertThat(home.amount("home")).isEqualTo(Traffic.Amount.NONE);
    }

    @Test
    void headsAndBodiesAreCountedWithWhatTheNetworkAdds() throws Exception {
        home.api("home").beginSync(home.body("power")).answer();
        assertThat(home.relay.sent()).isGreaterThan(POINTS * 4);
        assertCounted(home.amount("home"), home.relay, 1);
    }

    @Test
    void aLongAnswerIsCounted() throws Exception {
        for (int i = 0; i < 2000; i++) {
            home.emoncms.addFeed(home.account, "house", "feed" + i, SimulatedEmoncms.PHPFINA, 10, "W");
        }
        home.api("home").feeds();
        assertThat(home.relay.received()).isGreaterThan(5 * PACKET_BYTES);
        assertCounted(home.amount("home"), home.relay, 1);
    }

    @Test
    void requestsOfOneConnectionAddUp() throws Exception {
        EmoncmsApi api = home.api("home");
        for (int i = 0; i < 50; i++) {
            api.feeds();
        }
        assertThat(home.relay.connections()).isOne();
        assertCounted(home.amount("home"), home.relay, 50);
    }

    @Test
    void closedConnectionsStayCounted() throws Exception {
        home.emoncms.fault(Fault.next(1, Fault.route("/feed/sync"), Outcome.disconnect()));
        ByteBuffer body = home.body("power");
        EmoncmsApi api = home.api("home");
        assertThatExceptionOfType(ProblemException.class).isThrownBy(() -> api.beginSync(body.duplicate()).answer());
        api.beginSync(body.duplicate()).answer();
        assertThat(home.relay.connections()).isGreaterThanOrEqualTo(2);
        assertThat(home.amount("home").sent()).isGreaterThanOrEqualTo(home.relay.sent()).isGreaterThan(2 * POINTS * 4);
    }

    @Test
    void theEndOfTheClientTakesNothingAway() throws Exception {
        home.api("home").beginSync(home.body("power")).answer();
        Traffic traffic = HttpClients.traffic(home.client, "home");
        Traffic.Amount before = traffic.amount();
        home.client.stop();
        assertThat(traffic.amount()).isEqualTo(before);
    }

    @Test
    void usersOfOneClientAreCountedApart() throws Exception {
        home.api("one").feeds();
        Traffic.Amount one = home.amount("one");
        assertThat(home.amount("other")).isEqualTo(Traffic.Amount.NONE);
        home.api("other").beginSync(home.body("power")).answer();
        assertThat(home.amount("one")).isEqualTo(one);
        assertThat(one.sent()).isLessThan(POINTS * 4);
        assertThat(home.amount("other").sent()).isGreaterThan(POINTS * 4);
    }

    @Test
    void usersOfOneClientDoNotShareAConnection() throws Exception {
        home.api("one").feeds();
        home.api("other").feeds();
        assertThat(home.relay.connections()).isEqualTo(2);
        assertCounted(home.amount("one").plus(home.amount("other")), home.relay, 2);
    }

    @Test
    void theHandshakeOfTlsIsCounted() throws Exception {
        Traffic.Amount http = amountOfOneRequest(false);
        Traffic.Amount https = amountOfOneRequest(true);
        assertThat(https.sent()).isGreaterThan(http.sent());
        assertThat(https.received()).as("with the certificate").isGreaterThan(http.received() + 200);
    }
}
