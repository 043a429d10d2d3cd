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

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

import org.eclipse.jdt.annotation.NonNullByDefault;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.openhab.binding.emoncms.simulated.Fault;
import org.openhab.binding.emoncms.simulated.Outcome;
import org.openhab.binding.emoncms.simulated.Reply;
import org.openhab.core.library.types.DateTimeType;
import org.openhab.core.library.types.OnOffType;
import org.openhab.core.thing.ThingStatus;
import org.openhab.core.thing.ThingStatusDetail;
import org.openhab.core.thing.ThingStatusInfo;
import org.openhab.core.types.RefreshType;
import org.openhab.core.types.UnDefType;

/**
 * The bridge thing.
 *
 * @author Emoncms add-on contributors - Initial contribution
 */
@NonNullByDefault
class EmoncmsServerHandlerTest {

    private final Path directory;
    private final ThingsFixture things;

    EmoncmsServerHandlerTest(@TempDir Path directory) throws IOException {
        this.directory = directory;
        things = new ThingsFixture(directory);
        Files.createDirectories(things.localDirectory);
    }

    @AfterEach
    void close() throws Exception {
        things.close();
        await().until(() -> ThingsFixture.workers().count(), count -> count == 0);
    }

    @Test
    void theBridgeIsUnknownFirstAndOnlineAfterTheFirstList() {
        EmoncmsServerHandler handler = things.addBridge(things.configuration());
        things.awaitStatus(handler, ThingStatus.ONLINE);

        assertThat(things.bridgeStatuses).extracting(ThingStatusInfo::getStatus).startsWith(ThingStatus.UNKNOWN,
                ThingStatus.ONLINE);
    }

    @Test
    void initialisingDoesNotWaitForTheServer() {
        things.emoncms.fault(Fault.always(request -> true, Outcome.noAnswer()));
        EmoncmsServerHandler handler = things.addBridge(things.configuration());

        assertThat(handler.getThing().getStatus()).isEqualTo(ThingStatus.UNKNOWN);
        await().until(() -> things.emoncms.requests().size(), count -> count == 1);
        assertThat(handler.getThing().getStatus()).isEqualTo(ThingStatus.UNKNOWN);
    }

    @Test
    void disposingDoesNotWaitForTheServerAndEndsTheWorker() {
        things.emoncms.fault(Fault.always(request -> true, Outcome.noAnswer()));
        EmoncmsServerHandler handler = things.addBridge(things.configuration());
        await().until(() -> things.emoncms.requests().size(), count -> count == 1);
        assertThat(ThingsFixture.workers()).hasSize(1);
        handler.dispose();

        await().until(() -> ThingsFixture.workers().count(), count -> count == 0);
        assertThat(things.bridgeStatuses).hasSize(1);
    }

    @Test
    void aBridgeThatIsConfiguredDuringARequestLeavesTheServerTimeToEndIt() {
        things.emoncms.fault(Fault.next(1, request -> true, Outcome.noAnswer()));
        EmoncmsServerHandler handler = things.addBridge(things.configuration());
        await().until(() -> things.emoncms.requests().size(), count -> count == 1);
        handler.handleConfigurationUpdate(Map.of("uploadInterval", 20));

        await().during(Duration.ofSeconds(2)).until(() -> things.emoncms.requests().size(), count -> count == 1);
        things.awaitStatus(handler, ThingStatus.ONLINE);
    }

    @ParameterizedTest
    @CsvSource({ "url,not a url,url-invalid", "url,http://host:99999,url-invalid", "apikey,0123,key-invalid",
            "url,ftp://emoncms.org,url-invalid", "apikey,'',credentials-missing",
            "uploadInterval,9,parameter-out-of-range", "uploadInterval,604801,parameter-out-of-range",
            "uploadSize,15,parameter-out-of-range", "uploadSize,8193,parameter-out-of-range",
            "localDirectory,/nowhere/at/all,directory-missing", "localUrl,nowhere,local-url-invalid",
            "localUrl,http://localhost:1,local-key-invalid", "localApikey,0123,local-url-invalid",
            "uploadPatterns,!*,patterns-exclude-all", "uploadPatterns,power,pattern-invalid",
            "apikey,0123456789abcdef0123456789abcdef,key-refused" })
    void aWrongParameterIsAConfigurationError(String name, String value, String problem) {
        Map<String, Object> configuration = things.configuration();
        configuration.put(name, value);
        ThingStatusInfo status = things.awaitOffline(things.addBridge(configuration));

        assertThat(status.getStatusDetail()).isEqualTo(ThingStatusDetail.CONFIGURATION_ERROR);
        assertThat(status.getDescription()).startsWith("@text/problem." + problem);
    }

    @Test
    void aReadKeyIsAConfigurationError() {
        Map<String, Object> configuration = things.configuration();
        configuration.put("apikey", things.account.readKey());
        ThingStatusInfo status = things.awaitOffline(things.addBridge(configuration));

        assertThat(status.getStatusDetail()).isEqualTo(ThingStatusDetail.CONFIGURATION_ERROR);
        assertThat(status.getDescription())
                .isEqualTo("@text/problem.key-read-only [\"" + things.emoncms.url().getAuthority() + "\"]");
    }

    @Test
    void aWrongPasswordIsAConfigurationErrorInTheWordsOfTheServer() {
        ThingStatusInfo status = things.awaitOffline(things.addBridge(login("wrong")));

        assertThat(status.getStatusDetail()).isEqualTo(ThingStatusDetail.CONFIGURATION_ERROR);
        assertThat(status.getDescription()).startsWith("@text/problem.login-refused [")
                .endsWith(", \"Incorrect authentication\"]");
    }

    private Map<String, Object> login(String password) {
        Map<String, Object> configuration = new HashMap<>(things.configuration());
        configuration.remove("apikey");
        configuration.put("username", "emonuser");
        configuration.put("password", password);
        return configuration;
    }

    @Test
    void aLockedOutAddressIsACommunicationError() {
        things.emoncms.fault(Fault.always(Fault.route("/user/auth"), Outcome
                .answer(Reply.json("{\"success\":false,\"message\":\"Too many attempts, please try again later\"}"))));
        ThingStatusInfo status = things.awaitOffline(things.addBridge(login("password")));

        assertThat(status.getStatusDetail()).isEqualTo(ThingStatusDetail.COMMUNICATION_ERROR);
        assertThat(status.getDescription()).startsWith("@text/problem.locked-out");
    }

    @ParameterizedTest
    @CsvSource({ "http://host.invalid,unknown-host", "http://127.0.0.1:1,no-connection" })
    void anAddressWhereNobodyIsIsACommunicationError(String url, String problem) {
        Map<String, Object> configuration = things.configuration();
        configuration.put("url", url);
        ThingStatusInfo status = things.awaitOffline(things.addBridge(configuration));

        assertThat(status.getStatusDetail()).isEqualTo(ThingStatusDetail.COMMUNICATION_ERROR);
        assertThat(status.getDescription()).startsWith("@text/problem." + problem);
    }

    @Test
    void anotherWebSiteIsACommunicationError() {
        things.emoncms.fault(Fault.always(request -> true, Outcome.answer(Reply.html(200, "<h1>My router</h1>"))));
        ThingStatusInfo status = things.awaitOffline(things.addBridge(things.configuration()));

        assertThat(status.getDescription()).startsWith("@text/problem.not-emoncms [\"127.0.0.1:");
    }

    @Test
    void theBridgeComesBackByItself() {
        things.emoncms.stop();
        EmoncmsServerHandler handler = things.addBridge(things.configuration());
        assertThat(things.awaitOffline(handler).getDescription()).startsWith("@text/problem.no-connection");
        things.emoncms.restart();

        things.awaitStatus(handler, ThingStatus.ONLINE);
    }

    @Test
    void aLoginIsUsedOnceHoweverOftenTheBridgeIsConfigured() {
        EmoncmsServerHandler handler = things.addBridge(login("password"));
        things.awaitStatus(handler, ThingStatus.ONLINE);
        for (int interval = 20; interval < 25; interval++) {
            things.bridgeStatuses.clear();
            handler.handleConfigurationUpdate(Map.of("uploadInterval", interval));
            await().until(
                    () -> things.bridgeStatuses.stream().anyMatch(status -> status.getStatus() == ThingStatus.ONLINE));
        }

        assertThat(things.emoncms.requests()).filteredOn(request -> request.isFor("/user/auth")).hasSize(1);
    }

    @Test
    void aChangedPasswordIsANewLogin() {
        EmoncmsServerHandler handler = things.addBridge(login("wrong"));
        things.awaitOffline(handler);
        handler.handleConfigurationUpdate(Map.of("password", "password"));

        things.awaitStatus(handler, ThingStatus.ONLINE);
    }

    @Test
    void theChannelsShowTheAccount() throws Exception {
        things.addLocalFeed("power", 1000);
        EmoncmsServerHandler handler = things.addOnlineBridge();
        assertThat(things.state(handler, "feeds")).hasToString("0");
        things.addFeedThing("power", "house", "power");

        things.awaitState(handler, "feeds-in-sync", "1");
        assertThat(things.state(handler, "feeds")).hasToString("1");
        assertThat(things.state(handler, "pending-data")).hasToString("0 B");
        assertThat(things.state(handler, "uploaded-data")).hasToString("4024 B");
        assertThat(things.state(handler, "last-upload")).isInstanceOf(DateTimeType.class);
        assertThat(things.state(handler, "next-upload")).isInstanceOf(DateTimeType.class);
        assertThat(things.state(handler, "paused")).isEqualTo(OnOffType.OFF);
        assertThat(things.state(handler, "upload-now")).isEqualTo(OnOffType.OFF);
    }

    @Test
    void aRefreshShowsTheChannelsAgain() throws Exception {
        EmoncmsServerHandler handler = things.addOnlineBridge();
        await().until(() -> things.state(handler, "feeds"), state -> state != null);
        things.states.clear();
        things.command(handler, "feeds", RefreshType.REFRESH);

        assertThat(things.state(handler, "feeds")).hasToString("0");
    }

    @Test
    void pausedIsRememberedInTheConfigurationAndShown() throws Exception {
        EmoncmsServerHandler handler = things.addOnlineBridge();
        things.command(handler, "paused", OnOffType.ON);

        things.awaitState(handler, "paused", "ON");
        things.awaitState(handler, "next-upload", UnDefType.UNDEF.toString());
        assertThat(handler.getThing().getConfiguration().get("paused")).isEqualTo(true);
        assertThat(handler.getThing().getStatusInfo().getDescription()).isEqualTo("@text/status.paused");
        things.command(handler, "paused", OnOffType.OFF);
        things.awaitState(handler, "paused", "OFF");
    }

    @Test
    void aBridgeThatStartsPausedIsNotSaidToBeOnline() {
        Map<String, Object> configuration = things.configuration();
        configuration.put("paused", true);
        EmoncmsServerHandler handler = things.addBridge(configuration);
        things.awaitState(handler, "paused", "ON");

        assertThat(handler.getThing().getStatus()).isEqualTo(ThingStatus.UNKNOWN);
        assertThat(things.emoncms.requests()).isEmpty();
        things.command(handler, "paused", OnOffType.OFF);
        things.awaitStatus(handler, ThingStatus.ONLINE);
    }

    @Test
    void uploadNowAsksTheServerAndSwitchesItselfOff() throws Exception {
        Map<String, Object> configuration = things.configuration();
        configuration.put("uploadInterval", 86400);
        EmoncmsServerHandler handler = things.addBridge(configuration);
        things.awaitStatus(handler, ThingStatus.ONLINE);
        things.emoncms.clearRequests();
        things.command(handler, "upload-now", OnOffType.ON);

        await().until(() -> things.emoncms.requests().size(), count -> count == 1);
        assertThat(things.state(handler, "upload-now")).isEqualTo(OnOffType.OFF);
    }

    @Test
    void theDefaultDirectoryIsMadeBelowTheUserData() {
        String before = System.setProperty("openhab.userdata", directory.resolve("userdata").toString());
        try {
            Map<String, Object> configuration = things.configuration();
            configuration.remove("localDirectory");
            things.awaitStatus(things.addBridge(configuration), ThingStatus.ONLINE);

            assertThat(directory.resolve("userdata/emoncms/home")).isDirectory();
        } finally {
            System.setProperty("openhab.userdata", before == null ? "userdata" : before);
        }
    }

    @Test
    void noStatusOrStateShowsACredential() {
        things.emoncms.fault(Fault.always(Fault.route("/user/auth"),
                Outcome.answer(Reply.json("{\"success\":false,\"message\":\"no such password: wrong-secret\"}"))));
        things.awaitOffline(things.addBridge(login("wrong-secret")));

        assertThat(things.bridgeStatuses.toString() + things.states).doesNotContain("secret");
    }
}
