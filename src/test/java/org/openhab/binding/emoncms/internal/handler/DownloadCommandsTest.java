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
import static org.mockito.Mockito.*;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;

import org.eclipse.jdt.annotation.NonNullByDefault;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.openhab.binding.emoncms.internal.feed.FeedIdentity;
import org.openhab.binding.emoncms.simulated.Fault;
import org.openhab.binding.emoncms.simulated.Outcome;
import org.openhab.binding.emoncms.simulated.Reply;
import org.openhab.core.config.core.Configuration;
import org.openhab.core.library.types.OnOffType;
import org.openhab.core.thing.Bridge;
import org.openhab.core.thing.Thing;
import org.openhab.core.thing.ThingStatus;
import org.openhab.core.types.RefreshType;

/**
 * What commands and actions get at once, and what channels, status and events tell afterwards.
 *
 * @author Emoncms add-on contributors - Initial contribution
 */
@NonNullByDefault
@Timeout(60)
class DownloadCommandsTest {

    private final ThingsFixture things;

    DownloadCommandsTest(@TempDir Path directory) {
        things = new ThingsFixture(directory);
    }

    @AfterEach
    void close() throws Exception {
        things.close();
    }

    private EmoncmsFeedHandler addRemoteOnly(String name, int npoints) throws Exception {
        things.addRemoteFeed(name, npoints);
        EmoncmsFeedHandler feed = things.addFeedThing(name, "house", name);
        things.awaitState(feed, "sync-state", "remote-only");
        return feed;
    }

    @Test
    void theDownloadChannelIsOnUntilTheFeedIsThere() throws Exception {
        things.addOnlineBridge();
        EmoncmsFeedHandler feed = addRemoteOnly("power", 1000);
        assertThat(things.state(feed, "download")).isEqualTo(OnOffType.OFF);
        things.emoncms.fault(Fault.next(1, Fault.route("/feed/export"), Outcome.delay(Duration.ofSeconds(1))));
        things.command(feed, "download", OnOffType.ON);
        assertThat(things.state(feed, "download")).isEqualTo(OnOffType.ON);

        things.awaitEvent("power DOWNLOADED");
        assertThat(things.state(feed, "download")).isEqualTo(OnOffType.OFF);
        assertThat(things.state(feed, "sync-state")).hasToString("same");
        assertThat(things.localDirectory.resolve("phpfina/1.dat")).hasSize(4000);
    }

    @Test
    void switchingTheDownloadChannelOffChangesNothing() throws Exception {
        things.addOnlineBridge();
        EmoncmsFeedHandler feed = addRemoteOnly("power", 1000);
        things.command(feed, "download", OnOffType.OFF);
        things.command(feed, "download", RefreshType.REFRESH);

        assertThat(things.state(feed, "download")).isEqualTo(OnOffType.OFF);
        assertThat(things.emoncms.requests()).noneMatch(Fault.route("/feed/export"));
    }

    @Test
    void theBridgeDownloadsAllOnCommand() throws Exception {
        EmoncmsServerHandler server = things.addOnlineBridge();
        EmoncmsFeedHandler power = addRemoteOnly("power", 1000);
        EmoncmsFeedHandler solar = addRemoteOnly("solar", 1000);
        things.command(server, "download-all", OnOffType.ON);

        things.awaitEvent("home DOWNLOADED");
        things.awaitState(server, "download-all", "OFF");
        things.awaitState(server, "downloads", "0");
        things.awaitState(power, "sync-state", "same");
        things.awaitState(solar, "sync-state", "same");
    }

    @Test
    void downloadAllEndsAlsoIfThereIsNothingToDownload() throws Exception {
        EmoncmsServerHandler server = things.addOnlineBridge();
        things.command(server, "download-all", OnOffType.ON);

        things.awaitEvent("home DOWNLOADED");
        things.awaitState(server, "download-all", "OFF");
    }

    @Test
    void aDownloadOfOneFeedIsNotOneOfAll() throws Exception {
        EmoncmsServerHandler server = things.addOnlineBridge();
        EmoncmsFeedHandler feed = addRemoteOnly("power", 1000);
        things.emoncms.fault(Fault.next(1, Fault.route("/feed/export"), Outcome.delay(Duration.ofSeconds(1))));
        feed.download();

        things.awaitState(server, "downloads", "1");
        assertThat(things.state(server, "download-all")).isEqualTo(OnOffType.OFF);
        things.awaitEvent("power DOWNLOADED");
    }

    @Test
    void downloadAllStaysOnWhileItWaitsForTheServer() throws Exception {
        EmoncmsServerHandler server = things.addOnlineBridge();
        addRemoteOnly("power", 1000);
        things.emoncms.stop();
        things.command(server, "download-all", OnOffType.ON);
        things.awaitOffline(server);

        await().during(Duration.ofSeconds(2)).until(() -> things.state(server, "download-all"), OnOffType.ON::equals);
        assertThat(server.requests().downloadAll()).isEqualTo(RequestOutcome.ALREADY_REQUESTED);
        things.emoncms.restart();
        things.awaitEvent("power DOWNLOADED");
        things.awaitState(server, "download-all", "OFF");
    }

    @Test
    void aPausedBridgeSaysWhyARequestedDownloadFails() throws Exception {
        things.local.list();
        Map<String, Object> configuration = things.configuration();
        configuration.put("paused", true);
        configuration.put("apikey", "0123456789abcdef0123456789abcdef");
        EmoncmsServerHandler server = things.addBridge(configuration);
        EmoncmsFeedHandler feed = things.addFeedThing("power", "house", "power");
        feed.download();

        assertThat(things.awaitOffline(server).getDescription()).startsWith("@text/problem.key-refused");
        things.awaitEvent("power FAILED");
        assertThat(feed.state()).isEqualTo("unknown");
    }

    @Test
    void switchesShowAtOnceWhatTheyWereSwitchedTo() throws Exception {
        things.addLocalFeed("power", 100);
        EmoncmsServerHandler server = things.addOnlineBridge();
        EmoncmsFeedHandler feed = things.addFeedThing("power", "house", "power");
        things.awaitState(feed, "sync-state", "same");
        things.emoncms.fault(Fault.always(request -> true, Outcome.noAnswer()));
        server.requests().uploadNow();
        await().until(() -> things.emoncms.requests().size(), count -> count > 0);
        things.command(feed, "upload", OnOffType.OFF);
        things.command(server, "paused", OnOffType.ON);

        assertThat(things.state(feed, "upload")).isEqualTo(OnOffType.OFF);
        assertThat(things.state(server, "paused")).isEqualTo(OnOffType.ON);
    }

    @Test
    void aThingThatOpenHabRefusesToUpdateDoesNotStopTheOthers() throws Exception {
        things.addLocalFeed("power", 100);
        things.addLocalFeed("solar", 100);
        EmoncmsServerHandler server = things.addOnlineBridge();
        EmoncmsFeedHandler power = things.addFeedThing("power", "house", "power");
        doThrow(new IllegalArgumentException("not known to the registry")).when(things.callback)
                .thingUpdated(power.getThing());
        EmoncmsFeedHandler solar = things.addFeedThing("solar", "house", "solar");

        things.awaitState(solar, "sync-state", "same");
        assertThat(server.getThing().getStatus()).isEqualTo(ThingStatus.ONLINE);
    }

    @Test
    void aThingThatDoesNotRunCountsForItsFeed() {
        Thing disabled = mock(Thing.class);
        when(disabled.getConfiguration()).thenReturn(new Configuration(Map.of("tag", "house", "name", "power")));
        Bridge bridge = mock(Bridge.class);
        when(bridge.getUID()).thenReturn(ThingsFixture.BRIDGE);
        when(bridge.getThings()).thenReturn(List.of(disabled));

        assertThat(new EmoncmsServerHandler(bridge, things.client, Clock.systemUTC()).feedsWithThing())
                .containsExactly(new FeedIdentity("house", "power"));
    }

    @Test
    void aSecondThingOfAFeedRequestsNothing() throws Exception {
        things.addOnlineBridge();
        addRemoteOnly("power", 1000);
        EmoncmsFeedHandler second = things.addFeedThing("second", "house", "power");
        things.command(second, "download", OnOffType.ON);

        assertThat(second.download()).isEqualTo(RequestOutcome.OFFLINE);
        assertThat(second.upload()).isEqualTo(RequestOutcome.OFFLINE);
        assertThat(things.state(second, "download")).isEqualTo(OnOffType.OFF);
    }

    @Test
    void theThingSaysWhyADownloadHasFailed() throws Exception {
        things.addOnlineBridge();
        EmoncmsFeedHandler feed = addRemoteOnly("power", 1000);
        things.emoncms.fault(Fault.next(1, Fault.route("/feed/export"),
                Outcome.answer(Reply.json("{\"success\":false,\"message\":\"Feed does not exist\"}"))));
        things.command(feed, "download", OnOffType.ON);

        things.awaitEvent("power FAILED");
        assertThat(things.awaitOffline(feed).getDescription()).startsWith("@text/problem.refused")
                .contains("Feed does not exist");
        assertThat(things.state(feed, "download")).isEqualTo(OnOffType.OFF);
    }

    @Test
    void aSecondRequestIsToldThatItIsOne() throws Exception {
        EmoncmsServerHandler server = things.addOnlineBridge();
        EmoncmsFeedHandler feed = addRemoteOnly("power", 1000);
        things.emoncms.fault(Fault.next(1, Fault.route("/feed/export"), Outcome.delay(Duration.ofSeconds(1))));

        assertThat(feed.download()).isEqualTo(RequestOutcome.ACCEPTED);
        assertThat(feed.download()).isEqualTo(RequestOutcome.ALREADY_REQUESTED);
        assertThat(server.requests().download(new FeedIdentity("house", "power")))
                .isEqualTo(RequestOutcome.ALREADY_REQUESTED);
        things.awaitEvent("power DOWNLOADED");
        assertThat(feed.download()).isEqualTo(RequestOutcome.ACCEPTED);
    }

    @Test
    void aRequestReturnsAtOnceAlsoIfTheServerDoesNot() throws Exception {
        EmoncmsServerHandler server = things.addOnlineBridge();
        EmoncmsFeedHandler feed = addRemoteOnly("power", 1000);
        things.emoncms.fault(Fault.always(request -> true, Outcome.noAnswer()));
        long start = System.nanoTime();

        assertThat(feed.download()).isEqualTo(RequestOutcome.ACCEPTED);
        assertThat(feed.upload()).isEqualTo(RequestOutcome.ACCEPTED);
        assertThat(server.requests().uploadNow()).isEqualTo(RequestOutcome.ACCEPTED);
        assertThat(server.requests().downloadAll()).isEqualTo(RequestOutcome.ACCEPTED);
        assertThat(server.state(new FeedIdentity("house", "power"))).isEqualTo("remote-only");
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(20));
    }

    @Test
    void aDownloadFromAServerThatIsDownWaitsForIt() throws Exception {
        EmoncmsServerHandler server = things.addOnlineBridge();
        EmoncmsFeedHandler feed = addRemoteOnly("power", 1000);
        things.emoncms.stop();
        things.command(server, "upload-now", OnOffType.ON);
        things.awaitOffline(server);

        assertThat(feed.download()).isEqualTo(RequestOutcome.ACCEPTED);
        assertThat(feed.state()).isEqualTo("unknown");
        things.emoncms.restart();
        things.awaitEvent("power DOWNLOADED");
        things.awaitStatus(server, ThingStatus.ONLINE);
    }

    @Test
    void abridgeThatIsNotRunningAcceptsNothing() throws Exception {
        Map<String, Object> configuration = things.configuration();
        configuration.put("apikey", "");
        EmoncmsServerHandler server = things.addBridge(configuration);
        EmoncmsFeedHandler feed = things.addFeedThing("power", "house", "power");

        assertThat(server.requests().uploadNow()).isEqualTo(RequestOutcome.OFFLINE);
        assertThat(server.requests().downloadAll()).isEqualTo(RequestOutcome.OFFLINE);
        assertThat(feed.download()).isEqualTo(RequestOutcome.OFFLINE);
        assertThat(feed.upload()).isEqualTo(RequestOutcome.OFFLINE);
        assertThat(feed.state()).isEqualTo("unknown");
        assertThat(server.look()).isCancelled();
        things.command(feed, "download", OnOffType.ON);
        things.command(server, "download-all", OnOffType.ON);
        assertThat(things.state(feed, "download")).isEqualTo(OnOffType.OFF);
        assertThat(things.state(server, "download-all")).isEqualTo(OnOffType.OFF);
    }

    @Test
    void aPausedBridgeDownloadsButDoesNotUpload() throws Exception {
        things.local.list();
        Map<String, Object> configuration = things.configuration();
        configuration.put("paused", true);
        EmoncmsServerHandler server = things.addBridge(configuration);
        things.addRemoteFeed("power", 1000);
        EmoncmsFeedHandler feed = things.addFeedThing("power", "house", "power");

        assertThat(server.requests().uploadNow()).isEqualTo(RequestOutcome.PAUSED);
        assertThat(feed.upload()).isEqualTo(RequestOutcome.PAUSED);
        assertThat(feed.download()).isEqualTo(RequestOutcome.ACCEPTED);
        things.awaitEvent("power DOWNLOADED");
        assertThat(things.localDirectory.resolve("phpfina/1.dat")).hasSize(4000);
    }

    @Test
    void anUploadByActionTakesAFeedThatIsNotSelected() throws Exception {
        things.addLocalFeed("power", 100);
        things.addOnlineBridge();
        EmoncmsFeedHandler feed = things.addFeedThing("power", "house", "power");
        things.awaitState(feed, "sync-state", "same");
        things.command(feed, "upload", OnOffType.OFF);
        things.append(new FeedIdentity("house", "power"), 50);
        things.events.clear();

        assertThat(feed.upload()).isEqualTo(RequestOutcome.ACCEPTED);
        things.awaitEvent("power UPLOADED");
        things.awaitState(feed, "remote-points", "150");
        assertThat(things.state(feed, "upload")).isEqualTo(OnOffType.OFF);
    }

    @Test
    void aLocalDirectoryWhoseDownloadsWereInterruptedByAStopEndsThemLater() throws Exception {
        EmoncmsServerHandler server = things.addOnlineBridge();
        EmoncmsFeedHandler feed = addRemoteOnly("power", 500_000);
        things.emoncms.fault(Fault.next(1, Fault.route("/feed/getmeta"), Outcome.noAnswer()));
        feed.download();
        await().until(() -> things.emoncms.requests().stream().anyMatch(Fault.route("/feed/getmeta")));
        server.handleConfigurationUpdate(Map.of("uploadInterval", 20));
        things.awaitStatus(server, ThingStatus.ONLINE);
        things.emoncms.clearRequests();
        things.events.clear();
        feed.download();
        things.awaitEvent("power DOWNLOADED");

        assertThat(things.emoncms.requests()).filteredOn(Fault.route("/feed/export")).isEmpty();
        assertThat(Files.size(things.localDirectory.resolve("phpfina/1.dat"))).isEqualTo(2_000_000);
    }
}
