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
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.eclipse.jdt.annotation.NonNullByDefault;
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
 * Who gets how much of a batch.
 *
 * @author Emoncms add-on contributors - Initial contribution
 */
@NonNullByDefault
class BatchPlannerPropertiesTest {

    private static List<BatchPlanner.Pending> pending(List<Long> needs) {
        List<BatchPlanner.Pending> pending = new ArrayList<>();
        for (int i = 0; i < needs.size(); i++) {
            Engine engine = i % 3 == 0 ? Engine.PHPTIMESERIES : Engine.PHPFINA;
            ListedFeed.Usable target = new ListedFeed.Usable(i + 1, new FeedIdentity("t", "f" + i), engine, "",
                    new FeedMeta(1_700_000_000L, 10, i * 7L));
            pending.add(new BatchPlanner.Pending(target, target.meta().withPoints(i * 7L + needs.get(i)), needs.get(i),
                    (startByte, buffer) -> {
                    }));
        }
        return pending;
    }

    private static long bodyBytes(BatchPlanner.Pending feed) {
        return SyncBody.headerBytes(feed.target().engine()) + feed.bytes();
    }

    /** Of those that may be in the batch. */
    private static List<BatchPlanner.Pending> smallest(List<BatchPlanner.Pending> pending, int maxFeeds) {
        return pending.stream().sorted(Comparator.comparingLong(BatchPlanner.Pending::bytes)).limit(maxFeeds).toList();
    }

    private static Map<Integer, Integer> npoints(List<Segment> batch) {
        Map<Integer, Integer> npoints = new HashMap<>();
        batch.forEach(segment -> npoints.put(segment.target().id(), segment.npoints()));
        return npoints;
    }

    @Property
    void whoNeedsNoMoreThanAnEqualShareGetsAllOfIt(
            @ForAll @Size(min = 1, max = 60) List<@LongRange(min = 1, max = 20_000) Long> needs,
            @ForAll @IntRange(min = 1 << 14, max = 1 << 18) int batchBytes,
            @ForAll @IntRange(min = 1, max = 80) int maxFeeds, @ForAll @IntRange(min = 1, max = 100) int shares) {
        List<BatchPlanner.Pending> mayBeSent = smallest(pending(needs), maxFeeds);
        int share = (batchBytes - SyncBody.CHECKSUM_BYTES) / mayBeSent.size();

        Map<Integer, Integer> planned = npoints(BatchPlanner.plan(pending(needs), batchBytes, maxFeeds, shares));

        assertThat(mayBeSent).filteredOn(feed -> bodyBytes(feed) <= share)
                .allSatisfy(feed -> assertThat(planned.get(feed.target().id())).isEqualTo((int) feed.pendingPoints()));
    }

    @Property
    void nobodyIsLeftOutForSomebodyWhoNeedsMore(
            @ForAll @Size(min = 1, max = 60) List<@LongRange(min = 1, max = 20_000) Long> needs,
            @ForAll @IntRange(min = 1 << 14, max = 1 << 18) int batchBytes,
            @ForAll @IntRange(min = 1, max = 80) int maxFeeds, @ForAll @IntRange(min = 1, max = 100) int shares) {
        List<BatchPlanner.Pending> pending = pending(needs);

        Map<Integer, Integer> planned = npoints(BatchPlanner.plan(pending, batchBytes, maxFeeds, shares));

        List<BatchPlanner.Pending> all = smallest(pending, Integer.MAX_VALUE);
        assertThat(planned.keySet()).containsExactlyInAnyOrderElementsOf(
                all.stream().limit(planned.size()).map(feed -> feed.target().id()).toList());
    }

    @Property
    void aBatchIsFullOrHoldsAllThatIsPending(
            @ForAll @Size(min = 1, max = 30) List<@LongRange(min = 1, max = 100_000) Long> needs,
            @ForAll @IntRange(min = 1 << 14, max = 1 << 18) int batchBytes,
            @ForAll @IntRange(min = 1, max = 100) int shares) {
        List<BatchPlanner.Pending> pending = pending(needs);

        List<Segment> batch = BatchPlanner.plan(pending, batchBytes, Integer.MAX_VALUE, shares);

        long bytes = SyncBody.CHECKSUM_BYTES + batch.stream()
                .mapToLong(segment -> SyncBody.headerBytes(segment.engine()) + segment.dataBytes()).sum();
        long all = SyncBody.CHECKSUM_BYTES + pending.stream().mapToLong(BatchPlannerPropertiesTest::bodyBytes).sum();
        int largestHeaderAndPoint = SyncBody.headerBytes(Engine.PHPFINA) + Engine.PHPTIMESERIES.pointBytes();
        assertThat(bytes).isLessThanOrEqualTo(batchBytes)
                .isGreaterThan(Math.min(all, batchBytes - largestHeaderAndPoint) - 1);
    }

    @Property
    void somethingIsSentIfItFits(@ForAll @Size(min = 1, max = 5) List<@LongRange(min = 1, max = 100) Long> needs,
            @ForAll @IntRange(min = 28, max = 200) int batchBytes, @ForAll @IntRange(min = 1, max = 100) int shares) {
        assertThat(BatchPlanner.plan(pending(needs), batchBytes, Integer.MAX_VALUE, shares)).isNotEmpty();
    }
}
