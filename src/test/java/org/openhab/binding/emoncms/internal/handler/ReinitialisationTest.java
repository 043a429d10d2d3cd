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
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;

import org.eclipse.jdt.annotation.NonNullByDefault;
import org.eclipse.jetty.client.AbstractConnectionPool;
import org.eclipse.jetty.client.HttpDestination;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.openhab.binding.emoncms.simulated.Account;
import org.openhab.core.thing.ThingStatus;
import org.openhab.core.thing.ThingStatusDetail;

import com.sun.management.UnixOperatingSystemMXBean;

/**
 * Things that are configured, removed, disabled and enabled while openHAB runs: each time they work as they are
 * configured, and nothing of before is left.
 *
 * @author Emoncms add-on contributors - Initial contribution
 */
@NonNullByDefault
@Timeout(120)
class ReinitialisationTest {

    private static final int TIMES = 1000;
    private static final int ONLINE_EACH = 50;
    /** Of the server and the virtual machine, which open and close what they like. */
    private static final int OTHERS = 12;

    private final ThingsFixture things;

    ReinitialisationTest(@TempDir Path directory) {
        things = new ThingsFixture(directory);
    }

    @AfterEach
    void close() throws Exception {
        things.close();
    }

    private static long workers() {
        return Thread.getAllStackTraces().keySet().stream().filter(thread -> thread.getName().startsWith("OH-binding-"))
                .count();
    }

    private long connections() {
        return things.client.getDestinations().stream().map(HttpDestination.class::cast)
                .map(destination -> (AbstractConnectionPool) destination.getConnectionPool())
                .mapToLong(AbstractConnectionPool::getConnectionCount).sum();
    }

    private static long openFiles() {
        assumeTrue(ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean,
                "this system does not count open files");
        return ((UnixOperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean()).getOpenFileDescriptorCount();
    }

    @Test
    void aThousandTimesLeaveNoThreadConnectionOrFile() throws Exception {
        things.addLocalFeed("power", 1000);
        things.addRemoteFeed("wind", 1000);
        EmoncmsServerHandler server = things.addOnlineBridge();
        EmoncmsFeedHandler power = things.addFeedThing("power", "house", "power");
        EmoncmsFeedHandler wind = things.addFeedThing("wind", "house", "wind");
        things.awaitState(power, "sync-state", "same");
        long filesBefore = openFiles();
        Random random = new Random(1);
        for (int i = 0; i < TIMES; i++) {
            power.dispose();
            server.dispose();
            server.initialize();
            power.initialize();
            wind.download();
            server.requests().uploadNow();
            if (i % ONLINE_EACH == 0) {
                things.awaitStatus(server, ThingStatus.ONLINE);
                things.awaitState(wind, "sync-state", "same");
            } else {
                Thread.sleep(random.nextInt(8));
            }
        }
        await().atMost(Duration.ofSeconds(20)).until(ReinitialisationTest::workers, count -> count <= 3);
        power.dispose();
        wind.dispose();
        server.dispose();

        await().atMost(Duration.ofSeconds(20)).until(ReinitialisationTest::workers, count -> count == 0);
        await().atMost(Duration.ofSeconds(20)).until(this::connections, count -> count == 0);
        await().atMost(Duration.ofSeconds(20)).until(ReinitialisationTest::openFiles,
                count -> count <= filesBefore + OTHERS);
        try (var files = Files.walk(things.localDirectory)) {
            assertThat(files.filter(Files::isRegularFile).map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrder("feeds.json", "1.dat", "1.meta", "1.name.json", "2.dat", "2.meta",
                            "2.name.json");
        }
        assertThat(things.emoncms.feeds(things.account)).hasSize(2);
    }

    @Test
    void anotherAccountCountsAtOnce() throws Exception {
        things.addLocalFeed("power", 1000);
        EmoncmsServerHandler server = things.addOnlineBridge();
        EmoncmsFeedHandler power = things.addFeedThing("power", "house", "power");
        things.awaitState(power, "sync-state", "same");
        Account other = things.emoncms.addAccount("other", "password");
        server.handleConfigurationUpdate(Map.of("apikey", other.writeKey()));

        await().until(() -> things.emoncms.feeds(other).size(), count -> count == 1);
        things.awaitState(power, "sync-state", "same");
    }

    @Test
    void otherPatternsCountAtOnce() throws Exception {
        things.addLocalFeed("power", 100);
        things.addLocalFeed("solar", 100);
        EmoncmsServerHandler server = things.addOnlineBridge();
        server.handleConfigurationUpdate(Map.of("uploadPatterns", List.of("*:solar")));
        await().until(() -> things.emoncms.feeds(things.account).size(), count -> count == 1);
        things.awaitState(server, "feeds", "1");
        server.handleConfigurationUpdate(Map.of("uploadPatterns", List.of("*")));

        things.awaitState(server, "feeds-in-sync", "2");
    }

    @Test
    void anotherDirectoryCountsAtOnce() throws Exception {
        things.addLocalFeed("power", 100);
        EmoncmsServerHandler server = things.addOnlineBridge();
        EmoncmsFeedHandler power = things.addFeedThing("power", "house", "power");
        things.awaitState(power, "sync-state", "same");
        Path other = Files.createDirectories(things.localDirectory.resolveSibling("other"));
        server.handleConfigurationUpdate(Map.of("localDirectory", other.toString()));

        things.awaitState(power, "sync-state", "remote-only");
    }

    @Test
    void aWrongPatternIsAConfigurationErrorUntilItIsCorrected() throws Exception {
        EmoncmsServerHandler server = things.addOnlineBridge();
        server.handleConfigurationUpdate(Map.of("uploadPatterns", List.of("power")));
        assertThat(things.awaitOffline(server).getStatusDetail()).isEqualTo(ThingStatusDetail.CONFIGURATION_ERROR);
        assertThat(server.getThing().getStatusInfo().getDescription())
                .isEqualTo("@text/problem.pattern-invalid [\"power\"]");
        server.handleConfigurationUpdate(Map.of("uploadPatterns", "house:power"));

        things.awaitStatus(server, ThingStatus.ONLINE);
    }
}
