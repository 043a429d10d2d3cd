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

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

import org.eclipse.jdt.annotation.NonNullByDefault;
import org.eclipse.jdt.annotation.Nullable;
import org.openhab.binding.emoncms.internal.feed.Engine;
import org.openhab.binding.emoncms.internal.feed.FeedIdentity;
import org.openhab.binding.emoncms.internal.feed.FixedIntervalMeta;
import org.openhab.binding.emoncms.simulated.Account;
import org.openhab.binding.emoncms.simulated.SimulatedEmoncms;
import org.openhab.binding.emoncms.simulated.SimulatedFeed;

/**
 * The feeds of an account on the server, and what others do with them.
 *
 * @author Emoncms add-on contributors - Initial contribution
 */
@NonNullByDefault
final class RemoteHome {

    private final SimulatedEmoncms emoncms;
    private final Path directory;
    private final Account account;
    private final Clock clock;

    /**
     * @param directory of the server's data
     * @param clock that is right
     */
    RemoteHome(SimulatedEmoncms emoncms, Path directory, Account account, Clock clock) {
        this.emoncms = emoncms;
        this.directory = directory;
        this.account = account;
        this.clock = clock;
    }

    private Optional<Integer> id(int feed) {
        FeedIdentity identity = LocalHome.identity(feed);
        return emoncms.feedId(account, identity.tag(), identity.name());
    }

    /** By their numbers. */
    Map<Integer, FeedSide> feeds() throws IOException {
        Map<Integer, FeedSide> feeds = new TreeMap<>();
        for (SimulatedFeed feed : emoncms.feeds(account)) {
            int number = feed.name().charAt(feed.name().length() - 1) - '0';
            feeds.put(number, FeedSide.read(directory, feed.id(), Engine.ofId(feed.engine()).orElseThrow()));
        }
        return feeds;
    }

    @Nullable
    FeedSide feed(int feed) throws IOException {
        return feeds().get(feed);
    }

    void clear(int feed) {
        id(feed).ifPresent(emoncms::clearFeed);
    }

    void delete(int feed) {
        id(feed).ifPresent(emoncms::deleteFeed);
    }

    void deleteAll() {
        emoncms.feeds(account).forEach(feed -> emoncms.deleteFeed(feed.id()));
    }

    void create(int feed, FeedKind kind) {
        FeedIdentity identity = LocalHome.identity(feed);
        emoncms.addFeed(account, identity.tag(), identity.name(), kind.engine.id(), kind.intervalSeconds, "W");
    }

    /** Another client appends points that are its own. */
    void append(int feed, int points) throws IOException {
        FeedSide side = feed(feed);
        if (side == null) {
            return;
        }
        long now = clock.instant().getEpochSecond();
        long step = side.engine() == Engine.PHPFINA ? side.interval() : 1;
        long start = now / step * step - points * step;
        if (side.isEmpty() && side.engine() == Engine.PHPFINA) {
            Files.write(FeedSide.meta(directory, side.id()),
                    new FixedIntervalMeta(start, side.interval()).toBuffer().array());
        }
        long next = side.isEmpty() ? start : side.time(side.npoints() - 1) + step;
        for (int i = 0; i < points; i++) {
            long time = next + i * step;
            append(side, FeedSide.point(side.engine(), time, Values.foreign(feed, time)).array());
        }
    }

    /** Another client appends the very points that the local feed has. */
    void appendFrom(FeedSide local, int feed, int points) throws IOException {
        FeedSide side = feed(feed);
        if (side == null || side.engine() != local.engine() || !side.isEmpty() && !side.fits(local)) {
            return;
        }
        int pointBytes = side.engine().pointBytes();
        int from = (int) side.npoints() * pointBytes;
        int to = (int) Math.min(side.npoints() + points, local.npoints()) * pointBytes;
        if (from >= to) {
            return;
        }
        if (side.isEmpty() && side.engine() == Engine.PHPFINA) {
            Files.write(FeedSide.meta(directory, side.id()),
                    new FixedIntervalMeta(local.startTime(), local.interval()).toBuffer().array());
        }
        append(side, Arrays.copyOfRange(local.points(), from, to));
    }

    private void append(FeedSide side, byte[] points) throws IOException {
        Files.write(FeedSide.data(directory, side.id(), side.engine()), points, StandardOpenOption.APPEND);
    }
}
