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

import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.OptionalInt;
import java.util.stream.Stream;

import org.eclipse.jdt.annotation.NonNullByDefault;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.openhab.binding.emoncms.internal.feed.Engine;
import org.openhab.binding.emoncms.internal.feed.FeedIdentity;
import org.openhab.binding.emoncms.internal.feed.Outside;
import org.openhab.binding.emoncms.internal.store.DownloadPlan;
import org.openhab.binding.emoncms.internal.store.StagedDownload;

/**
 * A plan of a download that is valid JSON but no plan.
 *
 * @author Emoncms add-on contributors - Initial contribution
 */
@NonNullByDefault
class DamagedPlanTest {

    private static final Clock CLOCK = Clock.fixed(Instant.ofEpochSecond(1_760_000_000L), ZoneOffset.UTC);
    private static final DownloadPlan PLAN = new DownloadPlan(new FeedIdentity("house", "power"), Engine.PHPFINA, "W",
            1_750_000_000L, 10, 0, OptionalInt.empty());
    private static final String TEXT = """
            {"tag": "house", "name": "power", "engine": 5, "unit": "W", "startTime": %s, "interval": 10,
             "firstPoint": 0, %s "npoints": %s, "whole": %s}""";

    private final Path directory;

    DamagedPlanTest(@TempDir Path directory) {
        this.directory = directory;
    }

    @ParameterizedTest
    @CsvSource({ "1750000000,'',5,true", "35000333333351615,'\"localId\": 1,',5,true", "-1,'\"localId\": 1,',5,true",
            "1750000000,'',-5,false" })
    void isTakenForNone(String startTime, String localId, String npoints, String whole) throws Exception {
        DirectoryFeedStore before = DirectoryFeedStore.making(directory, CLOCK);
        try (StagedDownload staged = before.stage(PLAN, 100)) {
            staged.write(ByteBuffer.allocate(20));
        }
        try (Stream<Path> files = Files.list(directory.resolve("phpfina"))) {
            Path planFile = files.filter(file -> file.toString().endsWith(".json")).findFirst().orElseThrow();
            Files.writeString(planFile, TEXT.formatted(startTime, localId, npoints, whole));
        }
        DirectoryFeedStore store = DirectoryFeedStore.making(directory, CLOCK);

        Outside.isTakenOrRefused(store::list);
        try (StagedDownload staged = store.stage(PLAN, 100)) {
            assertThat(staged.npoints()).isZero();
        }
    }
}
