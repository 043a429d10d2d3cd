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
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

import org.eclipse.jdt.annotation.NonNullByDefault;
import org.eclipse.jdt.annotation.Nullable;

/**
 * The directory for all that a run writes.
 *
 * @author Emoncms add-on contributors - Initial contribution
 */
@NonNullByDefault
final class Workspace implements AutoCloseable {

    private final Path directory;
    private final Path temporary;

    private Workspace(Path directory, Path temporary) {
        this.directory = directory;
        this.temporary = temporary;
    }

    /**
     * @param kept a new or empty directory; null for a temporary one
     */
    static Workspace open(@Nullable Path kept) throws IOException, UsageException {
        if (kept != null) {
            requireEmpty(kept);
        }
        Path temporary = Files.createTempDirectory("emoncms-host");
        return new Workspace(kept == null ? temporary : Files.createDirectories(kept), temporary);
    }

    private static void requireEmpty(Path directory) throws IOException, UsageException {
        if (!Files.exists(directory)) {
            return;
        }
        if (!Files.isDirectory(directory)) {
            throw new UsageException(directory + " is no directory");
        }
        try (DirectoryStream<Path> files = Files.newDirectoryStream(directory)) {
            if (files.iterator().hasNext()) {
                throw new UsageException(directory + " is not empty: name a new directory");
            }
        }
    }

    Path bundleCache() {
        return temporary.resolve("bundles");
    }

    Path localStore() {
        return directory.resolve("local");
    }

    Path simulatedServer() {
        return directory.resolve("server");
    }

    /** What openHAB keeps for its add-ons. */
    Path userData() {
        return directory.resolve("userdata");
    }

    Path thingsFile() {
        return directory.resolve("things.yaml");
    }

    @Override
    public void close() throws IOException {
        List<Path> files;
        try (Stream<Path> found = Files.walk(temporary)) {
            files = found.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path file : files) {
            Files.deleteIfExists(file);
        }
    }
}
