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

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

import org.assertj.core.data.Offset;
import org.eclipse.jdt.annotation.NonNullByDefault;
import org.junit.jupiter.api.Test;
import org.openhab.binding.emoncms.internal.api.SyncBody;
import org.openhab.binding.emoncms.internal.feed.Engine;
import org.openhab.binding.emoncms.internal.feed.FeedIdentity;
import org.openhab.binding.emoncms.internal.feed.FeedMeta;
import org.openhab.binding.emoncms.internal.feed.ListedFeed;
import org.openhab.binding.emoncms.internal.store.Segment;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;

/**
 * How the room of a batch is divided.
 *
 * @author Emoncms add-on contributors - Initial contribution
 */
@NonNullByDefault
class BatchPlannerTest {

    private static final int KIB = 1024;
    private static final int FEW_SHARES = 4;

    private static BatchPlanner.Pending pending(int id, Engine engine, long held, long npoints) {
        ListedFeed.Usable target = new ListedFeed.Usable(id, new FeedIdentity("t", "f" + id), engine, "",
                new FeedMeta(1_700_000_000L, 10, held));
        return new BatchPlanner.Pending(target, target.meta(), npoints, (startByte, buffer) -> {
        });
    }

    private static int bodyBytes(List<Segment> batch) {
        return SyncBody.CHECKSUM_BYTES + batch.stream()
                .mapToInt(segment -> SyncBody.headerBytes(segment.engine()) + segment.dataBytes()).sum();
    }

    private static List<Integer> npoints(List<Segment> batch) {
        return batch.stream().map(Segment::npoints).toList();
    }

    @Test
    void oneFeedGetsTheWholeBatch() {
        List<Segment> batch = BatchPlanner.plan(List.of(pending(1, Engine.PHPFINA, 5, 1_000_000)), 16 * KIB, 100,
                FEW_SHARES);

        assertThat(batch).singleElement().satisfies(segment -> {
            assertThat(segment.firstPoint()).isEqualTo(5);
            assertThat(segment.startByte()).isEqualTo(20);
        });
        assertThat(bodyBytes(batch)).isEqualTo(16 * KIB);
    }

    @Test
    void aBacklogDoesNotKeepSmallNeedsWaiting() {
        List<Segment> batch = BatchPlanner.plan(List.of(pending(1, Engine.PHPFINA, 0, 3_000_000),
                pending(2, Engine.PHPFINA, 900, 30), pending(3, Engine.PHPTIMESERIES, 0, 10)), 16 * KIB, 100,
                FEW_SHARES);

        assertThat(npoints(batch)).hasSize(3).startsWith(10, 30);
        assertThat(bodyBytes(batch)).isBetween(16 * KIB - 4, 16 * KIB);
    }

    @Test
    void backlogsShareAlike() {
        List<Segment> batch = BatchPlanner.plan(
                List.of(pending(1, Engine.PHPFINA, 0, 3_000_000), pending(2, Engine.PHPFINA, 0, 9_000_000)), 64 * KIB,
                100, FEW_SHARES);

        assertThat(batch.get(0).npoints()).isCloseTo(batch.get(1).npoints(), Offset.offset(1));
    }

    @Test
    void manyBacklogsAreNotCutIntoCrumbs() {
        List<BatchPlanner.Pending> many = IntStream.range(1, 1000).mapToObj(id -> pending(id, Engine.PHPFINA, 0, 3000))
                .toList();
        List<Segment> batch = BatchPlanner.plan(many, 1024 * KIB, Integer.MAX_VALUE, FEW_SHARES);

        assertThat(npoints(batch).subList(0, 87)).containsOnly(3000);
        assertThat(batch).hasSize(88);
        assertThat(bodyBytes(batch)).isBetween(1024 * KIB - 4, 1024 * KIB);
    }

    @Test
    void manyBacklogsAreAllServedIfSharesAreCheap() {
        List<BatchPlanner.Pending> many = IntStream.rangeClosed(1, 100)
                .mapToObj(id -> pending(id, Engine.PHPFINA, 0, 1000 * (id + 100))).toList();
        List<Segment> batch = BatchPlanner.plan(many, 512 * KIB, Integer.MAX_VALUE, 1000);

        assertThat(batch).hasSize(100).allSatisfy(segment -> assertThat(segment.npoints()).isBetween(1300, 1310));
        assertThat(bodyBytes(batch)).isBetween(512 * KIB - 4, 512 * KIB);
    }

    @Test
    void noShareIsHardlyMoreThanItsHeader() {
        List<BatchPlanner.Pending> many = IntStream.rangeClosed(1, 1000)
                .mapToObj(id -> pending(id, Engine.PHPFINA, 0, 1_000_000)).toList();
        List<Segment> batch = BatchPlanner.plan(many, 16 * KIB, Integer.MAX_VALUE, 5000);

        assertThat(batch).hasSize(16);
    }

    @Test
    void feedsThatDoNotFitWaitForTheNextBatch() {
        List<BatchPlanner.Pending> many = IntStream.range(1, 5000).mapToObj(id -> pending(id, Engine.PHPFINA, 0, 1))
                .toList();
        List<Segment> batch = BatchPlanner.plan(many, 16 * KIB, Integer.MAX_VALUE, FEW_SHARES);

        assertThat(batch).hasSize((16 * KIB - 4) / 24);
    }

    @Test
    void aBatchHoldsNoMoreFeedsThanAllowed() {
        assertThat(BatchPlanner.plan(List.of(pending(1, Engine.PHPFINA, 0, 1), pending(2, Engine.PHPFINA, 0, 1)),
                16 * KIB, 1, FEW_SHARES)).hasSize(1);
    }

    @Property
    void whatIsPlannedFitsAndIsPending(
            @ForAll @Size(min = 1, max = 60) List<@LongRange(min = 1, max = 5_000_000) Long> needs,
            @ForAll @IntRange(min = 16 * KIB, max = 128 * KIB) int batchBytes,
            @ForAll @IntRange(min = 1, max = 80) int maxFeeds) {
        List<BatchPlanner.Pending> pending = new ArrayList<>();
        for (int i = 0; i < needs.size(); i++) {
            pending.add(pending(i + 1, i % 3 == 0 ? Engine.PHPTIMESERIES : Engine.PHPFINA, i, needs.get(i)));
        }
        List<Segment> batch = BatchPlanner.plan(pending, batchBytes, maxFeeds, FEW_SHARES);

        assertThat(batch).isNotEmpty().hasSizeLessThanOrEqualTo(maxFeeds);
        assertThat(bodyBytes(batch)).isLessThanOrEqualTo(batchBytes);
        assertThat(batch).extracting(segment -> segment.target().id()).doesNotHaveDuplicates();
        assertThat(batch).allSatisfy(segment -> {
            assertThat(segment.npoints()).isPositive();
            assertThat((long) segment.npoints()).isLessThanOrEqualTo(needs.get(segment.target().id() - 1));
            assertThat(segment.firstPoint()).isEqualTo(segment.target().meta().npoints());
        });
    }

    @Property
    void eachBatchBringsTheUploadForward(
            @ForAll @Size(min = 1, max = 30) List<@LongRange(min = 1, max = 20_000) Long> needs) {
        List<Long> left = new ArrayList<>(needs);
        int batches = 0;
        while (left.stream().anyMatch(points -> points > 0)) {
            List<BatchPlanner.Pending> pending = new ArrayList<>();
            for (int i = 0; i < left.size(); i++) {
                if (left.get(i) > 0) {
                    pending.add(pending(i + 1, Engine.PHPFINA, 0, left.get(i)));
                }
            }
            for (Segment segment : BatchPlanner.plan(pending, 16 * KIB, Integer.MAX_VALUE, FEW_SHARES)) {
                left.set(segment.target().id() - 1, left.get(segment.target().id() - 1) - segment.npoints());
            }
            batches++;
        }
        long bytes = needs.stream().mapToLong(points -> points * 4).sum();

        assertThat(batches).isLessThanOrEqualTo((int) (bytes / (15 * KIB)) + 2);
    }
}
