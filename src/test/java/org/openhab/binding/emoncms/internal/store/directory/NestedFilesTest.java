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
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.OptionalInt;
import java.util.stream.Stream;

import org.eclipse.jdt.annotation.NonNullByDefault;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.openhab.binding.emoncms.internal.feed.Engine;
import org.openhab.binding.emoncms.internal.feed.FeedIdentity;
import org.openhab.binding.emoncms.internal.feed.ProblemException;
import org.openhab.binding.emoncms.internal.feed.ProblemKind;
import org.openhab.binding.emoncms.internal.store.DownloadPlan;
import org.openhab.binding.emoncms.internal.store.StagedDownload;

/**
 * JSON files that are nested more deeply than a stack is high.
 *
 * @author Emoncms add-on contributors - Initial contribution
 */
@NonNullByDefault
@Timeout(30)
class NestedFilesTest {

    private static final int LEVELS = 100_000;
    private static final Clock CLOCK = Clock.fixed(Instant.ofEpochSecond(1_760_000_000L), ZoneOffset.UTC);

    private final Path directory;
    private final DirectoryFeedStore store;

    NestedFilesTest(@TempDir Path directory) {
        this.directory = directory;
        store = DirectoryFeedStore.making(directory, CLOCK);
    }

    @ParameterizedTest
    @ValueSource(strings = { "[", "{\"a\":" })
    void aCatalogueIsSaidToBeDamaged(String open) throws Exception {
        Files.writeString(directory.resolve("feeds.json"), "{\"x\":" + open.repeat(LEVELS));

        assertThat(catchThrowableOfType(ProblemException.class, store::list).problem().kind())
                .isEqualTo(ProblemKind.CATALOGUE_DAMAGED);
    }

    @ParameterizedTest
    @ValueSource(strings = { "[", "{\"a\":" })
    void aPlanOfADownloadIsTakenForNone(String open) throws Exception {
        DownloadPlan plan = new DownloadPlan(new FeedIdentity("house", "power"), Engine.PHPFINA, "W", 1_750_000_000L,
                10, 0, OptionalInt.empty());
        try (StagedDownload staged = store.stage(plan, 100)) {
            staged.write(ByteBuffer.allocate(20));
        }
        try (Stream<Path> files = Files.list(directory.resolve("phpfina"))) {
            Path planFile = files.filter(file -> file.toString().endsWith(".json")).findFirst().orElseThrow();
            Files.writeString(planFile, open.repeat(LEVELS));
        }

        assertThat(store.list()).isEmpty();
        try (StagedDownload staged = store.stage(plan, 100)) {
            assertThat(staged.npoints()).isZero();
        }
    }
}
