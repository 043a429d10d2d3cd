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

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.CompletionService;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

import org.eclipse.jdt.annotation.NonNullByDefault;
import org.eclipse.jdt.annotation.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/**
 * A process that records, uploads and downloads is killed again and again, at moments that are drawn by lot, while the
 * server lives on. System properties: {@code crash.kills}, {@code crash.seed}.
 *
 * @author Emoncms add-on contributors - Initial contribution
 */
@NonNullByDefault
class CrashTest {

    private static final int KILLS = 200;
    private static final int KILLS_PER_SITE = 20;
    private static final int AT_ONCE = 2;

    private final CrashTally tally = new CrashTally();

    @Test
    void whereverAProcessIsKilledEveryFeedIsWhatItWasOrWhatItBecomes(
            @TempDir(cleanup = CleanupMode.ON_SUCCESS) Path directory) throws Exception {
        int kills = Integer.getInteger("crash.kills", KILLS);
        long seed = Long.getLong("crash.seed", new Random().nextLong());
        long start = System.nanoTime();
        KilledJvm jvm = new KilledJvm(directory.resolve("jvm"));
        try (CrashSite site = new CrashSite(directory.resolve("first"), jvm, tally)) {
            site.train();
        }
        ExecutorService threads = Executors.newFixedThreadPool(AT_ONCE);
        try {
            CompletionService<@Nullable Void> sites = new ExecutorCompletionService<>(threads);
            int submitted = 0;
            for (int killed = 0; killed < kills; killed += KILLS_PER_SITE) {
                int site = killed / KILLS_PER_SITE;
                int ofSite = Math.min(KILLS_PER_SITE, kills - killed);
                sites.submit(() -> {
                    run(directory.resolve("site" + site), jvm, ofSite, seed + site);
                    return null;
                });
                submitted++;
            }
            for (int ended = 0; ended < submitted; ended++) {
                sites.take().get();
            }
        } catch (ExecutionException e) {
            throw new AssertionError("With -Dcrash.seed=" + seed + " after " + tally + ": " + e.getCause().getMessage(),
                    e.getCause());
        } finally {
            threads.shutdownNow();
            threads.awaitTermination(1, TimeUnit.MINUTES);
        }

        assertThat(tally.kills()).isEqualTo(kills);
        LoggerFactory.getLogger("figures").info("{}",
                tally + "; " + Duration.ofNanos(System.nanoTime() - start).toSeconds() + " s");
    }

    private void run(Path directory, KilledJvm jvm, int kills, long seed) throws Exception {
        try (CrashSite site = new CrashSite(directory, jvm, tally)) {
            site.run(kills, new Random(seed));
        } catch (AssertionError e) {
            throw new AssertionError(directory + ", " + e.getMessage(), e);
        }
    }
}
