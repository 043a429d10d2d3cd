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

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

import org.eclipse.jdt.annotation.NonNullByDefault;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openhab.binding.emoncms.simulated.Fault;
import org.openhab.binding.emoncms.simulated.Outcome;
import org.openhab.core.library.types.DateTimeType;
import org.openhab.core.library.types.OnOffType;
import org.openhab.core.thing.ThingStatus;
import org.openhab.core.types.UnDefType;

/**
 * Comparing all points by the channels of the things.
 *
 * @author Emoncms add-on contributors - Initial contribution
 */
@NonNullByDefault
class VerifyCommandsTest {

    private final ThingsFixture things;
    private final EmoncmsServerHandler server;

    VerifyCommandsTest(@TempDir Path directory) throws Exception {
        things = new ThingsFixture(directory);
        things.addLocalFeed("power", 1000);
        server = things.addOnlineBridge();
    }

    @AfterEach
    void close() throws Exception {
        things.close();
    }

    private EmoncmsFeedHandler addSameFeed() throws Exception {
        EmoncmsFeedHandler feed = things.addFeedThing("power", "house", "power");
        things.awaitState(feed, "sync-state", "same");
        return feed;
    }

    private void damageRemote() throws Exception {
        Path data = things.emoncms.dataFile(things.emoncms.feedId(things.account, "house", "power").orElseThrow());
        byte[] points = Files.readAllBytes(data);
        points[400] ^= 1;
        Files.write(data, points);
    }

    @Test
    void theVerifyChannelIsOnUntilTheFeedIsVerified() throws Exception {
        EmoncmsFeedHandler feed = addSameFeed();
        things.emoncms.fault(Fault.next(1, Fault.route("/feed/sha256sum"), Outcome.delay(Duration.ofSeconds(1))));
        things.command(feed, "verify", OnOffType.ON);
        assertThat(things.state(feed, "verify")).isEqualTo(OnOffType.ON);
        things.awaitState(feed, "sync-state", "verifying");

        things.awaitEvent("power VERIFIED");
        things.awaitState(feed, "verify", "OFF");
        assertThat(things.state(feed, "verified")).isInstanceOf(DateTimeType.class);
        assertThat(things.state(feed, "first-difference")).isEqualTo(UnDefType.UNDEF);
        assertThat(things.state(feed, "sync-state")).hasToString("same");
    }

    @Test
    void aDifferenceIsShownWithItsTimeAndTheWayOut() throws Exception {
        EmoncmsFeedHandler feed = addSameFeed();
        damageRemote();
        things.command(feed, "verify", OnOffType.ON);

        things.awaitEvent("power DIVERGED");
        things.awaitState(feed, "sync-state", "diverged");
        assertThat(things.state(feed, "verified")).isEqualTo(UnDefType.UNDEF);
        assertThat(things.state(feed, "first-difference")).isInstanceOf(DateTimeType.class);
        assertThat(feed.getThing().getStatusInfo().getStatus()).isEqualTo(ThingStatus.OFFLINE);
        assertThat(feed.getThing().getStatusInfo().getDescription())
                .startsWith("@text/problem.diverged [\"house:power\"");
    }

    @Test
    void theBridgeVerifiesAllOnCommand() throws Exception {
        addSameFeed();
        things.command(server, "verify-all", OnOffType.ON);

        things.awaitEvent("power VERIFIED");
        assertThat(things.state(server, "verify-all")).isEqualTo(OnOffType.OFF);
    }

    @Test
    void nothingIsChangedOnTheServerWhilePaused() throws Exception {
        EmoncmsFeedHandler feed = addSameFeed();
        things.command(server, "paused", OnOffType.ON);

        assertThat(feed.job((requests, identity) -> requests.repair(identity, false))).isCompletedExceptionally();
        assertThat(feed.job((requests, identity) -> requests.recreateRemote(identity, false)))
                .isCompletedExceptionally();
    }
}
