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
package org.openhab.binding.emoncms.internal.store;

import java.io.IOException;
import java.io.StringWriter;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.LongStream;

import org.eclipse.jdt.annotation.NonNullByDefault;
import org.openhab.binding.emoncms.internal.feed.Engine;
import org.openhab.binding.emoncms.internal.feed.FeedIdentity;
import org.openhab.binding.emoncms.internal.feed.LittleEndian;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import com.google.gson.stream.JsonWriter;

/**
 * The file beside the points of a download that says what they are:
 *
 * <pre>
 * {"tag": "house", "name": "power", "engine": 5, "unit": "W", "startTime": 1750000000, "interval": 10,
 *  "firstPoint": 0, "localId": 7, "npoints": 5000, "whole": true}
 * </pre>
 *
 * {@code localId} is left out of a feed that has none.
 *
 * @param npoints so many are in the other file for sure, also after a power failure
 * @param isWhole whether all points are there and the store has begun to take them over
 *
 * @author Emoncms add-on contributors - Initial contribution
 */
@NonNullByDefault
record DownloadPlanFile(DownloadPlan plan, long npoints, boolean isWhole) {

    /** Empty if there is no such file, or none that this class has written. */
    static Optional<DownloadPlanFile> read(Path file) throws IOException {
        try {
            JsonElement json = JsonParser.parseString(Files.readString(file));
            return json.isJsonObject() ? Optional.of(read(json.getAsJsonObject())) : Optional.empty();
        } catch (NoSuchFileException | CharacterCodingException e) {
            return Optional.empty();
        } catch (JsonParseException | IllegalStateException | UnsupportedOperationException | NumberFormatException e) {
            return Optional.empty();
        }
    }

    private static DownloadPlanFile read(JsonObject json) {
        Engine engine = Engine.ofId(member(json, "engine").getAsInt())
                .orElseThrow(() -> new IllegalStateException("no such engine"));
        DownloadPlan plan = new DownloadPlan(
                new FeedIdentity(member(json, "tag").getAsString(), member(json, "name").getAsString()), engine,
                member(json, "unit").getAsString(), member(json, "startTime").getAsLong(),
                member(json, "interval").getAsLong(), member(json, "firstPoint").getAsLong(),
                json.has("localId") ? OptionalInt.of(member(json, "localId").getAsInt()) : OptionalInt.empty());
        DownloadPlanFile file = new DownloadPlanFile(plan, member(json, "npoints").getAsLong(),
                member(json, "whole").getAsBoolean());
        if (!file.isPossible()) {
            throw new IllegalStateException("no such plan");
        }
        return file;
    }

    private boolean isPossible() {
        boolean hasNumbers = LongStream.of(plan.startTime(), plan.intervalSeconds(), plan.firstPoint(), npoints)
                .allMatch(number -> number >= 0 && number <= LittleEndian.MAX_UNSIGNED);
        boolean hasId = plan.isNew() ? !isWhole : plan.localId().getAsInt() > 0;
        return hasNumbers && hasId;
    }

    private static JsonElement member(JsonObject json, String name) {
        JsonElement member = json.get(name);
        if (member == null || !member.isJsonPrimitive()) {
            throw new IllegalStateException("no " + name);
        }
        return member;
    }

    void write(Path file) throws IOException {
        StringWriter text = new StringWriter();
        try (JsonWriter json = new JsonWriter(text)) {
            json.beginObject();
            json.name("tag").value(plan.identity().tag());
            json.name("name").value(plan.identity().name());
            json.name("engine").value(plan.engine().id());
            json.name("unit").value(plan.unit());
            json.name("startTime").value(plan.startTime());
            json.name("interval").value(plan.intervalSeconds());
            json.name("firstPoint").value(plan.firstPoint());
            if (!plan.isNew()) {
                json.name("localId").value(plan.localId().getAsInt());
            }
            json.name("npoints").value(npoints);
            json.name("whole").value(isWhole);
            json.endObject();
        }
        DurableFile.write(file, StandardCharsets.UTF_8.encode(text.toString()));
    }
}
