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

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.eclipse.jdt.annotation.NonNullByDefault;
import org.eclipse.jdt.annotation.Nullable;
import org.openhab.binding.emoncms.internal.feed.FeedIdentity;
import org.openhab.binding.emoncms.internal.feed.ListedFeed;
import org.openhab.binding.emoncms.internal.feed.Problem;
import org.openhab.binding.emoncms.internal.feed.ProblemException;
import org.openhab.binding.emoncms.internal.store.FeedStore;

/**
 * The local feeds as they were at the start of a cycle.
 *
 * @author Emoncms add-on contributors - Initial contribution
 */
@NonNullByDefault
final class LocalView {

    private final Map<FeedIdentity, ListedFeed> listed = new HashMap<>();
    private final Set<FeedIdentity> watched;
    private final LocalFeedReader reader;
    private final Map<FeedIdentity, LocalFeed> feeds = new HashMap<>();
    private final Map<FeedIdentity, Problem> problems = new HashMap<>();
    private final LocalAnswers answers = new LocalAnswers();

    private LocalView(List<ListedFeed> listed, WatchedFeeds watched, LocalFeedReader reader)
            throws ProblemException, InterruptedException {
        this.reader = reader;
        listed.forEach(feed -> this.listed.put(feed.identity(), feed));
        this.watched = watched.all(this.listed.keySet());
        reader.retain(this.watched);
        for (ListedFeed feed : this.listed.values()) {
            look(feed);
        }
    }

    /**
     * @param watched may change meanwhile
     */
    static LocalView of(FeedStore store, LocalFeedReader reader, WatchedFeeds watched)
            throws ProblemException, InterruptedException {
        return new LocalView(store.list(), watched, reader);
    }

    /** Adds a feed, or looks at it anew. */
    void put(ListedFeed feed) throws ProblemException, InterruptedException {
        listed.put(feed.identity(), feed);
        problems.remove(feed.identity());
        look(feed);
    }

    private void look(ListedFeed feed) throws ProblemException, InterruptedException {
        if (feed instanceof ListedFeed.Unusable unusable) {
            problems.put(feed.identity(), unusable.problem());
        } else if (feed instanceof ListedFeed.Usable usable) {
            feeds.put(feed.identity(), watched.contains(feed.identity()) ? read(usable) : reader.glance(usable));
        }
    }

    private LocalFeed read(ListedFeed.Usable feed) throws ProblemException, InterruptedException {
        try {
            return answers.to(feed.identity(), () -> reader.read(feed));
        } catch (ProblemException e) {
            problems.put(feed.identity(), e.problem());
            answers.require();
            return reader.glance(feed);
        }
    }

    /** All feeds of the store. */
    Set<FeedIdentity> all() {
        return listed.keySet();
    }

    @Nullable
    ListedFeed listed(FeedIdentity identity) {
        return listed.get(identity);
    }

    /** The feeds that somebody wants to know about, whether they exist or not. */
    Set<FeedIdentity> watched() {
        return watched;
    }

    @Nullable
    LocalFeed feed(FeedIdentity identity) {
        return problems.containsKey(identity) ? null : feeds.get(identity);
    }

    @Nullable
    Problem problem(FeedIdentity identity) {
        return problems.get(identity);
    }

    /** Notes that the feed could not be read after all. */
    void unreadable(FeedIdentity identity, Problem problem) {
        problems.put(identity, problem);
    }
}
