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

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import org.eclipse.jdt.annotation.NonNullByDefault;
import org.eclipse.jetty.client.HttpClient;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.openhab.binding.emoncms.LogCapture;
import org.openhab.binding.emoncms.internal.feed.ProblemException;
import org.openhab.binding.emoncms.simulated.Account;
import org.openhab.binding.emoncms.simulated.Fault;
import org.openhab.binding.emoncms.simulated.Outcome;
import org.openhab.binding.emoncms.simulated.SimulatedEmoncms;

/**
 * A request that fails on its way takes no credential into the exception, its causes or the log.
 *
 * @author Emoncms add-on contributors - Initial contribution
 */
@NonNullByDefault
@Timeout(30)
class FailuresWithoutSecretsTest {

    private static final String PASSWORD = "p%41\u00E4+ secret";

    private final HttpClient client = new HttpClient();
    private final LogCapture log = new LogCapture();
    private final SimulatedEmoncms emoncms;
    private final Account account;

    FailuresWithoutSecretsTest(@TempDir Path directory) {
        emoncms = SimulatedEmoncms.start(directory);
        account = emoncms.addAccount("emonuser", PASSWORD);
    }

    @BeforeEach
    void startClient() {
        HttpClients.start(client);
    }

    @AfterEach
    void stop() throws Exception {
        log.close();
        client.stop();
        emoncms.close();
    }

    static Stream<Outcome> outcomes() {
        return Stream.of(Outcome.noAnswer(), Outcome.disconnect(), Outcome.cutAnswer(), Outcome.loseAnswer());
    }

    @ParameterizedTest
    @MethodSource("outcomes")
    void aRequestWithAKey(Outcome outcome) {
        assertHidden(account.writeKey(), outcome, new Credentials.ApiKey(account.writeKey()));
    }

    @ParameterizedTest
    @MethodSource("outcomes")
    void aLogin(Outcome outcome) {
        assertHidden("secret", outcome, new Credentials.Login("emonuser", PASSWORD));
    }

    private void assertHidden(String secret, Outcome outcome, Credentials credentials) {
        emoncms.fault(Fault.always(request -> true, outcome));

        ProblemException failure = catchThrowableOfType(ProblemException.class,
                () -> new Authenticator(new HttpAccess(client, Duration.ofMillis(500)),
                        ServerUrl.parse(emoncms.url().toString())).authenticate(credentials));

        List<String> texts = new ArrayList<>(log.texts());
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            texts.add(cause.toString());
            Stream.of(cause.getSuppressed()).map(Throwable::toString).forEach(texts::add);
        }
        assertThat(texts).isNotEmpty().noneMatch(text -> text.contains(secret));
    }
}
