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
package org.openhab.binding.emoncms.bench;

import java.util.List;

import org.eclipse.jdt.annotation.NonNullByDefault;
import org.openhab.binding.emoncms.internal.feed.ListedFeed;
import org.openhab.binding.emoncms.internal.store.RemoteFeedStore;

/**
 * Goal 5: the list of many feeds.
 *
 * @author Emoncms add-on contributors - Initial contribution
 */
@NonNullByDefault
final class ListGoal implements Goal {

    private static final int MOST_MEGABYTES = 64;
    private static final String[] NOTHING_MORE = {};

    private final ManyFeeds many;

    ListGoal(ManyFeeds many) {
        this.many = many;
    }

    @Override
    public List<Section> measure(Site site) throws Exception {
        int count = many.get(site).local().count();
        Samples millis = new Samples();
        RemoteFeedStore store = TestedEngine.open(site.target(), site.client());
        List<ListedFeed> feeds = store.list();
        for (int i = 0; i < site.options().rounds(); i++) {
            long start = System.nanoTime();
            feeds = store.list();
            millis.add((System.nanoTime() - start) / 1e6);
        }
        Section section = new Section("Goal 5: the list of " + feeds.size() + " feeds, " + count + " of them made here",
                "ours", "");
        int with = SmallestHeap.of(site.target(), HeapProbe.Task.LIST, () -> NOTHING_MORE);
        int without = SmallestHeap.of(site.target(), HeapProbe.Task.NOTHING, () -> NOTHING_MORE);
        double more = with - without;
        section.add(Row.of("heap that it needs, MiB", Samples.of(more)).withGoal("< " + MOST_MEGABYTES,
                more < MOST_MEGABYTES));
        section.add(Row.of("bytes down, kB", Samples.of(bytes(site) / 1000)));
        section.add(Row.of("time, ms", millis));
        many.delete();
        return List.of(section.note("The smallest heap in which a process lists is " + with + " MiB, "
                + "that in which it only proves its key " + without + " MiB."));
    }

    private static double bytes(Site site) throws Exception {
        try (Link link = new Link(site.target(), LinkSpeed.unlimited())) {
            RemoteFeedStore store = TestedEngine.open(link.target(), site.client());
            link.takeExchanges();
            store.list();
            return link.takeExchanges().stream().mapToDouble(Exchange::answerBytes).sum();
        }
    }
}
