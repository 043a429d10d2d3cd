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
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;

import org.eclipse.jdt.annotation.NonNullByDefault;
import org.openhab.binding.emoncms.internal.feed.ListedFeed;
import org.openhab.binding.emoncms.internal.feed.Outside;
import org.openhab.binding.emoncms.internal.feed.ProblemException;
import org.openhab.binding.emoncms.internal.store.directory.DirectoryFeedStore;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Jimfs;

/**
 * Whatever another program has left in the files of feeds.
 *
 * @author Emoncms add-on contributors - Initial contribution
 */
@NonNullByDefault
class LocalFilesFuzzTest {

    private static final Clock CLOCK = Clock.fixed(Instant.ofEpochSecond(1_750_000_000L), ZoneOffset.UTC);
    private static final String CATALOGUE = """
            {"feeds": [{"id": 1, "tag": "house", "name": "power", "engine": 5},
                       {"id": 2, "tag": "house", "name": "energy", "engine": 2}]}""";
    private static final int META_BYTES = 16;

    /** The first byte says how long the meta file is; it and the data file follow. The data are those of both feeds. */
    @FuzzTest
    void aFeedIsReadOrSaidToBeDamaged(byte[] bytes) throws IOException {
        int metaEnd = bytes.length == 0 ? 0 : Math.min(bytes.length, 1 + Math.floorMod(bytes[0], META_BYTES + 2));
        int metaStart = Math.min(1, metaEnd);
        byte[] data = Arrays.copyOfRange(bytes, metaEnd, bytes.length);
        try (FileSystem disk = Jimfs.newFileSystem(Configuration.unix())) {
            Path directory = Files.createDirectories(disk.getPath("/emoncms"));
            Files.writeString(directory.resolve("feeds.json"), CATALOGUE);
            Path fina = Files.createDirectories(directory.resolve("phpfina"));
            Files.write(fina.resolve("1.meta"), Arrays.copyOfRange(bytes, metaStart, metaEnd));
            Files.write(fina.resolve("1.dat"), data);
            Files.write(Files.createDirectories(directory.resolve("phptimeseries")).resolve("feed_2.MYD"), data);

            Outside.isTakenOrRefused(() -> read(new DirectoryFeedStore(directory, CLOCK)));
        }
    }

    private static void read(DirectoryFeedStore store) throws ProblemException, InterruptedException {
        LocalFeedReader reader = new LocalFeedReader(store, CLOCK,
                new Settling(Duration.ofSeconds(10), Duration.ofMinutes(10)));
        for (ListedFeed listed : store.list()) {
            if (listed instanceof ListedFeed.Usable feed) {
                assertThat(reader.read(feed).settledPoints()).isBetween(0L, feed.meta().npoints());
                assertThat(reader.glance(feed).settledPoints()).isBetween(0L, feed.meta().npoints());
            } else if (listed instanceof ListedFeed.Unusable unusable) {
                Outside.assertClean(unusable.problem());
            }
        }
    }
}
