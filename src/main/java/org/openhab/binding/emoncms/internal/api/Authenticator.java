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

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

import org.eclipse.jdt.annotation.NonNullByDefault;
import org.eclipse.jdt.annotation.Nullable;
import org.openhab.binding.emoncms.internal.feed.Engine;
import org.openhab.binding.emoncms.internal.feed.Problem;
import org.openhab.binding.emoncms.internal.feed.ProblemException;
import org.openhab.binding.emoncms.internal.feed.ProblemKind;

/**
 * Makes a proven write key of what the user configured. Emoncms counts every login, also a good one, and locks an
 * address out after ten in 15 minutes: the key is to be kept.
 *
 * @author Emoncms add-on contributors - Initial contribution
 */
@NonNullByDefault
public final class Authenticator {

    private final HttpTransport transport;
    private final String host;

    public Authenticator(HttpAccess access, ServerUrl url) {
        transport = new HttpTransport(access, url);
        host = url.authority();
    }

    /**
     * @throws ProblemException with a kind of its own for each thing that can be wrong
     */
    public Credentials.ApiKey authenticate(Credentials credentials) throws ProblemException, InterruptedException {
        if (credentials instanceof Credentials.Login login) {
            return login(login);
        }
        Credentials.ApiKey key = (Credentials.ApiKey) credentials;
        requireWriteKey(key);
        return key;
    }

    private Credentials.ApiKey login(Credentials.Login login) throws ProblemException, InterruptedException {
        Map<String, String> form = new LinkedHashMap<>();
        form.put("username", login.username());
        form.put("password", login.password());
        JsonAnswer answer = ask(HttpCall.postForm("/user/auth.json", form), login);
        if (answer == null || !answer.isObject()) {
            throw problem(ProblemKind.NOT_EMONCMS);
        }
        if (answer.isSuccess()) {
            String key = answer.text("apikey_write");
            if (key.isEmpty()) {
                throw problem(ProblemKind.LOGIN_REFUSED, "apikey_write");
            }
            return new Credentials.ApiKey(key);
        }
        String message = login.redact(answer.text("message"));
        throw problem(message.contains("Too many attempts") ? ProblemKind.LOCKED_OUT : ProblemKind.LOGIN_REFUSED,
                message);
    }

    private void requireWriteKey(Credentials.ApiKey key) throws ProblemException, InterruptedException {
        JsonAnswer session = ask(HttpCall.get("/user/session.json"), key);
        String type = session == null ? "" : session.text("type");
        if ("write".equals(type)) {
            return;
        }
        if ("read".equals(type)) {
            throw problem(ProblemKind.KEY_READ_ONLY);
        }
        requireWriteKeyOfOlderServer(key, session != null);
    }

    /**
     * Servers before 11.16.5 do not know {@code session.json}. Those before 11.16 tell the account to a write key, the
     * ones between refuse that to every key.
     */
    private void requireWriteKeyOfOlderServer(Credentials.ApiKey key, boolean answersJson)
            throws ProblemException, InterruptedException {
        JsonAnswer account = ask(HttpCall.get("/user/get.json"), key);
        if (account == null && !answersJson) {
            throw problem(ProblemKind.NOT_EMONCMS);
        }
        if (account != null && account.object().has("apikey_write")) {
            return;
        }
        JsonAnswer feeds = ask(HttpCall.get("/feed/list.json"), key);
        if (feeds == null || !feeds.json().isJsonArray()) {
            throw problem(ProblemKind.KEY_NOT_SEEN);
        }
        if (!mayCreate(key)) {
            throw problem(ProblemKind.KEY_READ_ONLY);
        }
    }

    /** Tries to create a feed of a name that no server takes: only a write key is told what is wrong with it. */
    private boolean mayCreate(Credentials.ApiKey key) throws ProblemException, InterruptedException {
        JsonAnswer answer = ask(HttpCall.get("/feed/create.json", Map.of("tag", "/", "name", "/", "engine",
                String.valueOf(Engine.PHPFINA.id()), "options", "{\"interval\":10}")), key);
        return answer != null && answer.text("message").contains("invalid characters");
    }

    /**
     * @return null if the server has no such page or shows something that is not JSON
     */
    private @Nullable JsonAnswer ask(HttpCall call, Credentials credentials)
            throws ProblemException, InterruptedException {
        try {
            return transport.exchange(call, credentials, EmoncmsApi.MAX_SHORT_ANSWER, JsonAnswer::read);
        } catch (ProblemException e) {
            if (Set.of(ProblemKind.NOT_EMONCMS, ProblemKind.UNREADABLE_ANSWER).contains(e.problem().kind())) {
                return null;
            }
            throw e;
        }
    }

    private ProblemException problem(ProblemKind kind, Object... more) {
        Object[] arguments = new Object[more.length + 1];
        arguments[0] = host;
        System.arraycopy(more, 0, arguments, 1, more.length);
        return new ProblemException(Problem.of(kind, arguments));
    }
}
