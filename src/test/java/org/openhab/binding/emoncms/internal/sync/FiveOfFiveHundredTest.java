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
package org.openhab.binding.emoncms.internal.sync;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;

import org.eclipse.jdt.annotation.NonNullByDefault;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openhab.binding.emoncms.internal.feed.FeedIdentity;
import org.openhab.binding.emoncms.internal.feed.FixedIntervalMeta;
import org.openhab.binding.emoncms.internal.feed.ProblemKind;
import org.openhab.binding.emoncms.simulated.Account;
import org.openhab.binding.emoncms.simulated.Outcome;
import org.openhab.binding.emoncms.simulated.Reply;
import org.openhab.binding.emoncms.simulated.SimulatedEmoncms;

/**
 * Five feeds of a batch of five hundred to which something has happened on the server.
 *
 * @author Emoncms add-on contributors - Initial contribution
 */
@NonNullByDefault
class FiveOfFiveHundredTest {

    private static final int FEEDS = 500;
    private static final int DELETED = 17;
    private static final int CLEARED = 111;
    private static final int RECREATED = 222;
    private static final int AHEAD = 333;
    private static final int FOREIGN = 444;

    private final TwoSidesFixture sides;

    FiveOfFiveHundredTest(@TempDir Path directory) {
        sides = new TwoSidesFixture(directory, 1 << 20);
    }

    @AfterEach
    void close() throws Exception {
        sides.close();
    }

    private FeedIdentity[] others(FeedIdentity[] feeds) {
        Set<FeedIdentity> five = Set.of(feeds[DELETED], feeds[CLEARED], feeds[RECREATED], feeds[AHEAD], feeds[FOREIGN]);
        return Arrays.stream(feeds).filter(feed -> !five.contains(feed)).toArray(FeedIdentity[]::new);
    }

    private void recreate(FeedIdentity feed) throws IOException {
        sides.emoncms.deleteFeed(sides.remoteId(feed));
        int id = sides.emoncms.addFeed(sides.account, feed.tag(), feed.name(), SimulatedEmoncms.PHPFINA, 20, "W");
        Files.write(sides.emoncms.metaFile(id), new FixedIntervalMeta(TwoSidesFixture.START, 20).toBuffer().array());
        Files.write(sides.emoncms.dataFile(id), new byte[8]);
    }

    @Test
    void changedBetweenTwoCyclesHoldBackNoOther() throws Exception {
        FeedIdentity[] feeds = sides.grownFeeds(FEEDS);
        Account other = sides.emoncms.addAccount("somebody", "else");
        sides.emoncms.deleteFeed(sides.remoteId(feeds[DELETED]));
        sides.emoncms.clearFeed(sides.remoteId(feeds[CLEARED]));
        recreate(feeds[RECREATED]);
        sides.appendRemote(feeds[AHEAD], 400 + FEEDS);
        sides.emoncms.deleteFeed(sides.remoteId(feeds[FOREIGN]));
        sides.emoncms.addFeed(other, feeds[FOREIGN].tag(), feeds[FOREIGN].name(), SimulatedEmoncms.PHPFINA, 10, "W");
        sides.nextInterval();

        sides.assertSame(others(feeds));
        sides.assertSame(feeds[DELETED], feeds[CLEARED], feeds[FOREIGN]);
        assertThat(sides.problem(feeds[RECREATED])).isEqualTo(ProblemKind.DIFFERENT_INTERVAL);
        assertThat(sides.state(feeds[RECREATED])).isEqualTo(SyncState.DIFFERENT_INTERVAL);
        assertThat(sides.state(feeds[AHEAD])).isEqualTo(SyncState.REMOTE_AHEAD);
    }

    @Test
    void changedBetweenTheListAndTheBatchHoldBackNoOther() throws Exception {
        FeedIdentity[] feeds = sides.grownFeeds(FEEDS);
        int foreign = sides.remoteId(feeds[FOREIGN]);
        AtomicBoolean isChanged = new AtomicBoolean();
        sides.emoncms.fault(request -> {
            if (request.isFor("/feed/sync") && isChanged.compareAndSet(false, true)) {
                change(feeds);
            }
            return TwoSidesFixture.syncWith(Set.of(foreign)).test(request)
                    ? Outcome.answer(Reply
                            .json("{\"success\":false,\"message\":\"Invalid feedid or access u=1 f=" + foreign + "\"}"))
                    : Outcome.pass();
        });
        sides.nextInterval();

        sides.assertSame(others(feeds));
        sides.assertSame(feeds[DELETED], feeds[CLEARED]);
        assertThat(sides.state(feeds[RECREATED])).isEqualTo(SyncState.DIFFERENT_INTERVAL);
        assertThat(sides.state(feeds[AHEAD])).isEqualTo(SyncState.REMOTE_AHEAD);
        assertThat(sides.state(feeds[FOREIGN])).isEqualTo(SyncState.PARKED);
        assertThat(
                Objects.requireNonNull(Objects.requireNonNull(sides.feeds.get(feeds[FOREIGN])).problem()).arguments())
                .asString().contains("Invalid feedid or access");
    }

    private void change(FeedIdentity[] feeds) {
        try {
            sides.emoncms.deleteFeed(sides.remoteId(feeds[DELETED]));
            recreate(feeds[RECREATED]);
            sides.appendRemote(feeds[AHEAD], 400 + FEEDS);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
