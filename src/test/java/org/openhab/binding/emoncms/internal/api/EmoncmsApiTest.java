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

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

import org.eclipse.jdt.annotation.NonNullByDefault;
import org.eclipse.jetty.client.HttpClient;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.openhab.binding.emoncms.internal.feed.Engine;
import org.openhab.binding.emoncms.internal.feed.FeedIdentity;
import org.openhab.binding.emoncms.internal.feed.FeedMeta;
import org.openhab.binding.emoncms.internal.feed.Problem;
import org.openhab.binding.emoncms.internal.feed.ProblemException;
import org.openhab.binding.emoncms.internal.feed.ProblemKind;
import org.openhab.binding.emoncms.simulated.Account;
import org.openhab.binding.emoncms.simulated.Fault;
import org.openhab.binding.emoncms.simulated.Outcome;
import org.openhab.binding.emoncms.simulated.ReceivedRequest;
import org.openhab.binding.emoncms.simulated.Reply;
import org.openhab.binding.emoncms.simulated.SimulatedEmoncms;

/**
 * The calls, and every way in which a server can fail to answer them.
 *
 * @author Emoncms add-on contributors - Initial contribution
 */
@NonNullByDefault
@Timeout(30)
class EmoncmsApiTest {

    private static final FeedIdentity POWER = new FeedIdentity("house tag", "pöwer");
    private static final Duration TIMEOUT = Duration.ofSeconds(1);

    private final Path directory;
    private final HttpClient client = new HttpClient(new SslContextFactory.Client());
    private final SimulatedEmoncms emoncms;
    private final Account account;

    EmoncmsApiTest(@TempDir Path directory) {
        this.directory = directory;
        emoncms = SimulatedEmoncms.start(directory);
        account = emoncms.addAccount("emonuser", "password");
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

    private EmoncmsApi api(String url) throws ProblemException {
        return new EmoncmsApi(new HttpAccess(client, TIMEOUT), ServerUrl.parse(url),
                new Credentials.ApiKey(account.writeKey()));
    }

    private EmoncmsApi api() throws ProblemException {
        return api(emoncms.url().toString());
    }

    private Problem problemOfList(String url) {
        return catchThrowableOfType(ProblemException.class, () -> api(url).feeds()).problem();
    }

    private Problem problemOfList(Outcome outcome) {
        emoncms.fault(Fault.always(request -> true, outcome));
        return problemOfList(emoncms.url().toString());
    }

    private static ByteBuffer body(int feedId, int points) {
        SyncBody body = new SyncBody(16 << 10);
        body.add(body.segment(feedId, Engine.PHPFINA, new FeedMeta(1_700_000_000L, 10, 0), 0, points * 4));
        return body.finish();
    }

    @Test
    void aCreatedFeedIsListed() throws Exception {
        int id = api().beginCreate(POWER, Engine.PHPFINA, 30, "°C").answer();

        assertThat(api().feeds()).containsExactly(new RemoteFeed(id, POWER, 5, "°C", 0, 30, 0));
    }

    @Test
    void aUnitThatEmoncmsHasNoRoomForIsLeftOut() throws Exception {
        api().beginCreate(POWER, Engine.PHPFINA, 30, "kilowatthours").answer();

        assertThat(api().feeds()).extracting(RemoteFeed::unit).containsExactly("");
    }

    @Test
    void anUploadIsAnsweredWithTheNewMeta() throws Exception {
        int id = api().beginCreate(POWER, Engine.PHPFINA, 10, "W").answer();

        assertThat(api().beginSync(body(id, 3)).answer()).containsExactly(new RemoteMeta(id, 1_700_000_000L, 10, 3));
        assertThat(api().meta(id)).isEqualTo(new RemoteMeta(id, 1_700_000_000L, 10, 3));
        assertThat(api().feeds()).extracting(RemoteFeed::npoints).containsExactly(3L);
    }

    @Test
    void aRefusalNamesTheFeed() {
        assertThatExceptionOfType(RefusedException.class).isThrownBy(() -> api().beginSync(body(77, 3)).answer())
                .satisfies(e -> assertThat(e.feedId()).hasValue(77))
                .satisfies(e -> assertThat(e.problem().arguments()).contains("Invalid feedid or access u=1 f=77"));
    }

    @Test
    void anExportGivesTheStoredBytes() throws Exception {
        int id = api().beginCreate(POWER, Engine.PHPFINA, 10, "W").answer();
        api().beginSync(body(id, 100)).answer();

        assertThat(export(id, 0)).isEqualTo(Files.readAllBytes(emoncms.dataFile(id))).hasSize(400);
        assertThat(export(id, 396)).hasSize(8);
    }

    private byte[] export(int id, long start) throws Exception {
        ByteArrayOutputStream read = new ByteArrayOutputStream();
        api().export(id, start, 0, bytes -> {
            read.write(bytes.array(), bytes.position(), bytes.remaining());
            return true;
        });
        return read.toByteArray();
    }

    @Test
    void anExportEndsWhenNoMoreIsWanted() throws Exception {
        int id = api().beginCreate(POWER, Engine.PHPFINA, 10, "W").answer();
        Files.write(emoncms.dataFile(id), new byte[4 << 20]);
        AtomicInteger calls = new AtomicInteger();

        api().export(id, 0, 0, bytes -> calls.incrementAndGet() < 2);

        assertThat(calls).hasValue(2);
    }

    @Test
    void anExportThatIsAnErrorIsNotTakenForData() {
        assertThatExceptionOfType(RefusedException.class).isThrownBy(() -> api().export(77, 0, 0, bytes -> true));
    }

    @Test
    void theKeyStandsInTheAuthorizationHeaderOnly() throws Exception {
        emoncms.keepBodies(true);
        int id = api().beginCreate(POWER, Engine.PHPFINA, 10, "W").answer();
        api().beginSync(body(id, 3)).answer();
        api().feeds();

        assertThat(emoncms.requests()).hasSize(3).allSatisfy(request -> {
            assertThat(request.header("Authorization")).hasValue("Bearer " + account.writeKey());
            assertThat(request.path() + request.query()).doesNotContain(account.writeKey());
            assertThat(request.headers().values().stream().flatMap(values -> values.stream())
                    .filter(value -> value.contains(account.writeKey()))).hasSize(1);
        });
    }

    @Test
    void answersAreAskedForCompressedAndKeepTheConnection() throws Exception {
        api().feeds();
        api().feeds();

        assertThat(emoncms.requests()).extracting(request -> request.header("Accept-Encoding").orElse(""))
                .containsExactly("gzip", "gzip");
        assertThat(emoncms.requests()).extracting(request -> request.header("Connection").orElse("keep-alive"))
                .doesNotContain("close");
    }

    @Test
    void anUnknownHost() throws Exception {
        EmoncmsApi api = new EmoncmsApi(new HttpAccess(client, Duration.ofSeconds(25)),
                ServerUrl.parse("http://host.invalid"), new Credentials.ApiKey(account.writeKey()));

        assertThat(catchThrowableOfType(ProblemException.class, api::feeds).problem().kind())
                .isEqualTo(ProblemKind.UNKNOWN_HOST);
    }

    @Test
    void aHostThatDoesNotListen() {
        emoncms.stop();

        assertThat(problemOfList(emoncms.url().toString()).kind()).isEqualTo(ProblemKind.NO_CONNECTION);
    }

    @Test
    void aHostThatDoesNotSpeakTls() {
        assertThat(problemOfList(emoncms.url().toString().replace("http:", "https:")).kind())
                .isIn(ProblemKind.NO_CONNECTION, ProblemKind.CONNECTION_LOST, ProblemKind.NOT_TRUSTED);
    }

    @Test
    void aServerThatNeverAnswers() {
        assertThat(problemOfList(Outcome.noAnswer()).kind()).isEqualTo(ProblemKind.TIMEOUT);
    }

    @Test
    void aServerThatAnswersAByteATime() throws Exception {
        try (DrippingServer server = new DrippingServer()) {
            assertThat(problemOfList(server.url()).kind()).isEqualTo(ProblemKind.TIMEOUT);
        }
    }

    @Test
    void aConnectionThatIsClosedWithoutAnAnswer() {
        assertThat(problemOfList(Outcome.disconnect()).kind()).isEqualTo(ProblemKind.CONNECTION_LOST);
    }

    @Test
    void anAnswerThatIsCut() throws Exception {
        api().beginCreate(POWER, Engine.PHPFINA, 30, "").answer();

        assertThat(problemOfList(Outcome.cutAnswer()).kind()).isIn(ProblemKind.CONNECTION_LOST,
                ProblemKind.UNREADABLE_ANSWER);
    }

    @ParameterizedTest
    @ValueSource(strings = { "", "<html><body>Maintenance</body></html>", "[{\"id\":\"1\"", "[] []", "[7]",
            "[{\"name\":\"x\"}]", "[{\"id\":\"one\"}]", "[{\"id\":{}}]", "nonsense", "[{\"id\":1,\"npoints\":NaN}]",
            "<br />\n<b>Warning</b>:  something in <b>/a.php</b> on line <b>1</b><br />\n[]" })
    void anAnswerThatIsNoList(String text) {
        assertThat(problemOfList(Outcome.answer(Reply.json(text))).kind()).isEqualTo(ProblemKind.UNREADABLE_ANSWER);
    }

    @Test
    void anUnreadableAnswerIsQuotedWithoutTags() {
        assertThat(problemOfList(
                Outcome.answer(Reply.html(200, "<br />\n<b>Fatal error</b>:  Class not found in <b>/a.php</b>")))
                .arguments()).containsExactly(emoncms.url().getAuthority(), "Fatal error : Class not found in /a.php");
    }

    @Test
    void aDeeplyNestedAnswer() {
        assertThat(problemOfList(Outcome.answer(Reply.json("[{\"x\":" + "[".repeat(2_000_000)))).kind())
                .isEqualTo(ProblemKind.UNREADABLE_ANSWER);
        emoncms.clearFaults();
        emoncms.fault(Fault.always(request -> true, Outcome.answer(Reply.json("[".repeat(1_000_000)))));
        assertThat(catchThrowableOfType(ProblemException.class, () -> api().meta(1)).problem().kind())
                .isEqualTo(ProblemKind.UNREADABLE_ANSWER);
    }

    @Test
    void anAnswerWithoutEnd() {
        emoncms.fault(Fault.always(request -> true, Outcome.answer(Reply.json("\"" + "x".repeat(5 << 20) + "\""))));

        assertThat(catchThrowableOfType(ProblemException.class, () -> api().meta(1)).problem().kind())
                .isEqualTo(ProblemKind.ANSWER_TOO_LONG);
    }

    @Test
    void anAnswerThatSaysFalse() {
        assertThat(problemOfList(Outcome.answer(Reply.json("false"))).kind()).isEqualTo(ProblemKind.KEY_NOT_SEEN);
    }

    @Test
    void anAnswerThatIsAMessage() {
        assertThat(problemOfList(Outcome.answer(Reply.json("{\"success\":false,\"message\":\"No\"}"))).kind())
                .isEqualTo(ProblemKind.REFUSED);
    }

    @ParameterizedTest
    @ValueSource(ints = { 500, 502, 503, 403, 429, 204 })
    void aStatusOfFailure(int status) {
        assertThat(problemOfList(Outcome.answer(Reply.html(status, "<h1>Sorry</h1>"))))
                .isEqualTo(Problem.of(ProblemKind.SERVER_ERROR, emoncms.url().getAuthority(), status));
    }

    @ParameterizedTest
    @ValueSource(ints = { 401 })
    void aStatusOfRefusal(int status) {
        assertThat(problemOfList(Outcome.answer(Reply.html(status, "Invalid API key"))).kind())
                .isEqualTo(ProblemKind.KEY_REFUSED);
    }

    @Test
    void aBodyThatIsTooLarge() {
        emoncms.fault(Fault.always(request -> true, Outcome.answer(Reply.html(413, "too large"))));

        assertThat(catchThrowableOfType(ProblemException.class, () -> api().beginSync(body(1, 3)).answer()).problem()
                .kind()).isEqualTo(ProblemKind.BODY_TOO_LARGE);
    }

    @ParameterizedTest
    @ValueSource(ints = { 301, 302, 307, 308 })
    void aRedirectElsewhereIsNotFollowedAndGetsNoKey(int status) throws Exception {
        try (SimulatedEmoncms elsewhere = SimulatedEmoncms.start(directory.resolve("elsewhere" + status))) {
            String location = elsewhere.url().toString().replace("127.0.0.1", "localhost") + "/feed/listwithmeta.json";

            assertThat(problemOfList(
                    Outcome.answer(Reply.html(status, "moved").withHeader("Location", location + "?secret=1"))))
                    .isEqualTo(Problem.of(ProblemKind.REDIRECTED, emoncms.url().getAuthority(), location));
            assertThat(elsewhere.requests()).isEmpty();
        }
    }

    @Test
    void aRedirectOnTheSameHostIsFollowed() throws Exception {
        emoncms.fault(Fault.always(request -> !request.path().startsWith("/emoncms/"),
                Outcome.answer(Reply.html(301, "moved").withHeader("Location", "/emoncms/feed/listwithmeta.json"))));

        assertThat(api().feeds()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = { 301, 302, 307, 308 })
    void whatIsPostedFollowsARedirectOnTheSameHostWhole(int status) throws Exception {
        int id = api().beginCreate(POWER, Engine.PHPFINA, 10, "W").answer();
        emoncms.fault(Fault.always(request -> !request.path().startsWith("/emoncms/"),
                Outcome.answer(Reply.html(status, "moved").withHeader("Location", "/emoncms/feed/sync"))));

        assertThat(api().beginSync(body(id, 3)).answer()).containsExactly(new RemoteMeta(id, 1_700_000_000L, 10, 3));
    }

    @ParameterizedTest
    @CsvSource({ "301,1", "302,3", "307,3", "308,1" })
    void aServerThatMovedForGoodIsCalledThereFromThenOn(int status, int requests) throws Exception {
        try (SimulatedEmoncms elsewhere = SimulatedEmoncms.start(directory.resolve("elsewhere"))) {
            Account moved = elsewhere.addAccount("emonuser", "password");
            EmoncmsApi api = new EmoncmsApi(new HttpAccess(client, TIMEOUT), ServerUrl.parse(emoncms.url().toString()),
                    new Credentials.ApiKey(moved.writeKey()));
            emoncms.fault(request -> Outcome.answer(Reply.html(status, "moved").withHeader("Location",
                    elsewhere.url() + request.path() + "?" + request.query())));
            int id = api.beginCreate(POWER, Engine.PHPFINA, 10, "W").answer();
            api.meta(id);
            api.meta(id);

            assertThat(emoncms.requests()).hasSize(requests);
            assertThat(elsewhere.requests()).hasSize(3);
        }
    }

    @Test
    void aServerThatIsNoLongerWhereItMovedIsCalledAtItsAddressAgain() throws Exception {
        EmoncmsApi api;
        try (SimulatedEmoncms elsewhere = SimulatedEmoncms.start(directory.resolve("elsewhere"))) {
            String key = elsewhere.addAccount("emonuser", "password").writeKey();
            api = new EmoncmsApi(new HttpAccess(client, TIMEOUT), ServerUrl.parse(emoncms.url().toString()),
                    new Credentials.ApiKey(key));
            emoncms.fault(request -> Outcome.answer(Reply.html(308, "moved").withHeader("Location",
                    elsewhere.url() + request.path() + "?" + request.query())));
            int id = api.beginCreate(POWER, Engine.PHPFINA, 10, "W").answer();
            assertThat(api.meta(id).npoints()).isZero();
        }
        emoncms.clearFaults();
        emoncms.clearRequests();
        assertThatExceptionOfType(ProblemException.class).isThrownBy(() -> api.feeds());
        assertThat(emoncms.requests()).isEmpty();
        assertThatExceptionOfType(ProblemException.class).isThrownBy(() -> api.feeds())
                .satisfies(e -> assertThat(e.problem().kind()).isEqualTo(ProblemKind.KEY_REFUSED));
        assertThat(emoncms.requests()).hasSize(1);
    }

    @Test
    void aServerThatNeedsLongForAnUploadGetsTheTimeAlsoIfItListsQuickly() throws Exception {
        EmoncmsApi api = new EmoncmsApi(new HttpAccess(client, Duration.ofSeconds(1)),
                ServerUrl.parse(emoncms.url().toString()), new Credentials.ApiKey(account.writeKey()));
        int id = api.beginCreate(POWER, Engine.PHPFINA, 10, "W").answer();
        int other = api.beginCreate(new FeedIdentity("house", "other"), Engine.PHPFINA, 10, "W").answer();
        emoncms.fault(Fault.always(Fault.route("/feed/sync"), Outcome.delay(Duration.ofMillis(1300))));

        assertThatExceptionOfType(ProblemException.class).isThrownBy(() -> api.beginSync(body(id, 3)).answer())
                .satisfies(e -> assertThat(e.problem().kind()).isEqualTo(ProblemKind.TIMEOUT));
        api.feeds();
        assertThat(api.beginSync(body(other, 3)).answer()).hasSize(1);
    }

    @Test
    void aRefusalDoesNotMakeItForgetWhereAServerMoved() throws Exception {
        try (SimulatedEmoncms elsewhere = SimulatedEmoncms.start(directory.resolve("elsewhere"))) {
            String key = elsewhere.addAccount("emonuser", "password").writeKey();
            EmoncmsApi api = new EmoncmsApi(new HttpAccess(client, TIMEOUT), ServerUrl.parse(emoncms.url().toString()),
                    new Credentials.ApiKey(key));
            emoncms.fault(request -> Outcome.answer(Reply.html(308, "moved").withHeader("Location",
                    elsewhere.url() + request.path() + "?" + request.query())));
            int id = api.beginCreate(POWER, Engine.PHPFINA, 10, "W").answer();
            assertThatExceptionOfType(RefusedException.class).isThrownBy(() -> api.beginSync(body(77, 3)).answer());
            api.meta(id);

            assertThat(emoncms.requests()).hasSize(1);
        }
    }

    @Test
    void aRedirectIsNotTheAnswer() throws Exception {
        int id = api().beginCreate(POWER, Engine.PHPFINA, 10, "W").answer();
        AtomicInteger answers = new AtomicInteger();
        List<Integer> answersBefore = new CopyOnWriteArrayList<>();
        emoncms.fault(request -> {
            answersBefore.add(answers.get());
            return request.path().startsWith("/emoncms/") ? Outcome.pass()
                    : Outcome.answer(Reply.html(307, "moved").withHeader("Location", "/emoncms/feed/sync"));
        });
        PendingAnswer<?> answer = api().beginSync(body(id, 3));
        answer.whenAnswered(answers::incrementAndGet);
        answer.answer();

        assertThat(answersBefore).containsExactly(0, 0);
        assertThat(answers).hasValue(1);
    }

    @Test
    void aServerThatFailsWhereItMovedIsCalledAtItsAddressAgain() throws Exception {
        int id = api().beginCreate(POWER, Engine.PHPFINA, 10, "W").answer();
        try (SimulatedEmoncms elsewhere = SimulatedEmoncms.start(directory.resolve("elsewhere"))) {
            elsewhere.fault(Fault.always(request -> true, Outcome.answer(Reply.html(503, "no"))));
            emoncms.fault(Fault.next(1, request -> true, Outcome.answer(
                    Reply.html(308, "moved").withHeader("Location", elsewhere.url() + "/feed/getmeta.json?id=" + id))));
            EmoncmsApi api = api();

            assertThatExceptionOfType(ProblemException.class).isThrownBy(() -> api.meta(id));
            assertThat(api.meta(id).id()).isEqualTo(id);
        }
    }

    @Test
    void redirectsWithoutEnd() {
        assertThat(problemOfList(
                Outcome.answer(Reply.html(302, "again").withHeader("Location", "/feed/listwithmeta.json"))).kind())
                .isEqualTo(ProblemKind.REDIRECTED);
        assertThat(emoncms.requests()).extracting(ReceivedRequest::path).hasSize(4);
    }

    @Test
    void aFailureNeverShowsTheKey() {
        emoncms.fault(Fault.always(request -> true,
                Outcome.answer(Reply.html(200, "<b>Fatal</b> with header Bearer " + account.writeKey()))));

        assertThatExceptionOfType(ProblemException.class).isThrownBy(() -> api().feeds())
                .satisfies(e -> assertThat(e).hasStackTraceContaining("Fatal"))
                .satisfies(e -> assertThat(e.problem().toString()).doesNotContain(account.writeKey()));
    }

    @Test
    void anInterruptEndsAnAnswer() throws Exception {
        try (DrippingServer server = new DrippingServer()) {
            EmoncmsApi api = new EmoncmsApi(new HttpAccess(client, Duration.ofSeconds(20)),
                    ServerUrl.parse(server.url()), new Credentials.ApiKey(account.writeKey()));
            Thread reader = Thread.currentThread();
            Thread interrupter = new Thread(() -> {
                server.awaitAnswering();
                reader.interrupt();
            });
            interrupter.start();

            assertThatExceptionOfType(InterruptedException.class).isThrownBy(() -> api.feeds());
            interrupter.join();
        }
    }

    @Test
    void anInterruptEndsARequest() throws Exception {
        emoncms.fault(Fault.always(request -> true, Outcome.noAnswer()));
        EmoncmsApi api = new EmoncmsApi(new HttpAccess(client, Duration.ofSeconds(20)),
                ServerUrl.parse(emoncms.url().toString()), new Credentials.ApiKey(account.writeKey()));
        Thread.currentThread().interrupt();

        assertThatExceptionOfType(InterruptedException.class).isThrownBy(() -> api.feeds());
    }
}
