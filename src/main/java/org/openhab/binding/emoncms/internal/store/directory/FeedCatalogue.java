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

import java.io.EOFException;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.channels.ClosedByInterruptException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;

import org.eclipse.jdt.annotation.NonNullByDefault;
import org.eclipse.jdt.annotation.Nullable;
import org.openhab.binding.emoncms.internal.feed.FeedIdentity;
import org.openhab.binding.emoncms.internal.feed.Problem;
import org.openhab.binding.emoncms.internal.feed.ProblemException;
import org.openhab.binding.emoncms.internal.feed.ProblemKind;
import org.openhab.binding.emoncms.internal.store.DurableFile;

import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import com.google.gson.stream.JsonWriter;
import com.google.gson.stream.MalformedJsonException;

/**
 * The file {@code feeds.json} that says what the numbered feed files of a directory hold:
 *
 * <pre>
 * {"feeds": [{"id": 1, "tag": "house", "name": "power", "engine": 5, "unit": "W"}, …]}
 * </pre>
 *
 * {@code engine} is Emoncms's number, {@code unit} may be left out, other members are ignored and not kept.
 *
 * @author Emoncms add-on contributors - Initial contribution
 */
@NonNullByDefault
final class FeedCatalogue {

    /** Held by worker threads only, while a small file is read and written. */
    private static final Lock UPDATE = new ReentrantLock();

    @FunctionalInterface
    interface Change {

        List<CatalogueEntry> apply(List<CatalogueEntry> entries) throws ProblemException, InterruptedException;
    }

    /** Gives the entries of a catalogue that is lost. */
    @FunctionalInterface
    interface Lost {

        List<CatalogueEntry> find() throws ProblemException;
    }

    private record Read(FileStamp stamp, List<CatalogueEntry> entries) {
    }

    private final Path file;
    private final Lost lost;
    private volatile @Nullable Read last;

    FeedCatalogue(Path file, Lost lost) {
        this.file = file;
        this.lost = lost;
    }

    boolean exists() {
        return Files.exists(file);
    }

    /** No file is an empty catalogue; one that was not written since is not read again. */
    List<CatalogueEntry> read() throws ProblemException {
        FileStamp stamp = stamp();
        Read last = this.last;
        if (last != null && last.stamp().equals(stamp)) {
            return last.entries();
        }
        List<CatalogueEntry> entries = readFile();
        this.last = stamp != null && stamp.isConclusive() ? new Read(stamp, entries) : null;
        return entries;
    }

    private @Nullable FileStamp stamp() {
        try {
            return FileStamp.of(file);
        } catch (IOException e) {
            return null;
        }
    }

    private List<CatalogueEntry> readFile() throws ProblemException {
        try (JsonReader json = new JsonReader(Files.newBufferedReader(file))) {
            return readFeeds(json);
        } catch (NoSuchFileException e) {
            return List.of();
        } catch (MalformedJsonException | IllegalStateException | NumberFormatException | EOFException
                | CharacterCodingException e) {
            throw new ProblemException(Problem.of(ProblemKind.CATALOGUE_DAMAGED, file, e.getMessage()), e);
        } catch (IOException e) {
            throw new ProblemException(Problem.of(ProblemKind.CATALOGUE_UNREADABLE, file, e), e);
        }
    }

    private static List<CatalogueEntry> readFeeds(JsonReader json) throws IOException {
        List<CatalogueEntry> entries = new ArrayList<>();
        Map<String, String> texts = new HashMap<>();
        boolean hasFeeds = false;
        json.beginObject();
        while (json.hasNext()) {
            if (!"feeds".equals(json.nextName())) {
                json.skipValue();
                continue;
            }
            hasFeeds = true;
            json.beginArray();
            while (json.hasNext()) {
                entries.add(withCommon(readEntry(json), texts));
            }
            json.endArray();
        }
        json.endObject();
        if (!hasFeeds || json.peek() != JsonToken.END_DOCUMENT) {
            throw new IllegalStateException(hasFeeds ? "text after the end" : "no feeds");
        }
        return List.copyOf(entries);
    }

    /** What many feeds have in common is held once. */
    private static CatalogueEntry withCommon(CatalogueEntry entry, Map<String, String> texts) {
        FeedIdentity identity = entry.identity();
        return new CatalogueEntry(entry.id(),
                new FeedIdentity(texts.computeIfAbsent(identity.tag(), Function.identity()), identity.name()),
                entry.engine(), texts.computeIfAbsent(entry.unit(), Function.identity()));
    }

    static CatalogueEntry readEntry(JsonReader json) throws IOException {
        int id = 0;
        int engine = 0;
        String tag = "";
        String name = "";
        String unit = "";
        String path = json.getPath();
        json.beginObject();
        while (json.hasNext()) {
            switch (json.nextName()) {
                case "id" -> id = json.nextInt();
                case "engine" -> engine = json.nextInt();
                case "tag" -> tag = json.nextString();
                case "name" -> name = json.nextString();
                case "unit" -> unit = json.nextString();
                default -> json.skipValue();
            }
        }
        json.endObject();
        if (id <= 0) {
            throw new IllegalStateException("no id at " + path);
        }
        return new CatalogueEntry(id, new FeedIdentity(tag, name), engine, unit);
    }

    /**
     * Changes the catalogue. Two that share a directory do so one after the other.
     *
     * @param change gets the entries there are and gives those there should be
     */
    void update(Change change) throws ProblemException, InterruptedException {
        UPDATE.lockInterruptibly();
        try {
            write(change.apply(exists() ? readFile() : lost.find()));
        } finally {
            UPDATE.unlock();
        }
    }

    private void write(List<CatalogueEntry> entries) throws ProblemException, InterruptedException {
        try {
            DurableFile.write(file, StandardCharsets.UTF_8.encode(toJson(entries)));
        } catch (ClosedByInterruptException e) {
            Thread.interrupted();
            throw new InterruptedException();
        } catch (IOException e) {
            throw new ProblemException(Problem.of(ProblemKind.WRITE_FAILED, file, e), e);
        }
    }

    private static String toJson(List<CatalogueEntry> entries) throws IOException {
        StringWriter text = new StringWriter();
        try (JsonWriter json = new JsonWriter(text)) {
            json.setIndent(" ");
            json.beginObject().name("feeds").beginArray();
            for (CatalogueEntry entry : entries) {
                writeEntry(entry, json);
            }
            json.endArray().endObject();
        }
        return text.toString();
    }

    static void writeEntry(CatalogueEntry entry, JsonWriter json) throws IOException {
        json.beginObject();
        json.name("id").value(entry.id());
        json.name("tag").value(entry.identity().tag());
        json.name("name").value(entry.identity().name());
        json.name("engine").value(entry.engine());
        json.name("unit").value(entry.unit());
        json.endObject();
    }
}
