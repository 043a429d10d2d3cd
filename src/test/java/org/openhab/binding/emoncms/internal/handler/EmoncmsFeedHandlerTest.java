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

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;

import org.eclipse.jdt.annotation.NonNullByDefault;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.openhab.binding.emoncms.internal.feed.FeedIdentity;
import org.openhab.binding.emoncms.simulated.Fault;
import org.openhab.binding.emoncms.simulated.Outcome;
import org.openhab.binding.emoncms.simulated.SimulatedEmoncms;
import org.openhab.core.library.types.DateTimeType;
import org.openhab.core.library.types.OnOffType;
import org.openhab.core.thing.ThingStatus;
import org.openhab.core.thing.ThingStatusDetail;
import org.openhab.core.thing.ThingStatusInfo;
import org.openhab.core.types.RefreshType;
import org.openhab.core.types.UnDefType;

/**
 * A feed thing.
 *
 * @author Emoncms add-on contributors - Initial contribution
 */
@NonNullByDefault
class EmoncmsFeedHandlerTest {

    private final ThingsFixture things;

    EmoncmsFeedHandlerTest(@TempDir Path directory) {
        things = new ThingsFixture(directory);
    }

    @AfterEach
    void close() throws Exception {
        things.close();
    }

    private byte[] remoteBytes(String name) throws Exception {
        int id = things.emoncms.feedId(things.account, "house", name).orElseThrow();
        return Files.readAllBytes(things.emoncms.dataFile(id));
    }

    @Test
    void theChannelsShowTheUploadedFeed() throws Exception {
        things.addLocalFeed("power", 1000);
        things.addOnlineBridge();
        EmoncmsFeedHandler feed = things.addFeedThing("power", "house", "power");
        things.awaitState(feed, "sync-state", "same");
        things.awaitStatus(feed, ThingStatus.ONLINE);

        assertThat(things.state(feed, "upload")).isEqualTo(OnOffType.ON);
        assertThat(things.state(feed, "local-points")).hasToString("1000");
        assertThat(things.state(feed, "remote-points")).hasToString("1000");
        assertThat(things.state(feed, "pending-points")).hasToString("0");
        assertThat(things.state(feed, "pending-data")).hasToString("0 B");
        assertThat(Objects.requireNonNull(things.state(feed, "progress")).toString()).matches("100(\\.0)? %");
        assertThat(things.state(feed, "last-upload")).isInstanceOf(DateTimeType.class);
        assertThat(things.state(feed, "last-point")).isInstanceOf(DateTimeType.class);
        assertThat(things.state(feed, "value")).hasToString("999.5");
    }

    @Test
    void thePropertiesTellHowTheFeedIsStored() throws Exception {
        things.addLocalFeed("power", 1000);
        things.addOnlineBridge();
        EmoncmsFeedHandler feed = things.addFeedThing("power", "house", "power");
        things.awaitState(feed, "sync-state", "same");

        await().untilAsserted(() -> assertThat(feed.getThing().getProperties()).containsEntry("engine", "PHPFina")
                .containsEntry("interval", "10 s").containsEntry("unit", "W").containsEntry("localId", "1")
                .containsEntry("remoteId", "1").containsKey("startTime"));
    }

    @Test
    void theFeedOnTheServerHasTheSameBytes() throws Exception {
        things.addLocalFeed("power", 1000);
        things.addOnlineBridge();
        EmoncmsFeedHandler feed = things.addFeedThing("power", "house", "power");
        things.awaitState(feed, "sync-state", "same");

        assertThat(remoteBytes("power")).isEqualTo(Files.readAllBytes(things.localDirectory.resolve("phpfina/1.dat")));
    }

    @Test
    void switchingTheUploadOffKeepsNewPointsHereAndIsRemembered() throws Exception {
        FeedIdentity power = things.addLocalFeed("power", 1000);
        EmoncmsServerHandler server = things.addOnlineBridge();
        EmoncmsFeedHandler feed = things.addFeedThing("power", "house", "power");
        things.awaitState(feed, "sync-state", "same");
        things.command(feed, "upload", OnOffType.OFF);
        things.append(power, 50);
        things.command(server, "upload-now", OnOffType.ON);

        things.awaitState(feed, "sync-state", "local-ahead");
        assertThat(things.state(feed, "pending-points")).hasToString("50");
        assertThat(feed.getThing().getConfiguration().get("upload")).isEqualTo(false);
        assertThat(remoteBytes("power")).hasSize(4000);
    }

    @Test
    void switchingTheUploadOnSendsWithinSeconds() throws Exception {
        FeedIdentity power = things.addLocalFeed("power", 1000);
        things.addOnlineBridge();
        EmoncmsFeedHandler feed = things.addFeedThing("power", "house", "power");
        things.awaitState(feed, "sync-state", "same");
        things.command(feed, "upload", OnOffType.OFF);
        things.append(power, 50);
        things.command(feed, "upload", OnOffType.ON);

        await().untilAsserted(() -> assertThat(remoteBytes("power")).hasSize(4200));
    }

    @ParameterizedTest
    @CsvSource({ "'',power", "house,''", "' ',power" })
    void aFeedWithoutTagOrNameIsAConfigurationError(String tag, String name) throws Exception {
        things.addOnlineBridge();
        ThingStatusInfo status = things.awaitOffline(things.addFeedThing("power", tag, name));

        assertThat(status.getStatusDetail()).isEqualTo(ThingStatusDetail.CONFIGURATION_ERROR);
        assertThat(status.getDescription()).startsWith("@text/problem.feed-name-empty");
    }

    @Test
    void aSecondThingForAFeedWaitsUntilTheFirstIsGone() throws Exception {
        things.addLocalFeed("power", 1000);
        things.addOnlineBridge();
        EmoncmsFeedHandler first = things.addFeedThing("power", "house", "power");
        EmoncmsFeedHandler second = things.addFeedThing("again", "house", "power");
        things.awaitStatus(first, ThingStatus.ONLINE);

        assertThat(things.awaitOffline(second).getDescription())
                .isEqualTo("@text/problem.feed-has-thing [\"house:power\"]");
        first.dispose();
        things.awaitStatus(second, ThingStatus.ONLINE);
    }

    @Test
    void aFeedWithoutABridgeIsAConfigurationError() {
        ThingStatusInfo status = things.awaitOffline(things.addFeedThing("power", "house", "power"));

        assertThat(status.getDescription()).isEqualTo("@text/offline.no-bridge");
    }

    @Test
    void aFeedOfNeitherSideIsAConfigurationError() throws Exception {
        things.addOnlineBridge();
        ThingStatusInfo status = things.awaitOffline(things.addFeedThing("power", "house", "nobody"));

        assertThat(status.getStatusDetail()).isEqualTo(ThingStatusDetail.CONFIGURATION_ERROR);
        assertThat(status.getDescription()).isEqualTo("@text/offline.absent");
    }

    @Test
    void aFeedThatIsOnlyRemoteIsOnlineAndSaysSo() throws Exception {
        things.emoncms.addFeed(things.account, "house", "remote", SimulatedEmoncms.PHPFINA, 10, "W");
        things.addOnlineBridge();
        EmoncmsFeedHandler feed = things.addFeedThing("remote", "house", "remote");
        things.awaitStatus(feed, ThingStatus.ONLINE);

        assertThat(feed.getThing().getStatusInfo().getDescription()).isEqualTo("@text/online.remote-only");
        assertThat(things.state(feed, "local-points")).isEqualTo(UnDefType.UNDEF);
        assertThat(things.state(feed, "remote-points")).hasToString("0");
        assertThat(things.state(feed, "progress")).isEqualTo(UnDefType.UNDEF);
    }

    @Test
    void aDamagedFileIsAConfigurationErrorThatNamesIt() throws Exception {
        things.addLocalFeed("power", 1000);
        Files.write(things.localDirectory.resolve("phpfina/1.meta"), new byte[15]);
        things.addOnlineBridge();
        ThingStatusInfo status = things.awaitOffline(things.addFeedThing("power", "house", "power"));

        assertThat(status.getStatusDetail()).isEqualTo(ThingStatusDetail.CONFIGURATION_ERROR);
        assertThat(status.getDescription()).startsWith("@text/problem.meta-damaged").contains("1.meta", "15", "16");
    }

    @Test
    void feedsFollowTheirBridge() throws Exception {
        FeedIdentity power = things.addLocalFeed("power", 1000);
        EmoncmsServerHandler server = things.addOnlineBridge();
        EmoncmsFeedHandler feed = things.addFeedThing("power", "house", "power");
        things.awaitStatus(feed, ThingStatus.ONLINE);
        things.awaitState(feed, "sync-state", "same");
        things.append(power, 50);
        things.emoncms.stop();
        things.command(server, "upload-now", OnOffType.ON);

        things.awaitStatus(server, ThingStatus.OFFLINE);
        assertThat(things.awaitOffline(feed).getStatusDetail()).isEqualTo(ThingStatusDetail.BRIDGE_OFFLINE);
        things.awaitState(feed, "local-points", "1050");
        things.emoncms.restart();
        things.awaitStatus(feed, ThingStatus.ONLINE);
        things.awaitState(feed, "remote-points", "1050");
    }

    @Test
    void aFeedIsNotSaidToBeOnlineOnAServerThatHasNotAnsweredYet() throws Exception {
        things.addLocalFeed("power", 1000);
        EmoncmsServerHandler server = things.addOnlineBridge();
        EmoncmsFeedHandler feed = things.addFeedThing("power", "house", "power");
        things.awaitState(feed, "sync-state", "same");
        things.emoncms.fault(Fault.always(request -> true, Outcome.noAnswer()));
        server.handleConfigurationUpdate(Map.of("url", things.emoncms.url() + "/emoncms"));

        things.awaitStatus(feed, ThingStatus.UNKNOWN);
        things.awaitState(feed, "sync-state", UnDefType.UNDEF.toString());
        assertThat(feed.getThing().getStatus()).isEqualTo(ThingStatus.UNKNOWN);
    }

    @Test
    void feedsOutliveANewConfigurationOfTheirBridge() throws Exception {
        FeedIdentity power = things.addLocalFeed("power", 1000);
        EmoncmsServerHandler server = things.addOnlineBridge();
        EmoncmsFeedHandler feed = things.addFeedThing("power", "house", "power");
        things.awaitState(feed, "sync-state", "same");
        server.handleConfigurationUpdate(Map.of("uploadSize", 16));
        things.append(power, 50);

        things.awaitState(feed, "remote-points", "1050");
    }

    @Test
    void aRefreshShowsTheChannelsAgain() throws Exception {
        things.addLocalFeed("power", 1000);
        things.addOnlineBridge();
        EmoncmsFeedHandler feed = things.addFeedThing("power", "house", "power");
        things.awaitState(feed, "sync-state", "same");
        things.states.clear();
        things.command(feed, "value", RefreshType.REFRESH);

        assertThat(things.state(feed, "value")).hasToString("999.5");
    }

    @Test
    void aDisposedFeedIsNotUploadedAnyMore() throws Exception {
        FeedIdentity power = things.addLocalFeed("power", 1000);
        EmoncmsServerHandler server = things.addOnlineBridge();
        EmoncmsFeedHandler feed = things.addFeedThing("power", "house", "power");
        things.awaitState(feed, "sync-state", "same");
        feed.dispose();
        things.append(power, 50);
        things.command(server, "upload-now", OnOffType.ON);

        things.awaitState(server, "feeds", "0");
        assertThat(remoteBytes("power")).hasSize(4000);
    }
}
