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

import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;

import org.eclipse.jdt.annotation.NonNullByDefault;
import org.eclipse.jetty.client.HttpClient;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
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
 * How credentials are proven, on servers of three generations.
 *
 * @author Emoncms add-on contributors - Initial contribution
 */
@NonNullByDefault
class AuthenticatorTest {

    private static final String PASSWORD = "p%41ä+ &=\"";
    private static final Reply NEEDS_LOGIN = Reply.json("{\"success\":false,\"message\":\"This action requires an "
            + "interactive login and cannot be performed with an API key\"}");

    private final HttpClient client = new HttpClient();
    private final SimulatedEmoncms emoncms;
    private final Account account;

    AuthenticatorTest(@TempDir Path directory) {
        emoncms = SimulatedEmoncms.start(directory);
        account = emoncms.addAccount("emonuser", PASSWORD);
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

    private Credentials.ApiKey authenticate(Credentials credentials) throws ProblemException, InterruptedException {
        return new Authenticator(new HttpAccess(client, Duration.ofSeconds(10)),
                ServerUrl.parse(emoncms.url() + "/emoncms")).authenticate(credentials);
    }

    private Problem problemOf(Credentials credentials) {
        return catchThrowableOfType(ProblemException.class, () -> authenticate(credentials)).problem();
    }

    private Credentials.ApiKey writeKey() {
        return new Credentials.ApiKey(account.writeKey());
    }

    private Credentials.ApiKey readKey() {
        return new Credentials.ApiKey(account.readKey());
    }

    private void behaveAs11Dot16() {
        emoncms.fault(Fault.always(request -> request.isFor("/user/session") || request.isFor("/user/get"),
                Outcome.answer(NEEDS_LOGIN)));
    }

    @Test
    void aWriteKeyIsTaken() throws Exception {
        assertThat(authenticate(writeKey())).isEqualTo(writeKey());
    }

    @Test
    void aWriteKeyInUpperCaseIsTaken() throws Exception {
        Credentials.ApiKey key = new Credentials.ApiKey(account.writeKey().toUpperCase(Locale.ROOT));

        assertThat(authenticate(key)).isEqualTo(key);
    }

    @Test
    void aReadKeyIsNotEnough() {
        assertThat(problemOf(readKey())).isEqualTo(Problem.of(ProblemKind.KEY_READ_ONLY, emoncms.url().getAuthority()));
    }

    @Test
    void aWrongKeyIsRefused() {
        assertThat(problemOf(new Credentials.ApiKey("0123456789abcdef0123456789abcdef")).kind())
                .isEqualTo(ProblemKind.KEY_REFUSED);
    }

    @Test
    void anOlderServerTellsAWriteKeyItsAccount() throws Exception {
        emoncms.behaveOlder(true);

        assertThat(authenticate(writeKey())).isEqualTo(writeKey());
        assertThat(emoncms.requests()).extracting(ReceivedRequest::path).containsExactly("/emoncms/user/session.json",
                "/emoncms/user/get.json");
    }

    @Test
    void anOlderServerTellsAReadKeyOnlyItsFeeds() {
        emoncms.behaveOlder(true);

        assertThat(problemOf(readKey()).kind()).isEqualTo(ProblemKind.KEY_READ_ONLY);
    }

    @Test
    void aServerThatRefusesBothCallsTellsTheKeysApartWithoutCreatingAnything() throws Exception {
        behaveAs11Dot16();

        assertThat(authenticate(writeKey())).isEqualTo(writeKey());
        assertThat(problemOf(readKey()).kind()).isEqualTo(ProblemKind.KEY_READ_ONLY);
        assertThat(emoncms.feeds(account)).isEmpty();
    }

    @Test
    void aServerThatNeverSeesTheKeyIsSaidToBeBehindAProxy() {
        emoncms.fault(Fault.always(request -> true, Outcome.answer(Reply.json("false"))));

        assertThat(problemOf(writeKey()).kind()).isEqualTo(ProblemKind.KEY_NOT_SEEN);
    }

    @ParameterizedTest
    @ValueSource(ints = { 200, 404 })
    void anotherWebSiteIsNotEmoncms(int status) {
        emoncms.fault(Fault.always(request -> true,
                Outcome.answer(Reply.html(status, "<html><body>Welcome to my <b>router</b></body></html>"))));

        assertThat(problemOf(writeKey()).kind()).isEqualTo(ProblemKind.NOT_EMONCMS);
        assertThat(problemOf(new Credentials.Login("emonuser", PASSWORD)).kind()).isEqualTo(ProblemKind.NOT_EMONCMS);
    }

    @Test
    void aLoginFetchesTheWriteKey() throws Exception {
        assertThat(authenticate(new Credentials.Login("emonuser", PASSWORD))).isEqualTo(writeKey());
    }

    @Test
    void aWrongPasswordIsRefusedInTheWordsOfTheServer() {
        assertThat(problemOf(new Credentials.Login("emonuser", "wrong"))).isEqualTo(
                Problem.of(ProblemKind.LOGIN_REFUSED, emoncms.url().getAuthority(), "Incorrect authentication"));
    }

    @Test
    void tooManyLoginsLockTheAddressOut() {
        for (int i = 0; i < 10; i++) {
            problemOf(new Credentials.Login("emonuser", "wrong"));
        }

        assertThat(problemOf(new Credentials.Login("emonuser", PASSWORD)).kind()).isEqualTo(ProblemKind.LOCKED_OUT);
    }

    @Test
    void noCredentialStandsInAnAddressAMessageOrAText() {
        Problem problem = problemOf(new Credentials.Login("emonuser", "wrong-secret"));
        problemOf(new Credentials.ApiKey("wrong-key"));

        assertThat(emoncms.requests()).allSatisfy(request -> assertThat(request.path() + "?" + request.query())
                .doesNotContain("wrong").doesNotContain("apikey"));
        assertThat(problem.toString()).doesNotContain("secret");
        assertThat(new Credentials.Login("emonuser", "secret").toString() + new Credentials.ApiKey("secret").toString())
                .doesNotContain("secret");
    }
}
