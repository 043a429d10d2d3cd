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
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;

import org.eclipse.jdt.annotation.NonNullByDefault;

/**
 * Emoncms without its web server: answers requests.
 *
 * @author Emoncms add-on contributors - Initial contribution
 */
@NonNullByDefault
final class EmoncmsApplication {
    private static final String VERSION = "11.16.8";
    private static final Map<String, String> WRONG_KEY = Map.of("WWW-Authenticate",
            "Bearer realm=\"API KEY\", error=\"invalid_apikey\", error_description=\"Invalid API key\"");
    private static final Map<String, String> PREFLIGHT = Map.of("Access-Control-Allow-Origin", "*",
            "Access-Control-Allow-Headers", "Authorization", "Access-Control-Allow-Methods", "GET");
    private static final DateTimeFormatter LOCAL_TIME = DateTimeFormatter.ofPattern("'t'HH,mm,ss");

    private final Accounts accounts = new Accounts();
    private final SecureRandom random = new SecureRandom();
    private final Clock clock;
    private final FeedStore feeds;
    private final FeedController feedController;
    private final UserController userController;

    EmoncmsApplication(Path dataDirectory, Clock clock) {
        this.clock = clock;
        feeds = new FeedStore(new Engines(dataDirectory, clock), clock);
        feedController = new FeedController(feeds);
        userController = new UserController(accounts, clock);
    }

    Accounts accounts() {
        return accounts;
    }

    FeedStore feeds() {
        return feeds;
    }

    UserController users() {
        return userController;
    }

    Answer answer(PhpRequest request) throws IOException {
        Optional<Session> session = accounts.session(request);
        if (session.isEmpty()) {
            return Answer.html(401, "Invalid API key").withHeaders(WRONG_KEY);
        }
        if ("OPTIONS".equals(request.method())) {
            return Answer.html(200, "").withHeaders(PREFLIGHT);
        }
        PhpScript script = new PhpScript();
        Answer answer;
        try {
            answer = routed(Route.of(request), session.get(), request, script);
        } catch (PhpFatalException e) {
            answer = Answer.html(200, script.messages() + e.page());
        }
        return session.get().canRead() ? answer : answer.withHeaders(cookie());
    }

    private Answer routed(Route route, Session session, PhpRequest request, PhpScript script) throws IOException {
        switch (route.controller()) {
            case "":
                return Answer.page(200, "user login");
            case "describe":
                return Answer.plain("text/plain;charset=UTF-8", "emoncms");
            case "version":
                return Answer.plain("text/plain; charset=utf-8", VERSION);
            case "time":
                return Answer.plain("text/plain;charset=UTF-8",
                        LOCAL_TIME.format(clock.instant().atZone(ZoneId.of("Europe/London"))));
            case "feed":
                return feedController.answer(route, session, request, script);
            case "user":
                return userController.answer(route, session, request, script);
            default:
                return Answer.unknown(route);
        }
    }

    /** Without a key PHP starts a session */
    private Map<String, String> cookie() {
        byte[] id = new byte[13];
        random.nextBytes(id);
        return Map.of("Set-Cookie",
                "EMONCMS_SESSID=" + HexFormat.of().formatHex(id) + "; path=/; HttpOnly; SameSite=Strict", "Expires",
                "Thu, 19 Nov 1981 08:52:00 GMT", "Cache-Control", "no-store, no-cache, must-revalidate", "Pragma",
                "no-cache");
    }
}
