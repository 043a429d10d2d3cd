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
package org.openhab.binding.emoncms.internal.sync;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

import org.eclipse.jdt.annotation.NonNullByDefault;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openhab.binding.emoncms.internal.feed.FeedIdentity;

/**
 * Two homes that upload to the same feeds of one account at the same time.
 *
 * @author Emoncms add-on contributors - Initial contribution
 */
@NonNullByDefault
class TwoWritersTest {

    private static final int ROUNDS = 60;

    private final TwoSidesFixture first;
    private final TwoSidesFixture second;
    private final ExecutorService threads = Executors.newFixedThreadPool(2);

    TwoWritersTest(@TempDir Path directory) {
        first = new TwoSidesFixture(directory, 1 << 20);
        second = new TwoSidesFixture(directory.resolve("second"), 1 << 20);
        second.openBy(first::openRemote);
    }

    @AfterEach
    void close() throws Exception {
        threads.shutdownNow();
        first.close();
        second.close();
    }

    private void uploadBoth() throws Exception {
        CyclicBarrier barrier = new CyclicBarrier(2);
        Future<?> other = threads.submit(() -> upload(second, barrier));
        upload(first, barrier);
        other.get(30, TimeUnit.SECONDS);
    }

    private static void upload(TwoSidesFixture sides, CyclicBarrier barrier) {
        try {
            barrier.await(10, TimeUnit.SECONDS);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
        sides.engine.uploadNow();
        sides.worker.runDue();
    }

    @Test
    void ofTheSamePointsEndTheSame() throws Exception {
        FeedIdentity power = first.fina("power", 500);
        FeedIdentity counter = first.series("counter", 300);
        second.fina("power", 500);
        second.series("counter", 300);
        first.watch(power, counter);
        first.start();
        second.watch(power, counter);
        second.start();
        for (int i = 0; i < ROUNDS; i++) {
            for (TwoSidesFixture sides : new TwoSidesFixture[] { first, second }) {
                sides.append(power, 10);
                sides.append(counter, 10);
            }
            uploadBoth();
        }

        first.assertSame(power, counter);
        assertThat(second.state(power)).isEqualTo(SyncState.SAME);
        assertThat(second.state(counter)).isEqualTo(SyncState.SAME);
        assertThat(first.emoncms.feeds(first.account)).hasSize(2);
    }

    @Test
    void ofOtherPointsSayWhatIsWrong() throws Exception {
        FeedIdentity power = first.fina("power", 500);
        second.fina("power", 500);
        byte[] others = Files.readAllBytes(second.localData(power));
        others[402] ^= 0x40;
        Files.write(second.localData(power), others);
        first.watch(power);
        first.start();
        second.watch(power);
        second.start();
        for (int i = 0; i < ROUNDS; i++) {
            first.append(power, 10);
            second.append(power, 10);
            uploadBoth();
        }
        second.engine.verify(power);
        second.worker.runDue();

        first.assertSame(power);
        assertThat(second.state(power)).isEqualTo(SyncState.DIVERGED);
    }
}
