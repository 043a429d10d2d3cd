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
package org.openhab.binding.emoncms.internal.handler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.doAnswer;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.ConcurrentModificationException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Stream;

import org.eclipse.jdt.annotation.NonNullByDefault;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.openhab.binding.emoncms.LogCapture;
import org.openhab.binding.emoncms.internal.EmoncmsBindingConstants;
import org.openhab.binding.emoncms.internal.api.Credentials;
import org.openhab.binding.emoncms.internal.api.EmoncmsApi;
import org.openhab.binding.emoncms.internal.config.ServerSettings;
import org.openhab.binding.emoncms.internal.console.EmoncmsCommandExtension;
import org.openhab.binding.emoncms.internal.feed.ProblemKind;
import org.openhab.binding.emoncms.simulated.Fault;
import org.openhab.binding.emoncms.simulated.Outcome;
import org.openhab.binding.emoncms.simulated.ReceivedRequest;
import org.openhab.binding.emoncms.simulated.Reply;
import org.openhab.binding.emoncms.simulated.SimulatedEmoncms;
import org.openhab.core.i18n.LocaleProvider;
import org.openhab.core.i18n.TranslationProvider;
import org.openhab.core.io.console.Console;
import org.openhab.core.library.types.OnOffType;
import org.openhab.core.thing.Thing;
import org.openhab.core.thing.ThingRegistry;
import org.openhab.core.thing.binding.ThingHandler;

/**
 * Whatever goes wrong, and whatever a server repeats of what it was sent: no credential shows anywhere but where it
 * belongs.
 *
 * @author Emoncms add-on contributors - Initial contribution
 */
@NonNullByDefault
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(120)
class SecretsTest {

    private static final int FIRST_NUMBER = 10;
    private static final int HOMES_AT_A_TIME = 8;
    private static final int LONGEST_WAIT_SECONDS = 30;
    private static final String LOCAL_SERVER = "local-server";

    /**
     * A home in which something goes wrong.
     *
     * @param kind that its bridge or its feed has to show
     */
    private record Home(String name, ProblemKind kind, boolean isLogin, Function<Secrets, Map<String, Object>> changes,
            Function<Secrets, Fault> fault) {

        Home with(Function<Secrets, Map<String, Object>> changes) {
            return new Home(name, kind, isLogin, changes, fault);
        }

        @Override
        public String toString() {
            return name;
        }
    }

    /**
     * What was left behind.
     */
    private record Traces(Secrets secrets, Map<String, List<String>> texts, List<ReceivedRequest> requests) {
    }

    private final Map<Home, Future<Traces>> traces = new LinkedHashMap<>();
    private final ExecutorService homes = Executors.newFixedThreadPool(HOMES_AT_A_TIME);
    private final LogCapture log = new LogCapture();
    private final Path directory;

    SecretsTest(@TempDir Path directory) {
        this.directory = directory;
    }

    private static Home key(String name, ProblemKind kind, Function<ReceivedRequest, Outcome> outcome) {
        return new Home(name, kind, false, secrets -> Map.of(), secrets -> request -> outcome.apply(request));
    }

    private static Home login(String name, ProblemKind kind, Function<ReceivedRequest, Outcome> outcome) {
        return new Home(name, kind, true, secrets -> Map.of(), secrets -> request -> outcome.apply(request));
    }

    private static Home configured(String name, ProblemKind kind, Function<Secrets, Map<String, Object>> changes) {
        return key(name, kind, request -> Outcome.pass()).with(changes);
    }

    private static String authorization(ReceivedRequest request) {
        return request.header("Authorization").orElse("nothing");
    }

    private static String keyOf(ReceivedRequest request) {
        return authorization(request).replace("Bearer ", "");
    }

    private static String form(ReceivedRequest request) {
        byte[] body = request.body();
        return body == null ? "" : new String(body, StandardCharsets.ISO_8859_1);
    }

    private static Function<ReceivedRequest, Outcome> answer(Function<ReceivedRequest, Reply> reply) {
        return request -> Outcome.answer(reply.apply(request));
    }

    private static Function<ReceivedRequest, Outcome> redirect(Function<ReceivedRequest, String> location) {
        return answer(request -> Reply.html(302, "moved").withHeader("Location", location.apply(request)));
    }

    private static Function<ReceivedRequest, Outcome> on(String route, Function<ReceivedRequest, Outcome> outcome) {
        return request -> request.isFor(route) ? outcome.apply(request) : Outcome.pass();
    }

    private static Reply refusal(String message) {
        return Reply.json("{\"success\":false,\"message\":\"" + message.replace("\"", "\\\"") + "\"}");
    }

    static Stream<Home> homes() {
        return Stream.of(
                key("a refused key", ProblemKind.KEY_REFUSED,
                        answer(request -> Reply.html(401, "Invalid " + authorization(request))
                                .withHeader("WWW-Authenticate", authorization(request)))),
                key("a key that only reads", ProblemKind.KEY_READ_ONLY, request -> Outcome.pass())
                        .with(secrets -> Map.of("apikey", secrets.readKey())),
                key("a server that does not see the key", ProblemKind.KEY_NOT_SEEN,
                        answer(request -> Reply.json("false"))),
                key("a page that repeats the request", ProblemKind.NOT_EMONCMS,
                        answer(request -> Reply.html(200, "<p>You sent <b>" + authorization(request) + "</b></p>"))),
                key("a list that is a page with the request", ProblemKind.UNREADABLE_ANSWER,
                        on("/feed/listwithmeta", answer(
                                request -> Reply.html(200, "<p>You sent <b>" + authorization(request) + "</b></p>")))),
                key("a refusal that repeats the key", ProblemKind.REFUSED,
                        on("/feed/listwithmeta", answer(request -> refusal("No " + authorization(request))))),
                key("an upload whose refusal repeats the key", ProblemKind.REFUSED,
                        on("/feed/sync", answer(request -> refusal("No " + authorization(request))))),
                key("a feed that is not created", ProblemKind.REFUSED,
                        on("/feed/create", answer(request -> refusal("No " + authorization(request))))),
                key("a redirect to another host with the key in its query", ProblemKind.REDIRECTED,
                        redirect(request -> "http://elsewhere.invalid/?apikey=" + keyOf(request))),
                key("a server that fails", ProblemKind.SERVER_ERROR,
                        answer(request -> Reply.html(500, "Trace: " + authorization(request)))),
                key("a lost connection", ProblemKind.CONNECTION_LOST, request -> Outcome.disconnect()),
                key("a body that is too large", ProblemKind.BODY_TOO_LARGE,
                        on("/feed/sync", answer(request -> Reply.html(413, authorization(request))))),
                key("a server that is not there", ProblemKind.NO_CONNECTION, request -> Outcome.pass())
                        .with(secrets -> Map.of("url", "http://127.0.0.1:1")),
                login("a refused login", ProblemKind.LOGIN_REFUSED,
                        answer(request -> refusal("Incorrect authentication"))),
                login("a lock-out", ProblemKind.LOCKED_OUT,
                        answer(request -> refusal("Too many attempts, please try again later"))),
                login("a page that repeats the form", ProblemKind.NOT_EMONCMS,
                        answer(request -> Reply.html(200, "You sent " + form(request)))),
                login("a login without a key", ProblemKind.LOGIN_REFUSED,
                        answer(request -> Reply.json("{\"success\":true,\"form\":\"" + form(request) + "\"}"))),
                login("a fetched key that is repeated", ProblemKind.UNREADABLE_ANSWER,
                        on("/feed/listwithmeta", answer(request -> Reply.html(200, authorization(request))))),
                new Home("a refusal that repeats the password", ProblemKind.LOGIN_REFUSED, true, secrets -> Map.of(),
                        secrets -> request -> Outcome.answer(refusal("No user has " + secrets.password()))),
                configured("an address with a user", ProblemKind.URL_INVALID,
                        secrets -> Map.of("url",
                                "http://u:" + URLEncoder.encode(secrets.password(), StandardCharsets.UTF_8) + "@h")),
                configured("an address with a key", ProblemKind.URL_INVALID,
                        secrets -> Map.of("url", "http://h/?apikey=" + secrets.writeKey())),
                configured("an address that is none", ProblemKind.URL_INVALID,
                        secrets -> Map.of("url", "http://h /" + secrets.writeKey())),
                configured("a key that is too long", ProblemKind.KEY_INVALID,
                        secrets -> Map.of("apikey", secrets.writeKey() + "0")),
                configured("a password without a user", ProblemKind.CREDENTIALS_MISSING,
                        secrets -> Map.of("apikey", "", "password", secrets.password())),
                configured("an interval out of range", ProblemKind.PARAMETER_OUT_OF_RANGE,
                        secrets -> Map.of("uploadInterval", 1)),
                configured("a local address with a key", ProblemKind.LOCAL_URL_INVALID,
                        secrets -> Map.of("localUrl", "http://h/?apikey=" + secrets.localKey(), "localApikey",
                                secrets.localKey())),
                configured("a local key that is too long", ProblemKind.LOCAL_KEY_INVALID,
                        secrets -> Map.of("localUrl", "http://h", "localApikey", secrets.localKey() + "0")),
                key("a local server that refuses the key", ProblemKind.KEY_REFUSED,
                        request -> request.path().startsWith("/emoncms/")
                                ? Outcome.answer(Reply.html(401, authorization(request)))
                                : Outcome.pass())
                        .with(secrets -> Map.of("localUrl", LOCAL_SERVER, "localApikey", secrets.localKey())),
                key("a local server that repeats the key", ProblemKind.NOT_EMONCMS,
                        request -> request.path().startsWith("/emoncms/")
                                ? Outcome.answer(Reply.html(200, authorization(request)))
                                : Outcome.pass())
                        .with(secrets -> Map.of("localUrl", LOCAL_SERVER, "localApikey", secrets.localKey())));
    }

    /** Of servers that repeat a credential in another form, or where nobody takes it out. */
    static Stream<Home> homesWithAnEcho() {
        return Stream.of(
                key("a list with the key in place of a number", ProblemKind.UNREADABLE_ANSWER, on("/feed/listwithmeta",
                        answer(request -> Reply.json("[{\"id\":\"" + keyOf(request) + "\"}]")))),
                key("a list with the key as a member", ProblemKind.UNREADABLE_ANSWER,
                        on("/feed/listwithmeta",
                                answer(request -> Reply.json("[{\"id\":1,\"" + keyOf(request) + "\":tru}]")))),
                key("a key in capitals", ProblemKind.UNREADABLE_ANSWER, on("/feed/listwithmeta",
                        answer(request -> Reply.html(200, keyOf(request).toUpperCase(Locale.ROOT))))),
                key("a key in Base64", ProblemKind.UNREADABLE_ANSWER, on("/feed/listwithmeta",
                        answer(request -> Reply.html(200, Secrets.base64(authorization(request)))))),
                key("a key that is cut where the excerpt ends", ProblemKind.UNREADABLE_ANSWER,
                        on("/feed/listwithmeta", answer(request -> Reply.html(200, " ".repeat(575) + keyOf(request))))),
                key("a redirect to another host with the key as its user", ProblemKind.REDIRECTED,
                        redirect(request -> "http://" + keyOf(request) + "@elsewhere.invalid/")),
                key("a redirect to another host with the key in its path", ProblemKind.REDIRECTED,
                        redirect(request -> "http://elsewhere.invalid/" + keyOf(request))),
                key("a redirect to no address", ProblemKind.REDIRECTED,
                        redirect(request -> "http://h /?apikey=" + keyOf(request))),
                login("a refusal that repeats the form", ProblemKind.LOGIN_REFUSED,
                        answer(request -> refusal("You sent " + form(request)))),
                new Home("a redirect of the login with the form", ProblemKind.REDIRECTED, true, secrets -> Map.of(),
                        secrets -> request -> redirect(r -> "http://elsewhere.invalid/" + form(r)).apply(request)));
    }

    @BeforeAll
    void letAllGoWrong() {
        int number = FIRST_NUMBER;
        for (Home home : Stream.concat(homes(), homesWithAnEcho()).toList()) {
            Secrets secrets = new Secrets(number++);
            traces.put(home, homes.submit(() -> live(home, secrets)));
        }
    }

    @AfterAll
    void stop() {
        homes.shutdownNow();
        log.close();
    }

    private Traces live(Home home, Secrets secrets) throws Exception {
        Path own = Files.createDirectories(directory.resolve("home" + secrets.number()));
        ThingsFixture things = new ThingsFixture(own);
        try {
            SimulatedEmoncms emoncms = things.emoncms;
            emoncms.addAccount(secrets.username(), secrets.password(), secrets.readKey(), secrets.writeKey());
            emoncms.keepBodies(true);
            emoncms.fault(home.fault().apply(secrets));
            things.addLocalFeed("power", 10);
            EmoncmsServerHandler bridge = things.addBridge(configuration(home, secrets, things));
            EmoncmsFeedHandler feed = things.addFeedThing("power", "house", "power");
            List<String> statuses = new ArrayList<>();
            String problem = "problem." + home.kind().id();
            await(home.name()).atMost(LONGEST_WAIT_SECONDS, TimeUnit.SECONDS).pollInterval(Duration.ofMillis(50))
                    .until(() -> {
                        statuses.add(String.valueOf(bridge.getThing().getStatusInfo()));
                        statuses.add(String.valueOf(feed.getThing().getStatusInfo()));
                        return statuses.stream().anyMatch(status -> status.contains(problem));
                    });
            return new Traces(secrets, texts(things, bridge, feed, statuses), emoncms.requests());
        } finally {
            things.close();
        }
    }

    private static Map<String, Object> configuration(Home home, Secrets secrets, ThingsFixture things) {
        Map<String, Object> configuration = things.configuration();
        if (home.isLogin()) {
            configuration.remove("apikey");
            configuration.put("username", secrets.username());
            configuration.put("password", secrets.password());
        } else {
            configuration.put("apikey", secrets.writeKey());
        }
        configuration.putAll(home.changes().apply(secrets));
        configuration.computeIfPresent("localUrl",
                (name, url) -> LOCAL_SERVER.equals(url) ? things.emoncms.url() + "/emoncms" : url);
        return configuration;
    }

    private static Map<String, List<String>> texts(ThingsFixture things, EmoncmsServerHandler bridge,
            EmoncmsFeedHandler feed, List<String> statuses) throws Exception {
        Map<String, List<String>> texts = new LinkedHashMap<>();
        things.command(bridge, EmoncmsBindingConstants.CHANNEL_UPLOAD_NOW, OnOffType.ON);
        things.command(feed, EmoncmsBindingConstants.CHANNEL_DOWNLOAD, OnOffType.ON);
        texts.put("exceptions", exceptionOfLook(bridge));
        texts.put("console", console(things));
        things.bridgeStatuses.forEach(status -> statuses.add(status.toString()));
        texts.put("statuses", statuses);
        texts.put("states", things.states.values().stream().map(String::valueOf).toList());
        texts.put("events", List.copyOf(things.events));
        texts.put("properties", things.handlers.stream().map(ThingHandler::getThing)
                .map(thing -> thing.getProperties() + " " + thing.getLabel()).toList());
        List<Object> objects = objects(things);
        texts.put("objects", objects.stream().map(String::valueOf).toList());
        texts.put("classes", objects.stream().map(object -> object.getClass().getName()).toList());
        return texts;
    }

    /** Walks anew if the worker changes something meanwhile. */
    private static List<Object> objects(ThingsFixture things) throws IllegalAccessException {
        while (true) {
            try {
                return OwnObjects.reachableFrom(things.handlers);
            } catch (ConcurrentModificationException e) {
                Thread.onSpinWait();
            }
        }
    }

    private static List<String> exceptionOfLook(EmoncmsServerHandler bridge) throws InterruptedException {
        List<String> texts = new ArrayList<>();
        try {
            bridge.look().get(LONGEST_WAIT_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            throw e;
        } catch (Exception e) {
            for (Throwable cause = e; cause != null; cause = cause.getCause()) {
                texts.add(cause.toString());
                Stream.of(cause.getSuppressed()).map(Throwable::toString).forEach(texts::add);
            }
        }
        return texts;
    }

    private static List<String> console(ThingsFixture things) {
        List<Thing> all = things.handlers.stream().map(ThingHandler::getThing).toList();
        ThingRegistry registry = mock(ThingRegistry.class);
        doAnswer(call -> all).when(registry).getAll();
        TranslationProvider translations = mock(TranslationProvider.class);
        when(translations.getText(any(), any(), any(), any(), any(Object[].class)))
                .thenAnswer(call -> call.getArgument(2));
        LocaleProvider locales = mock(LocaleProvider.class);
        when(locales.getLocale()).thenReturn(Locale.ENGLISH);
        List<String> lines = new ArrayList<>();
        Console console = mock(Console.class);
        doAnswer(call -> lines.add(call.getArgument(0))).when(console).println(any());
        EmoncmsCommandExtension command = new EmoncmsCommandExtension(registry, translations, locales);
        for (String[] arguments : new String[][] { { "servers" }, { "feeds" }, { "upload" }, { "download", "all" } }) {
            command.execute(arguments, console);
        }
        return lines;
    }

    private Traces traces(Home home) throws Exception {
        return traces.entrySet().stream().filter(entry -> entry.getKey().name().equals(home.name())).findFirst()
                .orElseThrow().getValue().get();
    }

    private static void assertHidden(Secrets secrets, String where, List<String> texts) {
        for (String form : secrets.forms()) {
            assertThat(texts).as(where).noneMatch(text -> text.contains(form));
        }
    }

    @ParameterizedTest
    @MethodSource("homes")
    void noCredentialIsShown(Home home) throws Exception {
        Traces traces = traces(home);

        traces.texts().forEach((where, texts) -> assertHidden(traces.secrets(), where, texts));
        assertThat(traces.texts().get("console")).isNotEmpty();
        assertThat(traces.texts().get("objects")).isNotEmpty();
    }

    @ParameterizedTest
    @MethodSource("homes")
    void noCredentialIsLogged(Home home) throws Exception {
        Secrets secrets = traces(home).secrets();

        assertHidden(secrets, "log", log.texts());
    }

    @ParameterizedTest
    @MethodSource("homesWithAnEcho")
    void noCredentialIsShownThatComesBack(Home home) throws Exception {
        noCredentialIsShown(home);
    }

    @ParameterizedTest
    @MethodSource("homesWithAnEcho")
    void noCredentialIsLoggedThatComesBack(Home home) throws Exception {
        noCredentialIsLogged(home);
    }

    @ParameterizedTest
    @MethodSource({ "homes", "homesWithAnEcho" })
    void aCredentialIsSentOnlyWhereItBelongs(Home home) throws Exception {
        Traces traces = traces(home);

        for (ReceivedRequest request : traces.requests()) {
            List<String> elsewhere = new ArrayList<>(List.of(request.path(), request.query()));
            request.headers().forEach((name, values) -> {
                if (!"Authorization".equalsIgnoreCase(name)) {
                    elsewhere.addAll(values);
                }
            });
            if (!request.isFor("/user/auth")) {
                elsewhere.add(form(request));
            }
            assertHidden(traces.secrets(), request.toString(), elsewhere);
        }
    }

    @Test
    void theObjectsThatAreLookedAtHoldTheCredentials() throws Exception {
        assertThat(homes().filter(Home::isLogin)).allSatisfy(home -> assertThat(traces(home).texts().get("classes"))
                .contains(Credentials.Login.class.getName(), ServerSettings.class.getName()));
        assertThat(homes().filter(home -> home.kind() == ProblemKind.UNREADABLE_ANSWER))
                .allSatisfy(home -> assertThat(traces(home).texts().get("classes"))
                        .contains(Credentials.ApiKey.class.getName(), EmoncmsApi.class.getName()));
    }

    @Test
    void everyHomeHasLeftTraces() throws Exception {
        for (Future<Traces> future : traces.values()) {
            assertThat(future.get().texts().get("statuses")).isNotEmpty();
        }
        assertThat(log.texts()).isNotEmpty();
    }
}
