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

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import org.eclipse.jdt.annotation.NonNullByDefault;
import org.mockito.Mockito;
import org.openhab.binding.emoncms.internal.feed.Engine;
import org.openhab.binding.emoncms.internal.feed.FeedIdentity;
import org.openhab.binding.emoncms.internal.feed.FeedMeta;
import org.openhab.binding.emoncms.internal.feed.ListedFeed;
import org.openhab.binding.emoncms.internal.store.FeedStore;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/**
 * Comparing points that come in pieces of any length, against a comparison of the whole.
 *
 * @author Emoncms add-on contributors - Initial contribution
 */
@NonNullByDefault
class PointComparisonPropertiesTest {

    private static final int POINTS = 40;

    @Property(tries = 300)
    void theDifferingPointsAreFoundHoweverTheyArrive(@ForAll Engine engine, @ForAll @Size(POINTS * 9) byte[] local,
            @ForAll @Size(max = 8) List<@IntRange(max = POINTS * 9 - 1) Integer> changes,
            @ForAll @IntRange(max = POINTS - 1) int first,
            @ForAll @Size(min = 1, max = 20) List<@IntRange(min = 1, max = 50) Integer> pieces) throws Exception {
        byte[] here = Arrays.copyOf(local, POINTS * engine.pointBytes());
        byte[] there = here.clone();
        changes.stream().filter(at -> at < there.length).forEach(at -> there[at] ^= 1);
        FeedStore store = Mockito.mock(FeedStore.class, Mockito.withSettings().stubOnly());
        Mockito.doAnswer(call -> {
            ByteBuffer target = call.getArgument(2);
            return target.put(here, (int) (long) call.<Long> getArgument(1), target.remaining());
        }).when(store).read(Mockito.any(), Mockito.anyLong(), Mockito.any());
        ListedFeed.Usable feed = new ListedFeed.Usable(1, new FeedIdentity("t", "n"), engine, "",
                new FeedMeta(1_700_000_000L, engine == Engine.PHPFINA ? 10 : 0, POINTS));

        PointComparison comparison = new PointComparison(store, feed, first, POINTS, Integer.MAX_VALUE);
        int at = first * engine.pointBytes();
        for (int i = 0; at < there.length; i++) {
            int length = Math.min(pieces.get(i % pieces.size()), there.length - at);
            comparison.accept(ByteBuffer.wrap(there, at, length));
            at += length;
        }

        List<Long> expected = new ArrayList<>();
        for (long point = first; point < POINTS; point++) {
            int from = (int) point * engine.pointBytes();
            if (!Arrays.equals(here, from, from + engine.pointBytes(), there, from, from + engine.pointBytes())) {
                expected.add(point);
            }
        }
        assertThat(comparison.differing()).extracting(PointChange::index).containsExactlyElementsOf(expected);
        assertThat(comparison.next()).isEqualTo(POINTS);
    }
}
