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

import java.io.IOException;
import java.net.ConnectException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

import org.eclipse.jdt.annotation.NonNullByDefault;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import com.google.gson.JsonArray;
import com.google.gson.JsonParser;

/**
 * What the simulated server can do beyond the recorded exchanges.
 *
 * @author Emoncms add-on contributors - Initial contribution
 */
@NonNullByDefault
@Timeout(20)
class SimulatedEmoncmsTest extends SimulatedEmoncmsFixture {
    @Test
    void keepsFeedsAsFilesInTheFormatsOfEmoncms() throws IOException {
        int fina = fina("solar");
        int timeSeries = emoncms.addFeed(account, "power", "grid", SimulatedEmoncms.PHPTIMESERIES, 10, "W");

        sync(new SyncBody().fina(fina, START_TIME, 10, 0, 1, i -> 1.5)
                .timeSeries(timeSeries, 0, new TimeSeriesPoint(START_TIME, 2.5f)).bytes());

        assertThat(emoncms.metaFile(fina)).isEqualTo(directory.resolve("phpfina/1.meta"))
                .hasBinaryContent(hex("00000000000000000a00000000f15365"));
        assertThat(emoncms.dataFile(fina)).isEqualTo(directory.resolve("phpfina/1.dat"))
                .hasBinaryContent(hex("0000c03f"));
        assertThat(emoncms.dataFile(timeSeries)).isEqualTo(directory.resolve("phptimeseries/feed_2.MYD"))
                .hasBinaryContent(hex("f900f1536500002040"));
    }

    @Test
    void seesDataThatATestWritesToTheFiles() throws IOException {
        int feed = fina("solar");
        new FinaMeta(10, START_TIME, 0).write(emoncms.metaFile(feed));
        Files.write(emoncms.dataFile(feed), new byte[12]);

        assertThat(get("/feed/getmeta.json?id=1").text()).isEqualTo(META);
    }

    @Test
    void answersBelowThePrefix() throws IOException {
        assertThat(get("/emoncms/feed/list.json").text()).isEqualTo("[]");
    }

    @Test
    void findsFeedsByTagAndNameOfTheirAccount() {
        Account other = emoncms.addAccount("neighbour", "secret");
        int feed = fina("solar");

        assertThat(emoncms.feedId(account, "power", "solar")).contains(feed);
        assertThat(emoncms.feedId(account, "power", "Solar")).isEmpty();
        assertThat(emoncms.feedId(other, "power", "solar")).isEmpty();
        assertThat(emoncms.feeds(account)).extracting(SimulatedFeed::name).containsExactly("solar");
        assertThat(account.readKey()).matches("[0-9a-f]{32}").isNotEqualTo(account.writeKey());
    }

    @Test
    void clearsAndDeletesFeeds() throws IOException {
        int feed = fina("solar");
        sync(points(feed));

        emoncms.clearFeed(feed);
        assertThat(emoncms.dataFile(feed)).isEmptyFile();
        emoncms.deleteFeed(feed);
        assertThat(emoncms.metaFile(feed)).doesNotExist();
        assertThat(emoncms.feeds(account)).isEmpty();
    }

    @Test
    void logsRequestsWithHeadersAndLengthButWithoutBodies() throws IOException {
        sync(points(fina("solar")));

        ReceivedRequest request = emoncms.requests().get(0);
        assertThat(request.method()).isEqualTo("POST");
        assertThat(request.path()).isEqualTo("/feed/sync");
        assertThat(request.query()).isEmpty();
        assertThat(request.header("authorization")).contains("Bearer " + account.writeKey());
        assertThat(request.bodyLength()).isEqualTo(36);
        assertThat(request.body()).isNull();

        emoncms.clearRequests();
        assertThat(emoncms.requests()).isEmpty();
    }

    @Test
    void keepsBodiesIfTold() throws IOException {
        emoncms.keepBodies(true);
        byte[] body = points(fina("solar"));

        sync(body);

        assertThat(emoncms.requests().get(0).body()).isEqualTo(body);
    }

    @Test
    void keepsTheLatestThousandRequests() throws IOException {
        try (RawConnection connection = new RawConnection(emoncms.url())) {
            connection.exchange("GET", "/describe", Map.of(), new byte[0]);
        }
        for (int i = 0; i < 10; i++) {
            try (RawConnection connection = new RawConnection(emoncms.url())) {
                for (int j = 0; j < 100; j++) {
                    connection.exchange("GET", "/version", Map.of(), new byte[0]);
                }
            }
        }

        assertThat(emoncms.requests()).hasSize(1000).extracting(ReceivedRequest::path).containsOnly("/version");
    }

    @Test
    void refusesConnectionsWhileStoppedAndForgetsNothing() throws IOException {
        int feed = fina("solar");
        int port = emoncms.url().getPort();

        emoncms.stop();
        assertThatThrownBy(() -> get("/feed/list.json")).isInstanceOf(ConnectException.class);
        emoncms.restart();

        assertThat(emoncms.url().getPort()).isEqualTo(port);
        assertThat(sync(points(feed))).isEqualTo(SYNCED);
    }

    @Test
    void locksAnAddressOutUntilAQuarterOfAnHourAfterItsFirstLogin() throws IOException {
        for (int i = 0; i < 10; i++) {
            assertThat(login("secret")).contains(account.writeKey());
        }
        clock.advance(Duration.ofSeconds(899));
        assertThat(login("secret")).contains("Too many attempts");
        clock.advance(Duration.ofSeconds(1));
        assertThat(login("secret")).contains(account.writeKey());
    }

    @Test
    void needNotLimitLogins() throws IOException {
        emoncms.limitLogins(false);

        for (int i = 0; i < 20; i++) {
            assertThat(login("wrong")).contains("Incorrect authentication");
        }
    }

    @Test
    void answersAKeyAsOlderServersDo() throws IOException {
        emoncms.behaveOlder(true);

        assertThat(get("/user/session.json").text()).isEqualTo("false");
        assertThat(get("/user/get.json").text()).contains("\"id\":\"1\"", "\"username\":\"home\"",
                "\"apikey_write\":\"" + account.writeKey() + "\"", "\"apikey_read\":\"" + account.readKey() + "\"");
        assertThat(get("/user/get.json", account.readKey()).text()).isEqualTo("false");
    }

    @Test
    void listsThousandsOfFeeds() throws IOException {
        IntStream.range(0, 3000).forEach(i -> fina("feed" + i));

        JsonArray list = JsonParser.parseString(get("/feed/listwithmeta.json").text()).getAsJsonArray();
        assertThat(list).hasSize(3000);
    }

    @Test
    void appliesABodyOfManyMegabytes() throws IOException {
        int feed = fina("solar");
        int npoints = 4 << 20;

        assertThat(sync(new SyncBody().fina(feed, START_TIME, 10, 0, npoints, i -> i).bytes()))
                .contains("\"npoints\":" + npoints);
        assertThat(get("/feed/export.json?start=0&id=" + feed).body()).hasSize(npoints * Float.BYTES)
                .isEqualTo(Files.readAllBytes(emoncms.dataFile(feed)));
    }

    @Test
    void takesAChunkedBody() throws IOException {
        byte[] body = points(fina("solar"));
        try (RawConnection connection = new RawConnection(emoncms.url())) {
            connection.send("POST /feed/sync?apikey=" + account.writeKey()
                    + " HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n");
            for (byte[] part : List.of(Arrays.copyOf(body, 7), Arrays.copyOfRange(body, 7, body.length))) {
                connection.send(Integer.toHexString(part.length) + "\r\n");
                connection.send(part);
                connection.send("\r\n");
            }
            connection.send("0\r\n\r\n");

            assertThat(connection.receive(true).text()).isEqualTo(SYNCED);
        }
    }
}
