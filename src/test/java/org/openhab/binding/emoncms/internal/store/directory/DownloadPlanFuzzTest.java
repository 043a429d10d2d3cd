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
import java.nio.ByteBuffer;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.OptionalInt;

import org.eclipse.jdt.annotation.NonNullByDefault;
import org.openhab.binding.emoncms.internal.feed.Engine;
import org.openhab.binding.emoncms.internal.feed.FeedIdentity;
import org.openhab.binding.emoncms.internal.feed.Outside;
import org.openhab.binding.emoncms.internal.feed.ProblemException;
import org.openhab.binding.emoncms.internal.store.DownloadPlan;
import org.openhab.binding.emoncms.internal.store.StagedDownload;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Jimfs;

/**
 * Whatever stands in the plan of a download that was interrupted.
 *
 * @author Emoncms add-on contributors - Initial contribution
 */
@NonNullByDefault
class DownloadPlanFuzzTest {

    private static final long START = 1_750_000_000L;
    private static final Clock CLOCK = Clock.fixed(Instant.ofEpochSecond(START + 1_000_000), ZoneOffset.UTC);
    private static final DownloadPlan PLAN = new DownloadPlan(new FeedIdentity("house", "power"), Engine.PHPFINA, "W",
            START, 10, 0, OptionalInt.empty());
    private static final int STAGED_POINTS = 5;

    @FuzzTest
    void theStoreIsUsableAndTheDownloadGoesOnOrBeginsAgain(byte[] plan) throws IOException {
        try (FileSystem disk = Jimfs.newFileSystem(Configuration.unix())) {
            Path directory = Files.createDirectories(disk.getPath("/emoncms"));
            Outside.isTakenOrRefused(() -> stage(DirectoryFeedStore.making(directory, CLOCK), STAGED_POINTS));
            Files.write(planFile(directory.resolve("phpfina")), plan);
            DirectoryFeedStore store = DirectoryFeedStore.making(directory, CLOCK);

            Outside.isTakenOrRefused(store::list);
            Outside.isTakenOrRefused(() -> assertThat(store.list()).hasSizeLessThanOrEqualTo(1));
            Outside.isTakenOrRefused(() -> stage(store, 1));
        }
    }

    private static void stage(DirectoryFeedStore store, int more) throws ProblemException, InterruptedException {
        try (StagedDownload staged = store.stage(PLAN, 100)) {
            long held = staged.npoints();
            assertThat(held).isBetween(0L, (long) STAGED_POINTS);

            staged.write(ByteBuffer.allocate(more * Engine.PHPFINA.pointBytes()));

            assertThat(staged.npoints()).isEqualTo(held + more);
        }
    }

    private static Path planFile(Path directory) throws IOException {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(directory, "*.json")) {
            return files.iterator().next();
        }
    }
}
