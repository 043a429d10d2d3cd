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

import java.time.Clock;
import java.time.Duration;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

import org.eclipse.jdt.annotation.NonNullByDefault;
import org.eclipse.jdt.annotation.Nullable;

/**
 * The routes below {@code /user}.
 *
 * @author Emoncms add-on contributors - Initial contribution
 */
@NonNullByDefault
final class UserController {
    private static final ZoneId ZONE = ZoneId.of("Europe/London");
    private static final String TOO_MANY = "Too many attempts, please try again later";
    private static final int SHORTEST_NAME = 3;
    private static final int LONGEST_NAME = 30;
    private static final int SHORTEST_PASSWORD = 4;

    private final Accounts accounts;
    private final Clock clock;
    private final RateLimit logins;
    private final RateLimit registrations;
    private final Map<Integer, UUID> uuids = new ConcurrentHashMap<>();
    private volatile boolean older;

    UserController(Accounts accounts, Clock clock) {
        this.accounts = accounts;
        this.clock = clock;
        logins = new RateLimit(clock, 10, Duration.ofMinutes(15));
        registrations = new RateLimit(clock, 5, Duration.ofMinutes(10));
    }

    void limit(boolean enabled) {
        logins.enable(enabled);
        registrations.enable(enabled);
    }

    /** Up to version 11.15, user/session was unknown and user/get answered a key */
    void behaveOlder(boolean older) {
        this.older = older;
    }

    Answer answer(Route route, Session session, PhpRequest request, PhpScript script) {
        if (route.isHtml()) {
            return Answer.page(200, "user " + route.action());
        }
        return route.isJson() ? Answer.json(script, json(route.action(), session, request)) : Answer.unknown(route);
    }

    private @Nullable Object json(String action, Session session, PhpRequest request) {
        Account account = session.account();
        if ("register".equals(action)) {
            return registered(request);
        }
        if (account == null) {
            return "auth".equals(action) ? authenticated(request) : Boolean.FALSE;
        }
        switch (action) {
            case "getuuid":
                return FileEngine
                        .success(uuids.computeIfAbsent(account.userId(), user -> UUID.randomUUID()).toString());
            case "gettimezone":
                return ZONE.getId();
            case "timezone":
                return ZONE.getRules().getOffset(clock.instant()).getTotalSeconds();
            default:
        }
        if (older) {
            return "get".equals(action) && session.canWrite() ? user(account) : Boolean.FALSE;
        }
        if ("session".equals(action)) {
            Map<String, Object> answer = new LinkedHashMap<>();
            answer.put("userid", account.userId());
            answer.put("type", session.canWrite() ? "write" : "read");
            return answer;
        }
        return Answer.failure("This action requires an interactive login and cannot be performed with an API key");
    }

    private Object authenticated(PhpRequest request) {
        if (logins.refuses(request.remoteAddress())) {
            return Answer.failure(TOO_MANY);
        }
        String username = request.form("username");
        String password = request.form("password");
        if (username.isEmpty() || password.isEmpty()) {
            return Answer.failure("Username or password empty");
        }
        Optional<String> fault = faultOf(username);
        if (fault.isPresent()) {
            return Answer.failure(fault.get());
        }
        Optional<Account> account = accounts.named(username).filter(known -> Accounts.isPassword(known, password));
        if (account.isEmpty()) {
            return Answer.failure("Incorrect authentication");
        }
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("success", true);
        answer.put("userid", account.get().userId());
        answer.put("apikey_write", account.get().writeKey());
        answer.put("apikey_read", account.get().readKey());
        return answer;
    }

    private Object registered(PhpRequest request) {
        if (registrations.refuses(request.remoteAddress())) {
            return Answer.failure(TOO_MANY);
        }
        String username = request.form("username");
        String password = request.form("password");
        if (username.isEmpty() || password.isEmpty() || request.form("email").isEmpty()) {
            return Answer.failure("Missing username, password or email parameter");
        }
        Optional<String> fault = faultOf(username);
        if (fault.isPresent()) {
            return Answer.failure(fault.get());
        }
        if (accounts.named(username).isPresent()) {
            return Answer.failure("Username already exists");
        }
        if (password.length() < SHORTEST_PASSWORD) {
            return Answer.failure("Password must be at least 4 characters");
        }
        Account account = accounts.add(username, String.valueOf(request.rawForm("password")));
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("success", true);
        answer.put("verifyemail", false);
        answer.put("userid", account.userId());
        answer.put("apikey_read", account.readKey());
        answer.put("apikey_write", account.writeKey());
        return answer;
    }

    private static Optional<String> faultOf(String username) {
        if (!username.matches("[A-Za-z0-9]+")) {
            return Optional.of("Username must only contain a-z and 0-9 characters");
        }
        if (username.length() < SHORTEST_NAME) {
            return Optional.of("Username must be at least 3 characters");
        }
        return username.length() > LONGEST_NAME ? Optional.of("Username must be less than 30 characters")
                : Optional.empty();
    }

    private static Map<String, Object> user(Account account) {
        Map<String, Object> user = new LinkedHashMap<>();
        user.put("id", Integer.toString(account.userId()));
        user.put("username", account.username());
        user.put("email", account.username() + "@example.org");
        user.put("gravatar", "");
        user.put("name", "");
        user.put("location", "");
        user.put("timezone", ZONE.getId());
        user.put("language", "en_GB");
        user.put("bio", "");
        user.put("startingpage", "");
        user.put("apikey_write", account.writeKey());
        user.put("apikey_read", account.readKey());
        user.put("tags", "");
        return user;
    }
}
