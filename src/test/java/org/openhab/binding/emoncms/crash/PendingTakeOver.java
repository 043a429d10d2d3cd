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
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.eclipse.jdt.annotation.NonNullByDefault;
import org.openhab.binding.emoncms.internal.feed.FeedIdentity;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;

/**
 * A take-over that a crash has interrupted, as its plan tells.
 *
 * @param localId of the feed that gets the points
 * @param npoints of that feed afterwards
 *
 * @author Emoncms add-on contributors - Initial contribution
 */
@NonNullByDefault
record PendingTakeOver(FeedIdentity feed, int localId, long npoints) {

    private static final Pattern PLAN = Pattern.compile("download-.*\\.json");

    /** Of the plans in a directory; each has to be whole, whatever it says. */
    static List<PendingTakeOver> in(Path directory) throws IOException {
        if (!Files.isDirectory(directory)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(file -> PLAN.matcher(file.getFileName().toString()).matches())
                    .flatMap(file -> read(file).stream()).toList();
        }
    }

    private static Optional<PendingTakeOver> read(Path file) {
        try {
            JsonObject plan = JsonParser.parseString(Files.readString(file)).getAsJsonObject();
            return plan.get("whole").getAsBoolean() ? Optional.of(
                    new PendingTakeOver(new FeedIdentity(plan.get("tag").getAsString(), plan.get("name").getAsString()),
                            plan.get("localId").getAsInt(),
                            plan.get("firstPoint").getAsLong() + plan.get("npoints").getAsLong()))
                    : Optional.empty();
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException | RuntimeException e) {
            throw new AssertionError("Neither an old nor a new plan: " + file, e);
        }
    }
}
