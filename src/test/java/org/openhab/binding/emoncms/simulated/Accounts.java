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

import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

import org.eclipse.jdt.annotation.NonNullByDefault;
import org.eclipse.jdt.annotation.Nullable;

/**
 * The users and their keys; names and keys are found in any case.
 *
 * @author Emoncms add-on contributors - Initial contribution
 */
@NonNullByDefault
final class Accounts {
    private static final Pattern KEY = Pattern.compile("[0-9a-f]{32}");

    private final SecureRandom random = new SecureRandom();
    private final Map<String, Account> byName = new ConcurrentHashMap<>();
    private final Map<String, Session> byKey = new ConcurrentHashMap<>();
    private int lastUserId;

    Account add(String username, String password) {
        return add(username, password, randomKey(), randomKey());
    }

    /**
     * The password is kept as the registration form would have sent it: Emoncms decodes it once too often, there and at
     * login.
     */
    synchronized Account add(String username, String password, String readKey, String writeKey) {
        if (!KEY.matcher(lowerCase(readKey)).matches() || !KEY.matcher(lowerCase(writeKey)).matches()) {
            throw new IllegalArgumentException("A key has 32 hexadecimal digits");
        }
        if (byName.containsKey(lowerCase(username))) {
            throw new IllegalArgumentException("There already is a user " + username);
        }
        Account account = new Account(++lastUserId, username, password, readKey, writeKey);
        byName.put(lowerCase(username), account);
        byKey.put(lowerCase(readKey), new Session(account, false));
        byKey.put(lowerCase(writeKey), new Session(account, true));
        return account;
    }

    Optional<Account> named(String username) {
        return Optional.ofNullable(byName.get(lowerCase(username)));
    }

    /**
     * @param sentPassword as decoded by Emoncms
     */
    static boolean isPassword(Account account, String sentPassword) {
        return PhpText.decodedAgain(account.password()).equals(sentPassword);
    }

    /**
     * Who asks: the query's key wins, then a form's, then the Authorization header's.
     *
     * @return empty if there is a key and it is wrong
     */
    Optional<Session> session(PhpRequest request) {
        String key = sentKey(request);
        if (key == null || key.isEmpty() || "0".equals(key)) {
            return Optional.of(Session.NOBODY);
        }
        return Optional.ofNullable(byKey.get(lowerCase(key)));
    }

    private static @Nullable String sentKey(PhpRequest request) {
        String key = request.rawQuery("apikey");
        if (key == null) {
            key = request.rawForm("apikey");
        }
        if (key == null) {
            String header = request.header("Authorization");
            key = header == null ? null : header.replace("Bearer ", "");
        }
        return key;
    }

    private String randomKey() {
        byte[] bytes = new byte[16];
        random.nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    private static String lowerCase(String text) {
        return text.toLowerCase(Locale.ROOT);
    }
}
