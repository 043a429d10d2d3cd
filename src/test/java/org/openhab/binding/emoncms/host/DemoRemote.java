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

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.util.Arrays;

import org.eclipse.jdt.annotation.NonNullByDefault;
import org.openhab.binding.emoncms.internal.feed.Engine;
import org.openhab.binding.emoncms.internal.feed.FixedIntervalMeta;
import org.openhab.binding.emoncms.internal.feed.ListedFeed;
import org.openhab.binding.emoncms.internal.feed.ProblemException;
import org.openhab.binding.emoncms.internal.store.directory.DirectoryFeedStore;
import org.openhab.binding.emoncms.simulated.Account;
import org.openhab.binding.emoncms.simulated.SimulatedEmoncms;

/**
 * What the made-up server has and the made-up local store lacks, as after a dead SD card: one feed as a whole, and the
 * last quarter of another.
 *
 * @author Emoncms add-on contributors - Initial contribution
 */
@NonNullByDefault
final class DemoRemote {

    private static final String AHEAD = "attic";
    private static final String ONLY = "old attic";
    /** The last one may still change, and the one before may have ended only now: neither would be downloaded yet. */
    private static final int YOUNG_POINTS = 2;

    private DemoRemote() {
    }

    static void fill(Path localStore, SimulatedEmoncms server, Account account)
            throws IOException, ProblemException, InterruptedException {
        for (ListedFeed listed : new DirectoryFeedStore(localStore, Clock.systemUTC()).list()) {
            if (listed instanceof ListedFeed.Usable feed && AHEAD.equals(feed.identity().name())) {
                Path points = localStore.resolve("phpfina/" + feed.id() + ".dat");
                copy(feed, points, feed.identity().name(), server, account);
                copy(feed, points, ONLY, server, account);
                try (FileChannel channel = FileChannel.open(points, StandardOpenOption.WRITE)) {
                    channel.truncate(feed.meta().npoints() * 3 / 4 * feed.engine().pointBytes());
                }
            }
        }
    }

    private static void copy(ListedFeed.Usable feed, Path points, String name, SimulatedEmoncms server, Account account)
            throws IOException {
        int id = server.addFeed(account, feed.identity().tag(), name, Engine.PHPFINA.id(),
                (int) feed.meta().intervalSeconds(), feed.unit());
        Files.write(server.metaFile(id),
                new FixedIntervalMeta(feed.meta().startTime(), feed.meta().intervalSeconds()).toBuffer().array());
        byte[] all = Files.readAllBytes(points);
        Files.write(server.dataFile(id), Arrays.copyOf(all, all.length - YOUNG_POINTS * feed.engine().pointBytes()));
    }
}
