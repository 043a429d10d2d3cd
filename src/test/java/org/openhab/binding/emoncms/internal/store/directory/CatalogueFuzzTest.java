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
package org.openhab.binding.emoncms.internal.store.directory;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;

import org.eclipse.jdt.annotation.NonNullByDefault;
import org.openhab.binding.emoncms.internal.feed.ListedFeed;
import org.openhab.binding.emoncms.internal.feed.Outside;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Jimfs;

/**
 * Whatever stands in the catalogue of a directory.
 *
 * @author Emoncms add-on contributors - Initial contribution
 */
@NonNullByDefault
class CatalogueFuzzTest {

    private static final Clock CLOCK = Clock.fixed(Instant.ofEpochSecond(1_750_000_000L), ZoneOffset.UTC);

    @FuzzTest
    void aCatalogueIsAListOrAProblem(byte[] catalogue) throws IOException {
        try (FileSystem disk = Jimfs.newFileSystem(Configuration.unix())) {
            Path directory = Files.createDirectories(disk.getPath("/emoncms"));
            Files.write(directory.resolve("feeds.json"), catalogue);
            list(new DirectoryFeedStore(directory, CLOCK));
            Files.delete(directory.resolve("feeds.json"));
            Path fina = Files.createDirectories(directory.resolve("phpfina"));
            Files.write(fina.resolve("1.dat"), new byte[0]);
            Files.write(fina.resolve("1.name.json"), catalogue);
            list(DirectoryFeedStore.making(directory, CLOCK));
        }
    }

    private static void list(DirectoryFeedStore store) {
        Outside.isTakenOrRefused(() -> assertThat(store.list()).allSatisfy(feed -> {
            assertThat(feed.id()).isPositive();
            if (feed instanceof ListedFeed.Unusable unusable) {
                Outside.assertClean(unusable.problem());
            }
        }));
    }
}
