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
package org.openhab.binding.emoncms.bench;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.eclipse.jdt.annotation.NonNullByDefault;
import org.eclipse.jetty.client.HttpClient;
import org.openhab.binding.emoncms.internal.EmoncmsBindingConstants;
import org.openhab.binding.emoncms.internal.api.HttpClients;
import org.openhab.binding.emoncms.internal.handler.EmoncmsFeedHandler;
import org.openhab.binding.emoncms.internal.handler.EmoncmsServerHandler;
import org.openhab.core.config.core.Configuration;
import org.openhab.core.thing.Bridge;
import org.openhab.core.thing.Thing;
import org.openhab.core.thing.ThingUID;
import org.openhab.core.thing.binding.builder.BridgeBuilder;
import org.openhab.core.thing.binding.builder.ThingBuilder;

import com.sun.management.OperatingSystemMXBean;

/**
 * Starts a bridge with many feed things in a process of its own, as openHAB would, and writes what that took as one
 * line: CPU time until all are initialised and until all have a state, in s, then in ms the longest
 * {@code initialize()} of the first bridge and feed of the process, whose classes are loaded, that of the others in the
 * median, how many of these took more than a millisecond by the clock, how much CPU time the longest of a feed and
 * that of the bridge needed, and the longest call of all.
 *
 * @author Emoncms add-on contributors - Initial contribution
 */
@NonNullByDefault
public final class StartProbe {

    private static final ThingUID BRIDGE = new ThingUID(EmoncmsBindingConstants.THING_TYPE_SERVER, "home");
    /** As many as load all classes. */
    private static final int FIRST_FEEDS = 20;
    private static final double NANOS = 1e9;

    private StartProbe() {
    }

    /**
     * @param arguments URL and key of the server, local directory, tag and number of the feeds
     */
    public static void main(String... arguments) throws Exception {
        int count = Integer.parseInt(arguments[4]);
        double before = cpuSeconds();
        HttpClient client = Clients.of(Target.of(arguments[0], arguments[1]));
        HttpClients.start(client);
        HandlerPool first = pool(client, arguments, arguments[2] + "/first", FIRST_FEEDS);
        first.dispose();
        HandlerPool pool = pool(client, arguments, arguments[2], count);
        double initialized = cpuSeconds() - before;
        pool.awaitOnline();
        double online = cpuSeconds() - before;
        pool.dispose();
        Samples initialize = pool.initializeMillis();
        try (PrintStream out = new PrintStream(new FileOutputStream(FileDescriptor.out), true,
                StandardCharsets.UTF_8)) {
            out.println(Stream.of(initialized, online, first.initializeMillis().max(), initialize.median(),
                    (double) initialize.countAbove(1), pool.feedCpuMillis().max(), pool.bridgeCpuMillis().max(),
                    pool.callMillis().max()).map(String::valueOf).collect(Collectors.joining(" ")));
        }
        System.exit(0);
    }

    /** With a bridge and its feeds, all of them initialised. */
    private static HandlerPool pool(HttpClient client, String[] arguments, String directory, int count)
            throws InterruptedException {
        Bridge bridge = BridgeBuilder.create(EmoncmsBindingConstants.THING_TYPE_SERVER, BRIDGE).withConfiguration(
                new Configuration(Map.of("url", arguments[0], "apikey", arguments[1], "localDirectory", directory)))
                .build();
        List<Thing> feeds = IntStream.range(0, count).mapToObj(feed -> feed(arguments[3], feed)).toList();
        HandlerPool pool = new HandlerPool(bridge, feeds);
        pool.initializeBridge(new EmoncmsServerHandler(bridge, client, Clock.systemUTC()));
        pool.initializeFeeds(EmoncmsFeedHandler::new);
        return pool;
    }

    private static double cpuSeconds() {
        return ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean()).getProcessCpuTime() / NANOS;
    }

    private static Thing feed(String tag, int feed) {
        return ThingBuilder
                .create(EmoncmsBindingConstants.THING_TYPE_FEED,
                        new ThingUID(EmoncmsBindingConstants.THING_TYPE_FEED, BRIDGE, LocalFeeds.name(feed)))
                .withBridge(BRIDGE)
                .withConfiguration(new Configuration(Map.of("tag", tag, "name", LocalFeeds.name(feed)))).build();
    }
}
