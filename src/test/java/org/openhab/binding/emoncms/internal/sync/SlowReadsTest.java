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
import static org.mockito.AdditionalAnswers.delegatesTo;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyLong;
import static org.mockito.Mockito.doAnswer;
import static org.mockito.Mockito.mock;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

import org.eclipse.jdt.annotation.NonNullByDefault;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.openhab.binding.emoncms.internal.feed.FeedIdentity;
import org.openhab.binding.emoncms.internal.store.AppendResult;
import org.openhab.binding.emoncms.internal.store.LocalFeedStore;
import org.openhab.binding.emoncms.internal.store.PendingResult;
import org.openhab.binding.emoncms.internal.store.PreparedBatch;
import org.openhab.binding.emoncms.internal.store.RemoteFeedStore;
import org.openhab.binding.emoncms.internal.store.Segment;
import org.openhab.binding.emoncms.internal.store.emoncms.EmoncmsFeedStore;
import org.openhab.binding.emoncms.simulated.Fault;
import org.openhab.binding.emoncms.simulated.ReceivedRequest;

/**
 * Local feeds that are read more slowly than the server takes them.
 *
 * @author Emoncms add-on contributors - Initial contribution
 */
@NonNullByDefault
@Timeout(60)
class SlowReadsTest {

    private static final int BATCH_BYTES = 1 << 20;
    private static final int POINTS = 1_000_000;
    /** Other reads look at the last points only. */
    private static final int LEAST_READ_BYTES = 1000;
    private static final Duration SLOW = Duration.ofSeconds(20);

    private final TwoSidesFixture sides;

    SlowReadsTest(@TempDir Path directory) {
        sides = new TwoSidesFixture(directory, BATCH_BYTES);
        sides.clock.set(Instant.ofEpochSecond(TwoSidesFixture.START + 20L * POINTS));
    }

    @AfterEach
    void close() throws Exception {
        sides.close();
    }

    private LocalFeedStore slowly(LocalFeedStore store) throws Exception {
        LocalFeedStore slow = mock(LocalFeedStore.class, delegatesTo(store));
        doAnswer(read -> {
            ByteBuffer target = read.getArgument(2);
            if (target.remaining() >= LEAST_READ_BYTES) {
                sides.clock.advance(SLOW);
            }
            store.read(read.getArgument(0), read.getArgument(1), target);
            return null;
        }).when(slow).read(any(), anyLong(), any());
        return slow;
    }

    /** Has the answer before the next batch is prepared. */
    private static RemoteFeedStore quickly(EmoncmsFeedStore store) throws InterruptedException {
        RemoteFeedStore quick = mock(RemoteFeedStore.class, delegatesTo(store));
        doAnswer(prepare -> {
            List<Segment> batch = prepare.getArgument(0);
            PreparedBatch prepared = store.prepare(batch);
            PreparedBatch answered = mock(PreparedBatch.class, delegatesTo(prepared));
            doAnswer(send -> done(prepared.send().await())).when(answered).send();
            return answered;
        }).when(quick).prepare(any());
        return quick;
    }

    private static PendingResult<AppendResult> done(AppendResult result) {
        return new PendingResult<>() {

            @Override
            public AppendResult await() {
                return result;
            }

            @Override
            public void whenAnswered(Runnable action) {
                action.run();
            }

            @Override
            public void abort() {
            }
        };
    }

    @Test
    void batchesKeepTheSizeThatTheLinkCarries() throws Exception {
        FeedIdentity power = sides.fina("power", POINTS);
        sides.localBy(slowly(sides.local));
        sides.openBy(() -> quickly(sides.open(sides.emoncms, sides.account)));
        sides.watch(power);
        sides.start();
        sides.nextInterval();

        sides.assertSame(power);
        assertThat(sides.emoncms.requests()).filteredOn(Fault.route("/feed/sync"))
                .extracting(ReceivedRequest::bodyLength)
                .satisfies(lengths -> assertThat(lengths).hasSize(5).first().matches(first -> first < 100_000));
    }
}
