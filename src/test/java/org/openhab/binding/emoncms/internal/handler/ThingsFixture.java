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

import static org.awaitility.Awaitility.await;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.*;

import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;

import org.eclipse.jdt.annotation.NonNullByDefault;
import org.eclipse.jdt.annotation.Nullable;
import org.eclipse.jetty.client.HttpClient;
import org.openhab.binding.emoncms.internal.EmoncmsBindingConstants;
import org.openhab.binding.emoncms.internal.api.HttpClients;
import org.openhab.binding.emoncms.internal.feed.Engine;
import org.openhab.binding.emoncms.internal.feed.FeedIdentity;
import org.openhab.binding.emoncms.internal.feed.FeedMeta;
import org.openhab.binding.emoncms.internal.feed.FixedIntervalMeta;
import org.openhab.binding.emoncms.internal.feed.ListedFeed;
import org.openhab.binding.emoncms.internal.feed.LittleEndian;
import org.openhab.binding.emoncms.internal.store.NewFeed;
import org.openhab.binding.emoncms.internal.store.Segment;
import org.openhab.binding.emoncms.internal.store.directory.DirectoryFeedStore;
import org.openhab.binding.emoncms.simulated.Account;
import org.openhab.binding.emoncms.simulated.SimulatedEmoncms;
import org.openhab.core.config.core.Configuration;
import org.openhab.core.thing.Bridge;
import org.openhab.core.thing.ChannelUID;
import org.openhab.core.thing.Thing;
import org.openhab.core.thing.ThingStatus;
import org.openhab.core.thing.ThingStatusInfo;
import org.openhab.core.thing.ThingUID;
import org.openhab.core.thing.binding.ThingHandler;
import org.openhab.core.thing.binding.ThingHandlerCallback;
import org.openhab.core.thing.binding.builder.BridgeBuilder;
import org.openhab.core.thing.binding.builder.ThingBuilder;
import org.openhab.core.types.Command;
import org.openhab.core.types.State;

/**
 * A bridge and its feed things with real handlers, a simulated server and a recording callback in place of openHAB.
 *
 * @author Emoncms add-on contributors - Initial contribution
 */
@NonNullByDefault
final class ThingsFixture {

    private static final Duration LONGEST_WAIT = Duration.ofSeconds(30);
    static final ThingUID BRIDGE = new ThingUID(EmoncmsBindingConstants.THING_TYPE_SERVER, "home");

    final SimulatedEmoncms emoncms;
    final Account account;
    final Path localDirectory;
    final DirectoryFeedStore local;
    final List<ThingStatusInfo> bridgeStatuses = new CopyOnWriteArrayList<>();
    final Map<String, State> states = new ConcurrentHashMap<>();
    final List<String> events = new CopyOnWriteArrayList<>();
    final HttpClient client = new HttpClient();
    final ThingHandlerCallback callback = mock(ThingHandlerCallback.class);
    final List<ThingHandler> handlers = new CopyOnWriteArrayList<>();
    @Nullable
    Bridge bridge;

    ThingsFixture(Path directory) {
        emoncms = SimulatedEmoncms.start(directory.resolve("server"));
        account = emoncms.addAccount("emonuser", "password");
        localDirectory = directory.resolve("local");
        local = DirectoryFeedStore.making(localDirectory, Clock.systemUTC());
        HttpClients.start(client);
        doAnswer(call -> statusUpdated(call.getArgument(0), call.getArgument(1))).when(callback)
                .statusUpdated(any(Thing.class), any(ThingStatusInfo.class));
        doAnswer(call -> states.put(call.getArgument(0).toString(), call.getArgument(1))).when(callback)
                .stateUpdated(any(ChannelUID.class), any(State.class));
        doAnswer(call -> bridge).when(callback).getBridge(any(ThingUID.class));
        doAnswer(call -> events.add(call.<ChannelUID> getArgument(1).getThingUID().getId() + " " + call.getArgument(2)))
                .when(callback).channelTriggered(any(Thing.class), any(ChannelUID.class), anyString());
    }

    private @Nullable Object statusUpdated(Thing thing, ThingStatusInfo status) {
        thing.setStatusInfo(status);
        if (thing.equals(bridge)) {
            bridgeStatuses.add(status);
            handlers.stream().filter(handler -> !handler.getThing().equals(bridge))
                    .forEach(handler -> handler.bridgeStatusChanged(status));
        }
        return null;
    }

    Map<String, Object> configuration() {
        Map<String, Object> configuration = new HashMap<>();
        configuration.put("url", emoncms.url().toString());
        configuration.put("apikey", account.writeKey());
        configuration.put("localDirectory", localDirectory.toString());
        configuration.put("uploadInterval", 10);
        return configuration;
    }

    EmoncmsServerHandler addBridge(Map<String, Object> configuration) {
        Bridge bridge = BridgeBuilder.create(EmoncmsBindingConstants.THING_TYPE_SERVER, BRIDGE)
                .withConfiguration(new Configuration(configuration)).build();
        this.bridge = bridge;
        EmoncmsServerHandler handler = new EmoncmsServerHandler(bridge, client, Clock.systemUTC());
        add(bridge, handler);
        return handler;
    }

    EmoncmsServerHandler addOnlineBridge() throws Exception {
        local.list();
        EmoncmsServerHandler handler = addBridge(configuration());
        awaitStatus(handler, ThingStatus.ONLINE);
        return handler;
    }

    EmoncmsFeedHandler addFeedThing(String id, String tag, String name) {
        Thing thing = ThingBuilder
                .create(EmoncmsBindingConstants.THING_TYPE_FEED,
                        new ThingUID(EmoncmsBindingConstants.THING_TYPE_FEED, BRIDGE, id))
                .withBridge(BRIDGE).withConfiguration(new Configuration(Map.of("tag", tag, "name", name))).build();
        EmoncmsFeedHandler handler = new EmoncmsFeedHandler(thing);
        add(thing, handler);
        return handler;
    }

    private void add(Thing thing, ThingHandler handler) {
        handlers.add(handler);
        thing.setHandler(handler);
        handler.setCallback(callback);
        handler.initialize();
    }

    /** A PHPFina feed of 10 s that ended a while ago. */
    FeedIdentity addLocalFeed(String name, int npoints) throws Exception {
        FeedIdentity identity = new FeedIdentity("house", name);
        ListedFeed.Usable feed = local.create(new NewFeed(identity, Engine.PHPFINA, 10, "W"));
        long start = Instant.now().getEpochSecond() / 10 * 10 - 10_000_000;
        append(feed, new FeedMeta(start, 10, 0), npoints);
        return identity;
    }

    /** A PHPFina feed of 10 s on the server that ended a while ago. */
    FeedIdentity addRemoteFeed(String name, int npoints) throws Exception {
        int id = emoncms.addFeed(account, "house", name, SimulatedEmoncms.PHPFINA, 10, "W");
        long start = Instant.now().getEpochSecond() / 10 * 10 - 10_000_000;
        Files.write(emoncms.metaFile(id), new FixedIntervalMeta(start, 10).toBuffer().array());
        byte[] points = new byte[npoints * 4];
        Arrays.fill(points, (byte) 64);
        Files.write(emoncms.dataFile(id), points);
        return new FeedIdentity("house", name);
    }

    void awaitEvent(String event) {
        await(event).atMost(LONGEST_WAIT).until(() -> events.contains(event));
    }

    void append(FeedIdentity identity, int npoints) throws Exception {
        ListedFeed.Usable feed = (ListedFeed.Usable) local.list().stream()
                .filter(listed -> listed.identity().equals(identity)).findFirst().orElseThrow();
        append(feed, feed.meta(), npoints);
    }

    private void append(ListedFeed.Usable feed, FeedMeta meta, int npoints) throws Exception {
        ByteBuffer points = LittleEndian.allocate(npoints * 4);
        for (int i = 0; i < npoints; i++) {
            points.putFloat(i + 0.5f);
        }
        local.append(List.of(new Segment(feed, meta, feed.meta().npoints(), npoints,
                (startByte, target) -> target.put(points.flip()))));
    }

    void command(ThingHandler handler, String channel, Command command) {
        handler.handleCommand(new ChannelUID(handler.getThing().getUID(), channel), command);
    }

    @Nullable
    State state(ThingHandler handler, String channel) {
        return states.get(new ChannelUID(handler.getThing().getUID(), channel).toString());
    }

    void awaitState(ThingHandler handler, String channel, String text) {
        await(channel + " of " + handler.getThing().getUID()).atMost(LONGEST_WAIT)
                .until(() -> String.valueOf(state(handler, channel)), text::equals);
    }

    void awaitStatus(ThingHandler handler, ThingStatus status) {
        await("status of " + handler.getThing().getUID()).atMost(LONGEST_WAIT)
                .until(() -> handler.getThing().getStatus(), status::equals);
    }

    ThingStatusInfo awaitOffline(ThingHandler handler) {
        awaitStatus(handler, ThingStatus.OFFLINE);
        return handler.getThing().getStatusInfo();
    }

    /** The bridge's; they end some time after it, with a last look at their files. */
    static Stream<Thread> workers() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().equals("OH-binding-" + BRIDGE));
    }

    void close() throws Exception {
        handlers.forEach(ThingHandler::dispose);
        client.stop();
        emoncms.close();
    }
}
