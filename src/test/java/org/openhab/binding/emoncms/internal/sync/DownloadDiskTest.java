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
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;

import org.eclipse.jdt.annotation.NonNullByDefault;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.openhab.binding.emoncms.internal.feed.FeedIdentity;
import org.openhab.binding.emoncms.internal.feed.ProblemKind;
import org.openhab.binding.emoncms.simulated.Outcome;

import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Jimfs;

/**
 * A download onto a disk that has no room, or may not be written.
 *
 * @author Emoncms add-on contributors - Initial contribution
 */
@NonNullByDefault
@Timeout(60)
class DownloadDiskTest {

    private static final int MEBIBYTE = 1 << 20;
    private static final int POINTS_OF_A_MEBIBYTE = MEBIBYTE / 4;

    private final Path directory;

    DownloadDiskTest(@TempDir Path directory) {
        this.directory = directory;
    }

    private static FileSystem disk(int mebibytes) {
        return Jimfs.newFileSystem(
                Configuration.unix().toBuilder().setMaxSize((long) mebibytes * MEBIBYTE).setMaxCacheSize(0).build());
    }

    private TwoSidesFixture sides(Path local) throws Exception {
        TwoSidesFixture sides = new TwoSidesFixture(directory, local, 64 << 10);
        sides.clock.advance(Duration.ofDays(365));
        sides.local.list();
        return sides;
    }

    private static Map<String, ByteBuffer> files(Path directory) throws IOException {
        Map<String, ByteBuffer> files = new TreeMap<>();
        try (Stream<Path> found = Files.walk(directory)) {
            for (Path file : found.filter(Files::isRegularFile).toList()) {
                files.put(file.getFileName().toString(), ByteBuffer.wrap(Files.readAllBytes(file)));
            }
        }
        return files;
    }

    @Test
    void aFeedThatDoesNotFitIsNotBegun() throws Exception {
        try (FileSystem disk = disk(20)) {
            TwoSidesFixture sides = sides(disk.getPath("/local"));
            FeedIdentity power = sides.remoteFina("power", 5 * POINTS_OF_A_MEBIBYTE);
            sides.watch(power);
            sides.start();
            sides.emoncms.clearRequests();
            sides.download(power);

            assertThat(sides.problem(power)).isEqualTo(ProblemKind.DISK_FULL);
            assertThat(sides.requests()).doesNotContain("/feed/export.json");
            assertThat(files(sides.localDirectory)).isEmpty();
            assertThat(sides.events).contains("power FAILED");
            sides.close();
        }
    }

    @Test
    void aDiskThatFillsUpDuringTheDownloadKeepsTheLocalFeedAsItWas() throws Exception {
        try (FileSystem disk = disk(30)) {
            TwoSidesFixture sides = sides(disk.getPath("/local"));
            FeedIdentity power = sides.fina("power", 1000);
            sides.watch(power);
            sides.start();
            sides.appendRemote(power, POINTS_OF_A_MEBIBYTE);
            Map<String, ByteBuffer> before = files(sides.localDirectory);
            fillOnce(sides, disk, "/feed/export");
            sides.download(power);

            assertThat(sides.problem(power)).isEqualTo(ProblemKind.WRITE_FAILED);
            Files.delete(disk.getPath("/filling"));
            assertThat(files(sides.localDirectory)).isEqualTo(before);
            sides.download(power);
            sides.assertSame(power);
            sides.close();
        }
    }

    @Test
    void aDiskThatFillsUpDuringTheTakeOverKeepsTheLocalFeedAsItWas() throws Exception {
        try (FileSystem disk = disk(30)) {
            TwoSidesFixture sides = sides(disk.getPath("/local"));
            FeedIdentity power = sides.fina("power", 1000);
            sides.watch(power);
            sides.start();
            sides.appendRemote(power, POINTS_OF_A_MEBIBYTE);
            Map<String, ByteBuffer> before = files(sides.localDirectory);
            fillOnce(sides, disk, "/feed/getmeta");
            sides.download(power);

            assertThat(sides.problem(power)).isEqualTo(ProblemKind.WRITE_FAILED);
            Files.delete(disk.getPath("/filling"));
            assertThat(files(sides.localDirectory)).isEqualTo(before);
            sides.download(power);
            sides.assertSame(power);
            sides.close();
        }
    }

    /** Leaves half a MiB free when the server is asked for this the first time. */
    private static void fillOnce(TwoSidesFixture sides, FileSystem disk, String route) {
        AtomicBoolean isFilled = new AtomicBoolean();
        sides.emoncms.fault(request -> {
            if (request.isFor(route) && !isFilled.getAndSet(true)) {
                fill(disk);
            }
            return Outcome.pass();
        });
    }

    private static void fill(FileSystem disk) {
        try {
            long free = Files.getFileStore(disk.getPath("/")).getUsableSpace();
            Files.write(disk.getPath("/filling"), new byte[(int) free - MEBIBYTE / 2]);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void aDirectoryThatMayNotBeWrittenIsNamed() throws Exception {
        TwoSidesFixture sides = sides(directory.resolve("local"));
        FeedIdentity power = sides.remoteFina("power", 100);
        sides.watch(power);
        sides.start();
        Files.setPosixFilePermissions(sides.localDirectory, PosixFilePermissions.fromString("r-xr-xr-x"));
        assumeFalse(Files.isWritable(sides.localDirectory), "root may write everywhere");
        sides.download(power);

        assertThat(sides.problem(power)).isEqualTo(ProblemKind.WRITE_FAILED);
        Files.setPosixFilePermissions(sides.localDirectory, PosixFilePermissions.fromString("rwxr-xr-x"));
        sides.close();
    }

    @Test
    void aPlaceThatCannotHoldFilesIsNamed() throws Exception {
        TwoSidesFixture sides = sides(directory.resolve("local"));
        FeedIdentity power = sides.remoteFina("power", 100);
        Files.createFile(sides.localDirectory.resolve("phpfina"));
        sides.watch(power);
        sides.start();
        sides.download(power);

        assertThat(sides.problem(power)).isEqualTo(ProblemKind.WRITE_FAILED);
        assertThat(sides.local.list()).isEmpty();
        sides.close();
    }
}
