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
package org.openhab.binding.emoncms.simulated;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.eclipse.jdt.annotation.NonNullByDefault;
import org.eclipse.jdt.annotation.Nullable;

/**
 * The feeds with their files: what the database, the cache and the engines of the server do together.
 *
 * @author Emoncms add-on contributors - Initial contribution
 */
@NonNullByDefault
final class FeedStore {
    private static final List<String> LISTED_META = List.of("start_time", "end_time", "interval", "npoints");

    private final FeedCatalogue catalogue = new FeedCatalogue();
    private final Engines engines;
    private final Clock clock;

    FeedStore(Engines engines, Clock clock) {
        this.engines = engines;
        this.clock = clock;
    }

    FeedCatalogue catalogue() {
        return catalogue;
    }

    Engines engines() {
        return engines;
    }

    long now() {
        return clock.instant().getEpochSecond();
    }

    /** Empty if the user has such a feed */
    Optional<Feed> create(int userId, String tag, String name, int engine, long intervalSeconds, String unit)
            throws IOException {
        Optional<Feed> feed = catalogue.add(userId, tag, name, engine, unit);
        if (feed.isPresent()) {
            engines.of(feed.get()).create(feed.get().id(), intervalSeconds);
        }
        return feed;
    }

    void delete(Feed feed) throws IOException {
        synchronized (feed) {
            engines.of(feed).delete(feed.id());
            catalogue.remove(feed);
        }
    }

    /** Afterwards the last value is 0, at the old time */
    Object clear(Feed feed) throws IOException {
        synchronized (feed) {
            Object answer = engines.of(feed).clear(feed.id());
            updateSize(feed);
            TimeValue latest = feed.cached();
            if (latest != null) {
                feed.cache(new TimeValue(latest.time(), 0.0));
            }
            return answer;
        }
    }

    Object trim(Feed feed, long startTime) throws IOException {
        synchronized (feed) {
            Object answer = engines.of(feed).trim(feed.id(), startTime);
            updateSize(feed);
            return answer;
        }
    }

    /** The time that is remembered is the time of receipt */
    void post(Feed feed, long time, double value) throws IOException {
        synchronized (feed) {
            Optional<FileEngine> files = engines.files(feed);
            if (files.isPresent()) {
                files.get().post(feed.id(), time, (float) value);
            }
            feed.cache(new TimeValue(now(), value));
        }
    }

    long updateSize(Feed feed) throws IOException {
        synchronized (feed) {
            long size = engines.of(feed).size(feed.id());
            feed.resize(size);
            return size;
        }
    }

    @Nullable
    Map<String, Object> meta(Feed feed) throws IOException {
        synchronized (feed) {
            return engines.of(feed).meta(feed.id());
        }
    }

    TimeValue timeValue(Feed feed) throws IOException {
        TimeValue latest = feed.engine() == FeedEngine.VIRTUAL ? null : feed.cached();
        if (latest != null) {
            return latest;
        }
        synchronized (feed) {
            TimeValue last = engines.of(feed).last(feed.id());
            if (last == null) {
                return TimeValue.NONE;
            }
            if (feed.engine() != FeedEngine.VIRTUAL) {
                feed.cache(last);
            }
            return last;
        }
    }

    /**
     * The entries of a list, made one by one. As on the real server, a time that has to be read from a feed's file is
     * remembered for the last feed of the list instead.
     */
    Iterable<Map<String, @Nullable Object>> list(int userId, boolean onlyPublic, boolean withMeta) throws IOException {
        Collection<Feed> feeds = List.copyOf(catalogue.of(userId));
        Feed lastListed = null;
        for (Feed feed : feeds) {
            if (feed.engine() == FeedEngine.CASSANDRA) {
                engines.of(feed).last(feed.id());
            }
            lastListed = feed;
        }
        Feed remembering = lastListed;
        return () -> feeds.stream().filter(feed -> !onlyPublic || feed.isPublic())
                .map(feed -> entry(feed, withMeta, remembering)).iterator();
    }

    private Map<String, @Nullable Object> entry(Feed feed, boolean withMeta, @Nullable Feed remembering) {
        try {
            synchronized (feed) {
                FeedEngine engine = engines.of(feed);
                TimeValue latest = feed.engine() == FeedEngine.VIRTUAL ? engine.last(feed.id()) : feed.cached();
                if (latest == null) {
                    latest = engine.last(feed.id());
                    if (latest != null && remembering != null) {
                        remembering.cache(latest);
                    }
                }
                Map<String, @Nullable Object> entry = feed.entry(latest == null ? TimeValue.NONE : latest.cached());
                Map<String, Object> meta = withMeta ? engine.meta(feed.id()) : null;
                if (meta != null) {
                    LISTED_META.stream().filter(meta::containsKey).forEach(key -> entry.put(key, meta.get(key)));
                }
                return entry;
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
