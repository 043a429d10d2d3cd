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
package org.openhab.binding.emoncms.simulated;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import org.eclipse.jdt.annotation.NonNullByDefault;

/**
 * All engines by their numbers.
 *
 * @author Emoncms add-on contributors - Initial contribution
 */
@NonNullByDefault
final class Engines {
    private static final int LAST = FeedEngine.CASSANDRA;

    private final FinaEngine fina;
    private final Map<Integer, FileEngine> files;
    private final Map<Integer, ForeignEngine> foreign;

    Engines(Path dataDirectory, Clock clock) {
        fina = new FinaEngine(created(dataDirectory.resolve("phpfina")));
        files = Map.of(FeedEngine.PHPFINA, fina, FeedEngine.PHPTIMESERIES,
                new TimeSeriesEngine(created(dataDirectory.resolve("phptimeseries"))));
        foreign = IntStream.rangeClosed(0, LAST).filter(engine -> !files.containsKey(engine)).boxed()
                .collect(Collectors.toMap(engine -> engine, engine -> new ForeignEngine(engine, clock)));
    }

    static boolean isKnown(long engine) {
        return engine >= 0 && engine <= LAST;
    }

    FinaEngine fina() {
        return fina;
    }

    FeedEngine of(Feed feed) {
        FeedEngine engine = files.get(feed.engine());
        if (engine == null) {
            engine = foreign.get(feed.engine());
        }
        if (engine == null) {
            throw new IllegalStateException("No engine " + feed.engine());
        }
        return engine;
    }

    /** Empty for an engine without files */
    Optional<FileEngine> files(Feed feed) {
        return Optional.ofNullable(files.get(feed.engine()));
    }

    private static Path created(Path directory) {
        try {
            return Files.createDirectories(directory);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
