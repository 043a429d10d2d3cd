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
package org.openhab.binding.emoncms.crash;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.concurrent.locks.LockSupport;

import org.eclipse.jdt.annotation.NonNullByDefault;
import org.eclipse.jdt.annotation.Nullable;
import org.openhab.binding.emoncms.internal.store.directory.FeedDirectories;

import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;

/**
 * Looks at the small files of a directory all the time while a process works there: whatever is seen from outside is
 * what a kill would leave at that moment.
 *
 * @author Emoncms add-on contributors - Initial contribution
 */
@NonNullByDefault
final class Onlooker implements AutoCloseable {

    private static final long NANOS_BETWEEN_LOOKS = 500_000;

    private final Path catalogue;
    private final FeedDirectories directories;
    private final Thread thread;
    private volatile boolean closed;
    private volatile @Nullable Throwable failure;
    private int feeds;

    Onlooker(Path directory) {
        catalogue = directory.resolve("feeds.json");
        directories = FeedDirectories.in(directory);
        thread = new Thread(this::look, "onlooker");
        thread.setDaemon(true);
        thread.start();
    }

    private void look() {
        try {
            while (!closed) {
                lookAtCatalogue();
                PendingTakeOver.in(directories.fixedInterval());
                lookAtCatalogue();
                PendingTakeOver.in(directories.timeSeries());
                LockSupport.parkNanos(NANOS_BETWEEN_LOOKS);
            }
        } catch (IOException | RuntimeException | AssertionError e) {
            failure = e;
        }
    }

    private void lookAtCatalogue() throws IOException {
        String text;
        try {
            text = Files.readString(catalogue);
        } catch (NoSuchFileException e) {
            if (feeds > 0) {
                throw new AssertionError("There is no catalogue for a while", e);
            }
            return;
        }
        try {
            int now = JsonParser.parseString(text).getAsJsonObject().getAsJsonArray("feeds").size();
            if (now < feeds) {
                throw new AssertionError("Feeds are not in the catalogue for a while: " + text);
            }
            feeds = now;
        } catch (JsonParseException | IllegalStateException e) {
            throw new AssertionError("The catalogue is neither old nor new for a while: " + text, e);
        }
    }

    /**
     * @throws AssertionError if something was not as it may be
     */
    void requireNothingSeen() throws InterruptedException {
        close();
        thread.join();
        Throwable seen = failure;
        if (seen != null) {
            throw new AssertionError("Seen from outside: " + seen.getMessage(), seen);
        }
    }

    @Override
    public void close() {
        closed = true;
    }
}
