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
package org.openhab.binding.emoncms.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

import org.eclipse.jdt.annotation.NonNullByDefault;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.openhab.binding.emoncms.internal.feed.ListedFeed;
import org.openhab.binding.emoncms.internal.feed.ProblemException;
import org.openhab.binding.emoncms.internal.feed.TimeSeriesRecord;
import org.openhab.core.library.types.OnOffType;
import org.openhab.core.thing.Thing;
import org.openhab.core.thing.ThingStatus;
import org.openhab.core.thing.ThingStatusDetail;
import org.openhab.core.thing.binding.ThingHandlerFactory;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.service.component.runtime.ServiceComponentRuntime;
import org.osgi.service.component.runtime.dto.ComponentConfigurationDTO;

/**
 * The packaged add-on in a real OSGi framework, with the host in openHAB's place.
 *
 * @author Emoncms add-on contributors - Initial contribution
 */
@NonNullByDefault
@Timeout(180)
class PackagedBundleIT extends HostFixture {

    private static final long START_TIME = Instant.now().getEpochSecond() / 10 * 10 - 7200;
    private static final float[] VALUES = { 1.5f, -2, Float.NaN, Float.NaN, 300.25f };
    private static final Duration LONGER_THAN_A_WAKE_UP = Duration.ofSeconds(3);

    PackagedBundleIT(@TempDir Path directory) throws IOException, BundleException {
        super(directory);
    }

    private ListedFeed.Usable solar() throws ProblemException, InterruptedException {
        ListedFeed.Usable feed = feeds.createFixedInterval("house", "solar", 10, "W");
        feeds.append(feed, START_TIME, VALUES);
        return feed;
    }

    private Path localSolar(ListedFeed.Usable feed) {
        return directory.resolve("local/phpfina/" + feed.id() + ".dat");
    }

    private List<ComponentConfigurationDTO> components() {
        BundleContext context = runtime.context();
        ServiceComponentRuntime declarativeServices = context
                .getService(context.getServiceReference(ServiceComponentRuntime.class));
        return declarativeServices.getComponentDescriptionDTOs(addon).stream()
                .flatMap(component -> declarativeServices.getComponentConfigurationDTOs(component).stream()).toList();
    }

    private static List<String> threadsOfAddon() {
        return Thread.getAllStackTraces().keySet().stream().map(Thread::getName)
                .filter(name -> name.startsWith("OH-binding-emoncms") || name.startsWith("OH-httpClient-emoncms"))
                .toList();
    }

    @Test
    void resolvesAndBecomesActive() {
        assertThat(addon.getState()).isEqualTo(Bundle.ACTIVE);
    }

    @Test
    void itsComponentWaitsForAnHttpClientFactory() {
        assertThat(components()).filteredOn(component -> component.description.name.endsWith("HandlerFactory"))
                .hasSize(1).allSatisfy(component -> assertThat(component.state)
                        .isEqualTo(ComponentConfigurationDTO.UNSATISFIED_REFERENCE));
    }

    @Test
    void itsComponentsAreSatisfiedInTheHost() {
        host();

        assertThat(components()).hasSizeGreaterThan(4).allSatisfy(component -> assertThat(component.state)
                .isIn(ComponentConfigurationDTO.ACTIVE, ComponentConfigurationDTO.SATISFIED));
    }

    @Test
    void bringsABridgeAndItsFeedOnline() throws ProblemException, InterruptedException {
        solar();

        ThingHost host = host(feed("solar"));

        awaitSame(host, "solar");
        await("bridge online", () -> host.thing(BRIDGE).getStatus() == ThingStatus.ONLINE);
    }

    @Test
    void uploadsAFixedIntervalFeedWithItsGaps() throws ProblemException, InterruptedException, IOException {
        ListedFeed.Usable feed = solar();

        awaitSame(host(feed("solar")), "solar");

        assertThat(remoteData("solar")).hasSameBinaryContentAs(localSolar(feed));
        assertThat(Arrays.copyOfRange(Files.readAllBytes(remoteData("solar")), 8, 12)).asHexString()
                .isEqualTo("0000C07F");
    }

    @Test
    void uploadsATimeSeriesFeed() throws ProblemException, InterruptedException {
        ListedFeed.Usable feed = feeds.createTimeSeries("house", "door", "");
        feeds.append(feed,
                List.of(new TimeSeriesRecord(START_TIME, 1), new TimeSeriesRecord(START_TIME + 17, Float.NaN),
                        new TimeSeriesRecord(START_TIME + 17, 0), new TimeSeriesRecord(START_TIME + 999, 1)));

        awaitSame(host(feed("door")), "door");

        assertThat(remoteData("door"))
                .hasSameBinaryContentAs(directory.resolve("local/phptimeseries/feed_" + feed.id() + ".MYD"));
    }

    @Test
    void doesNotUploadATornPoint() throws ProblemException, InterruptedException, IOException {
        ListedFeed.Usable feed = solar();
        byte[] whole = Files.readAllBytes(localSolar(feed));
        Files.write(localSolar(feed), new byte[] { 1, 2 }, StandardOpenOption.APPEND);

        awaitSame(host(feed("solar")), "solar");

        assertThat(remoteData("solar")).hasBinaryContent(whole);
    }

    @Test
    void doesNotUploadAPointThatMayStillChange() throws ProblemException, InterruptedException {
        ListedFeed.Usable feed = feeds.createFixedInterval("house", "per day", 86_400, "kWh");
        long halfADayAgo = Instant.now().getEpochSecond() - 43_200;
        feeds.append(feed, halfADayAgo - 86_400 * 2, 1, 2, 3);
        ThingEntry perDay = ThingEntry.child(uid("day"), feed("day").bridge(), "",
                Map.of("tag", "house", "name", "per day"));

        awaitSame(host(perDay), "day");

        assertThat(remoteData("per day")).hasSize(2 * 4);
    }

    @Test
    void uploadsALaterPointOnCommand() throws ProblemException, InterruptedException {
        ListedFeed.Usable feed = solar();
        ThingHost host = host(feed("solar"));
        awaitSame(host, "solar");

        feeds.append(feed, START_TIME, 42);
        host.send(BRIDGE, "upload-now", OnOffType.ON);

        awaitRemoteBytes("solar", (VALUES.length + 1) * 4);
        assertThat(remoteData("solar")).hasSameBinaryContentAs(localSolar(feed));
    }

    @Test
    void keepsNewPointsBackWhileTheUploadOfTheFeedIsOff() throws ProblemException, InterruptedException {
        ListedFeed.Usable feed = solar();
        ThingHost host = host(feed("solar"));
        awaitSame(host, "solar");

        host.send(uid("solar"), "upload", OnOffType.OFF);
        await("configured", () -> Boolean.FALSE.equals(configuredUpload(host)));
        feeds.append(feed, START_TIME, 42);
        host.send(BRIDGE, "upload-now", OnOffType.ON);
        pause(LONGER_THAN_A_WAKE_UP);

        assertThat(remoteData("solar")).hasSize(VALUES.length * 4);
        assertThat(String.valueOf(host.state(host.thing(uid("solar")), "sync-state"))).isEqualTo("local-ahead");
    }

    @Test
    void sendsWhatWasKeptBackWhenTheUploadOfTheFeedIsSwitchedOn() throws ProblemException, InterruptedException {
        ListedFeed.Usable feed = solar();
        ThingHost host = host(feed("solar"));
        awaitSame(host, "solar");
        host.send(uid("solar"), "upload", OnOffType.OFF);
        await("configured", () -> Boolean.FALSE.equals(configuredUpload(host)));
        feeds.append(feed, START_TIME, 42);

        host.send(uid("solar"), "upload", OnOffType.ON);

        awaitRemoteBytes("solar", (VALUES.length + 1) * 4);
    }

    private static Object configuredUpload(ThingHost host) {
        Object upload = host.thing(uid("solar")).getConfiguration().get("upload");
        return upload == null ? "" : upload;
    }

    @Test
    void tellsOfARefusedKeyInAFullSentence() throws IOException, ProblemException, InterruptedException {
        solar();
        ThingHost host = host("0123456789abcdef0123456789abcdef");
        Thing bridge = host.thing(BRIDGE);

        await("bridge offline", () -> bridge.getStatus() == ThingStatus.OFFLINE);

        assertThat(bridge.getStatusInfo().getStatusDetail()).isEqualTo(ThingStatusDetail.CONFIGURATION_ERROR);
        assertThat(AddonJar.find().texts().description(bridge.getStatusInfo())).matches(
                "127\\.0\\.0\\.1\\S* does not accept the API key\\. Enter the write API key of the account\\.");
    }

    @Test
    void leavesNoThreadsAndNoServiceWhenItIsStopped() throws ProblemException, InterruptedException, BundleException {
        solar();
        awaitSame(host(feed("solar")), "solar");
        assertThat(threadsOfAddon()).isNotEmpty();

        addon.stop();

        assertThat(runtime.context().getServiceReference(ThingHandlerFactory.class)).isNull();
        await("no threads", () -> threadsOfAddon().isEmpty());
    }

    @Test
    void worksAgainAfterItWasStoppedAndStarted() throws ProblemException, InterruptedException, BundleException {
        ListedFeed.Usable feed = solar();
        ThingHost host = host(feed("solar"));
        awaitSame(host, "solar");

        addon.stop();
        assertThat(host.thing(uid("solar")).getStatus()).isEqualTo(ThingStatus.UNINITIALIZED);
        feeds.append(feed, START_TIME, 42);
        addon.start();

        awaitRemoteBytes("solar", (VALUES.length + 1) * 4);
        await("online", () -> host.thing(uid("solar")).getStatus() == ThingStatus.ONLINE);
    }
}
