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
package org.openhab.binding.emoncms.host;

import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;
import java.util.TreeMap;

import org.eclipse.jdt.annotation.NonNullByDefault;
import org.openhab.binding.emoncms.internal.feed.FeedIdentity;
import org.openhab.binding.emoncms.internal.feed.ListedFeed;
import org.openhab.binding.emoncms.internal.feed.ProblemException;
import org.openhab.binding.emoncms.internal.store.directory.DirectoryFeedStore;

/**
 * A bridge and a thing for each feed of a local store. The key is left out: its place is taken by the environment
 * variable {@link Options#KEY_VARIABLE}.
 *
 * @author Emoncms add-on contributors - Initial contribution
 */
@NonNullByDefault
final class GeneratedThings {

    private GeneratedThings() {
    }

    static List<ThingEntry> of(Path localStore, String label, String url, int intervalSeconds, OptionalInt writeDelay)
            throws ProblemException, InterruptedException {
        Map<String, Object> config = new LinkedHashMap<>();
        config.put("url", url);
        config.put("apikey", "${ENV:" + Options.KEY_VARIABLE + "}");
        config.put("uploadInterval", intervalSeconds);
        config.put("localDirectory", localStore.toString());
        writeDelay.ifPresent(seconds -> config.put("writeDelay", seconds));
        ThingEntry bridge = ThingEntry.bridge("emoncms:server:home", label, config);
        List<ThingEntry> entries = new ArrayList<>(List.of(bridge));
        feeds(localStore).forEach((feed, id) -> entries.add(ThingEntry.child("emoncms:feed:home:" + segment(feed, id),
                bridge.uid(), feed.tag() + " " + feed.name(), Map.of("tag", feed.tag(), "name", feed.name()))));
        return entries;
    }

    private static Map<FeedIdentity, Integer> feeds(Path localStore) throws ProblemException, InterruptedException {
        Map<FeedIdentity, Integer> feeds = new TreeMap<>(
                Comparator.comparing(FeedIdentity::tag).thenComparing(FeedIdentity::name));
        for (ListedFeed feed : new DirectoryFeedStore(localStore, Clock.systemUTC()).list()) {
            feeds.put(feed.identity(), feed.id());
        }
        return feeds;
    }

    /** The id keeps apart what differs in other characters only. */
    private static String segment(FeedIdentity feed, int id) {
        return (feed.tag() + "-" + feed.name()).toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-") + "-" + id;
    }
}
