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

import org.eclipse.jdt.annotation.NonNullByDefault;
import org.eclipse.jdt.annotation.Nullable;
import org.openhab.binding.emoncms.internal.api.Authenticator;
import org.openhab.binding.emoncms.internal.api.Credentials;
import org.openhab.binding.emoncms.internal.api.ServerUrl;
import org.openhab.binding.emoncms.internal.feed.ProblemException;
import org.openhab.binding.emoncms.internal.feed.ProblemKind;

/**
 * Keeps the key that a login has fetched while a bridge is configured again and again, since the server counts logins.
 *
 * @author Emoncms add-on contributors - Initial contribution
 */
@NonNullByDefault
final class AccountKey {

    private record Fetched(ServerUrl url, Credentials.Login login, Credentials.ApiKey key) {

        @Override
        public String toString() {
            return "key of " + url;
        }
    }

    private volatile @Nullable Fetched fetched;

    Credentials.ApiKey of(ServerUrl url, Credentials credentials, Authenticator authenticator)
            throws ProblemException, InterruptedException {
        if (!(credentials instanceof Credentials.Login login)) {
            return authenticator.authenticate(credentials);
        }
        Fetched known = fetched;
        if (known != null && known.url().equals(url) && known.login().equals(login)) {
            try {
                return authenticator.authenticate(known.key());
            } catch (ProblemException e) {
                if (e.problem().kind().remedy() != ProblemKind.Remedy.ACT) {
                    throw e;
                }
            }
        }
        Credentials.ApiKey key = authenticator.authenticate(login);
        fetched = new Fetched(url, login, key);
        return key;
    }
}
