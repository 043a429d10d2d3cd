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
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;

import org.eclipse.jdt.annotation.NonNullByDefault;
import org.eclipse.jdt.annotation.Nullable;
import org.eclipse.jetty.client.HttpClient;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.openhab.binding.emoncms.internal.feed.FeedIdentity;
import org.openhab.binding.emoncms.internal.feed.Outside;
import org.openhab.binding.emoncms.internal.feed.Problem;
import org.openhab.binding.emoncms.internal.feed.ProblemException;
import org.openhab.binding.emoncms.internal.feed.ProblemKind;

/**
 * No server makes the add-on read, hold or wait without end.
 *
 * @author Emoncms add-on contributors - Initial contribution
 */
@NonNullByDefault
@Timeout(60)
class ResourcesTest {

    private static final long MEBIBYTE = 1 << 20;
    /** What the sockets of both ends hold. */
    private static final long BUFFERED_BYTES = 16 * MEBIBYTE;
    private static final long MAX_LIST = 32 * MEBIBYTE;
    private static final int LEVELS = 100_000;
    private static final String OK_JSON = StreamingServer.head("200 OK", "Content-Type: application/json");
    private static final String OK_BINARY = StreamingServer.head("200 OK", "Content-Type: application/octet-stream");
    private static final Credentials.ApiKey KEY = new Credentials.ApiKey("0123456789abcdef0123456789abcdef");

    private final HttpClient client = new HttpClient();

    @BeforeEach
    void startClient() {
        HttpClients.start(client);
    }

    @AfterEach
    void stop() throws Exception {
        client.stop();
    }

    private EmoncmsApi api(String url, Duration timeout) throws ProblemException {
        return new EmoncmsApi(new HttpAccess(client, timeout), ServerUrl.parse(url), KEY);
    }

    private EmoncmsApi api(StreamingServer server) throws ProblemException {
        return api(server.url(), Duration.ofSeconds(20));
    }

    private static EmoncmsApi canned(String json) throws ProblemException {
        return new EmoncmsApi(new HttpAccess(CannedClient.ok("application/json", json.getBytes(StandardCharsets.UTF_8)),
                Duration.ofSeconds(1)), ServerUrl.parse("http://h"), KEY);
    }

    @FunctionalInterface
    private interface Call {
        @Nullable
        Object to(EmoncmsApi api) throws ProblemException, InterruptedException;
    }

    private static ProblemKind problemOf(EmoncmsApi api, Call call) {
        Problem problem = catchThrowableOfType(ProblemException.class, () -> call.to(api)).problem();
        Outside.assertClean(problem);
        return problem.kind();
    }

    /** Of this thread, which does all the reading. */
    private static long allocatedBy(Runnable reading) {
        com.sun.management.ThreadMXBean threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadAllocatedBytes();
        reading.run();
        return threads.getCurrentThreadAllocatedBytes() - before;
    }

    private static StreamingServer server(StreamingServer.Answer answer) throws IOException {
        return new StreamingServer(answer);
    }

    private static StreamingServer.Answer tenGigabytes(String start, String repeated) {
        return StreamingServer.text(StreamingServer.TEN_GIGABYTES, start, repeated);
    }

    @Test
    void aListOfTenGigabytesIsLeftAfterWhatAListMayHave() throws Exception {
        try (StreamingServer server = server(tenGigabytes(OK_JSON + "[", "{\"id\":1,\"tag\":\"a\"},"))) {
            assertThat(problemOf(api(server), EmoncmsApi::feeds)).isEqualTo(ProblemKind.ANSWER_TOO_LONG);
            assertThat(server.sent()).isLessThan(MAX_LIST + BUFFERED_BYTES);
        }
    }

    @Test
    void aNameOfTenGigabytesIsNotHeld() throws Exception {
        try (StreamingServer server = server(tenGigabytes(OK_JSON + "[{\"id\":1,\"name\":\"", "x"))) {
            EmoncmsApi api = api(server);

            assertThat(allocatedBy(
                    () -> assertThat(problemOf(api, EmoncmsApi::feeds)).isEqualTo(ProblemKind.ANSWER_TOO_LONG)))
                    .isLessThan(12 * MAX_LIST);
        }
    }

    @Test
    void tenGigabytesOfBlanksInAFewMegabytesAreNotUnpacked() throws Exception {
        StreamingServer.Answer blanks = tenGigabytes("[", " ");
        try (StreamingServer server = server(out -> {
            out.write(StreamingServer.head("200 OK", "Content-Type: application/json", "Content-Encoding: gzip")
                    .getBytes(StandardCharsets.ISO_8859_1));
            try (OutputStream packed = new GZIPOutputStream(out)) {
                blanks.writeTo(packed);
            }
        })) {
            assertThat(problemOf(api(server), EmoncmsApi::feeds)).isEqualTo(ProblemKind.ANSWER_TOO_LONG);
            assertThat(server.sent()).isLessThan(MEBIBYTE);
        }
    }

    @Test
    void aShortAnswerOfTenGigabytesIsLeftAfterAMegabyte() throws Exception {
        try (StreamingServer server = server(tenGigabytes(OK_JSON + "{\"message\":\"", "x"))) {
            EmoncmsApi api = api(server);

            assertThat(allocatedBy(
                    () -> assertThat(problemOf(api, to -> to.meta(1))).isEqualTo(ProblemKind.ANSWER_TOO_LONG)))
                    .isLessThan(16 * MEBIBYTE);
            assertThat(server.sent()).isLessThan(BUFFERED_BYTES);
        }
    }

    @Test
    void aPageOfErrorOfTenGigabytesIsNotRead() throws Exception {
        try (StreamingServer server = server(
                tenGigabytes(StreamingServer.head("500 Internal Server Error", "Content-Type: text/html"), "<b>"))) {
            assertThat(problemOf(api(server), EmoncmsApi::feeds)).isEqualTo(ProblemKind.SERVER_ERROR);
            assertThat(server.sent()).isLessThan(BUFFERED_BYTES);
        }
    }

    @Test
    void aPageInPlaceOfPointsIsReadAsFarAsItIsShown() throws Exception {
        try (StreamingServer server = server(
                tenGigabytes(StreamingServer.head("200 OK", "Content-Type: text/html"), "<b>Fatal</b> "))) {
            assertThat(problemOf(api(server), api -> {
                api.export(1, 0, 0, bytes -> true);
                return api;
            })).isEqualTo(ProblemKind.REFUSED);
            assertThat(server.sent()).isLessThan(BUFFERED_BYTES);
        }
    }

    @Test
    void anExportIsNeverHeldAsAWhole() throws Exception {
        try (StreamingServer server = server(StreamingServer.text(256 * MEBIBYTE, OK_BINARY, "1234"))) {
            EmoncmsApi api = api(server);
            AtomicLong read = new AtomicLong();

            long allocated = allocatedBy(() -> Outside
                    .isTakenOrRefused(() -> api.export(1, 0, 0, bytes -> read.addAndGet(bytes.remaining()) > 0)));

            assertThat(read).hasValue(256 * MEBIBYTE);
            assertThat(allocated).isLessThan(16 * MEBIBYTE);
        }
    }

    @Test
    void anExportOfTenGigabytesIsLeftWhenThereIsEnough() throws Exception {
        try (StreamingServer server = server(tenGigabytes(OK_BINARY, "1234"))) {
            AtomicLong read = new AtomicLong();

            api(server).export(1, 0, 0, bytes -> read.addAndGet(bytes.remaining()) < MEBIBYTE);

            assertThat(server.sent()).isLessThan(BUFFERED_BYTES);
        }
    }

    @Test
    void redirectsWithoutEndAreFollowedThreeTimesWhateverComesWithThem() throws Exception {
        try (StreamingServer server = server(
                tenGigabytes(StreamingServer.head("302 Found", "Location: /feed/listwithmeta.json"), "x"))) {
            assertThat(problemOf(api(server), EmoncmsApi::feeds)).isEqualTo(ProblemKind.REDIRECTED);
            assertThat(server.requests()).isEqualTo(4);
            assertThat(server.sent()).isLessThan(4 * BUFFERED_BYTES);
        }
    }

    @Test
    void headersWithoutEndAreNotHeld() throws Exception {
        try (StreamingServer server = server(
                StreamingServer.text(128 * MEBIBYTE, "HTTP/1.1 200 OK\r\n", "X-More: " + "x".repeat(1000) + "\r\n"))) {
            assertThat(problemOf(api(server.url(), Duration.ofSeconds(10)), EmoncmsApi::feeds))
                    .isIn(ProblemKind.CONNECTION_LOST, ProblemKind.ANSWER_TOO_LONG);
            assertThat(server.sent()).isLessThan(BUFFERED_BYTES);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = { "HTTP/1.1 200 OK\r\nX-More: ", "HTTP/1.1 200 ",
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n[]\r\n0\r\nX-More: " })
    void aLineWithoutEndIsNotHeld(String start) throws Exception {
        try (StreamingServer server = server(tenGigabytes(start, "x"))) {
            assertThat(problemOf(api(server), EmoncmsApi::feeds)).isEqualTo(ProblemKind.ANSWER_TOO_LONG);
            assertThat(server.sent()).isLessThan(8 * BUFFERED_BYTES);
        }
    }

    @Test
    void whatIsUploadedIsNotSentOnAfterAnEarlyAnswer() throws Exception {
        int length = (int) (2 * BUFFERED_BYTES);
        try (EarlyServer server = new EarlyServer(StreamingServer.head("413 Too Large", "Content-Length: 0"))) {
            EmoncmsApi api = api(server.url(), Duration.ofSeconds(20));

            assertThat(problemOf(api, to -> to.beginSync(ByteBuffer.allocateDirect(length)).answer()))
                    .isEqualTo(ProblemKind.BODY_TOO_LARGE);
            assertThat(server.readRest()).isLessThan(length);
        }
    }

    @Test
    void headersThatComeByteByByteEndWithTheTimeOfTheRequest() throws Exception {
        try (StreamingServer server = server(slowly("HTTP/1.1 200 OK\r\nX-More: "))) {
            assertThat(problemOf(api(server.url(), Duration.ofMillis(400)), EmoncmsApi::feeds))
                    .isEqualTo(ProblemKind.TIMEOUT);
        }
    }

    @Test
    void pointsThatComeByteByByteEndWithTheTimeOfTheRequest() throws Exception {
        try (StreamingServer server = server(slowly(OK_BINARY))) {
            assertThat(problemOf(api(server.url(), Duration.ofMillis(400)), api -> {
                api.export(1, 0, 0, bytes -> true);
                return api;
            })).isEqualTo(ProblemKind.TIMEOUT);
        }
    }

    /** After the start a byte each 20 ms, for 20 s; never too long a silence. */
    private static StreamingServer.Answer slowly(String start) {
        return out -> {
            out.write(start.getBytes(StandardCharsets.ISO_8859_1));
            for (int i = 0; i < 1000; i++) {
                out.write('x');
                try {
                    Thread.sleep(20);
                } catch (InterruptedException e) {
                    return;
                }
            }
        };
    }

    @Test
    void anyNestingIsReadWithoutRecursion() throws Exception {
        for (String open : new String[] { "[", "{\"a\":" }) {
            String closed = open.repeat(LEVELS) + "1" + ("[".equals(open) ? "]" : "}").repeat(LEVELS);
            for (String text : List.of(closed, open.repeat(LEVELS))) {
                Outside.isTakenOrRefused(() -> canned(text).meta(1));
                Outside.isTakenOrRefused(() -> canned("[{\"id\":1,\"x\":" + text + "}]").feeds());
                Outside.isTakenOrRefused(() -> canned("{\"success\":true,\"updated_feed_meta\":" + text + "}")
                        .beginSync(ByteBuffer.allocate(4)).answer());
            }
        }
    }

    private static String list(int feeds) {
        return IntStream.rangeClosed(1, feeds).mapToObj(
                id -> "{\"id\":\"" + id + "\",\"tag\":\"house\",\"name\":\"f" + id + "\",\"engine\":5,\"npoints\":7}")
                .collect(Collectors.joining(",", "[", "]"));
    }

    @Test
    void aListOfAsManyFeedsAsAllowedIsRead() throws Exception {
        EmoncmsApi api = canned(list(100_000));

        assertThat(api.feeds()).hasSize(100_000)
                .endsWith(new RemoteFeed(100_000, new FeedIdentity("house", "f100000"), 5, "", 0, 0, 7));
    }

    @Test
    void aListOfOneFeedMoreIsRefused() throws Exception {
        assertThat(problemOf(canned(list(100_001)), EmoncmsApi::feeds)).isEqualTo(ProblemKind.ANSWER_TOO_LONG);
    }
}
