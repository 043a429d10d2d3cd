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

import java.io.BufferedReader;
import java.io.EOFException;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BinaryOperator;

import org.eclipse.jdt.annotation.NonNullByDefault;
import org.openhab.binding.emoncms.internal.feed.Engine;
import org.openhab.binding.emoncms.internal.feed.FeedIdentity;
import org.openhab.binding.emoncms.internal.feed.Problem;
import org.openhab.binding.emoncms.internal.feed.ProblemException;
import org.openhab.binding.emoncms.internal.feed.ProblemKind;
import org.openhab.binding.emoncms.internal.store.DurableFile;

import com.google.gson.JsonParseException;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonWriter;
import com.google.gson.stream.MalformedJsonException;

/**
 * The files {@code ID.name.json} beside the data files of feeds that the add-on has made: an entry of
 * {@link FeedCatalogue} each, from which the catalogue is made anew if it is lost.
 *
 * @author Emoncms add-on contributors - Initial contribution
 */
@NonNullByDefault
final class NameFiles {

    private static final String SUFFIX = ".name.json";

    private final FeedFiles files;

    NameFiles(FeedFiles files) {
        this.files = files;
    }

    private Path file(int id, Engine engine) {
        return files.directory(engine).resolve(id + SUFFIX);
    }

    void write(CatalogueEntry entry, Engine engine) throws IOException {
        StringWriter text = new StringWriter();
        try (JsonWriter json = new JsonWriter(text)) {
            FeedCatalogue.writeEntry(entry, json);
        }
        DurableFile.write(file(entry.id(), engine), StandardCharsets.UTF_8.encode(text.toString()));
    }

    void delete(int id, Engine engine) throws ProblemException {
        try {
            Files.deleteIfExists(file(id, engine));
        } catch (IOException e) {
            throw new ProblemException(Problem.of(ProblemKind.WRITE_FAILED, file(id, engine), e), e);
        }
    }

    /** The feeds whose names and data are there, in the order of their ids; what makes no sense is left out. */
    List<CatalogueEntry> read() throws ProblemException {
        List<CatalogueEntry> entries = new ArrayList<>();
        for (Engine engine : Engine.values()) {
            Path directory = files.directory(engine);
            if (!Files.isDirectory(directory)) {
                continue;
            }
            try (DirectoryStream<Path> found = Files.newDirectoryStream(directory, "*" + SUFFIX)) {
                for (Path file : found) {
                    read(file).filter(entry -> entry.engine() == engine.id())
                            .filter(entry -> file.equals(file(entry.id(), engine))
                                    && Files.exists(files.data(entry.id(), engine)))
                            .ifPresent(entries::add);
                }
            } catch (IOException | DirectoryIteratorException e) {
                throw new ProblemException(Problem.of(ProblemKind.DIRECTORY_UNREADABLE, directory), e);
            }
        }
        return withoutDoubles(entries);
    }

    /** A creation that was interrupted may have left a name that was given again. */
    private List<CatalogueEntry> withoutDoubles(List<CatalogueEntry> entries) {
        Map<FeedIdentity, CatalogueEntry> largest = new HashMap<>();
        for (CatalogueEntry entry : entries) {
            largest.merge(entry.identity(), entry,
                    BinaryOperator.maxBy(Comparator.comparingLong(this::size).thenComparing(CatalogueEntry::id)));
        }
        return largest.values().stream().sorted(Comparator.comparingInt(CatalogueEntry::id)).toList();
    }

    private long size(CatalogueEntry entry) {
        try {
            return Files.size(files.data(entry.id(), Engine.ofId(entry.engine()).orElseThrow()));
        } catch (IOException e) {
            return 0;
        }
    }

    private static Optional<CatalogueEntry> read(Path file) throws IOException {
        try (BufferedReader reader = Files.newBufferedReader(file); JsonReader json = new JsonReader(reader)) {
            return Optional.of(FeedCatalogue.readEntry(json));
        } catch (NoSuchFileException | MalformedJsonException | EOFException | CharacterCodingException
                | IllegalStateException | NumberFormatException | JsonParseException e) {
            return Optional.empty();
        }
    }
}
