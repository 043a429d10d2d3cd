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
package org.openhab.binding.emoncms.internal.store.emoncms;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;

import org.eclipse.jdt.annotation.NonNullByDefault;
import org.openhab.binding.emoncms.internal.api.EmoncmsApi;
import org.openhab.binding.emoncms.internal.api.PendingAnswer;
import org.openhab.binding.emoncms.internal.api.RemoteFeed;
import org.openhab.binding.emoncms.internal.api.RemoteMeta;
import org.openhab.binding.emoncms.internal.api.SyncBody;
import org.openhab.binding.emoncms.internal.feed.ByteSink;
import org.openhab.binding.emoncms.internal.feed.Engine;
import org.openhab.binding.emoncms.internal.feed.FeedIdentity;
import org.openhab.binding.emoncms.internal.feed.FeedMeta;
import org.openhab.binding.emoncms.internal.feed.ListedFeed;
import org.openhab.binding.emoncms.internal.feed.LittleEndian;
import org.openhab.binding.emoncms.internal.feed.Problem;
import org.openhab.binding.emoncms.internal.feed.ProblemException;
import org.openhab.binding.emoncms.internal.feed.ProblemKind;
import org.openhab.binding.emoncms.internal.store.AppendResult;
import org.openhab.binding.emoncms.internal.store.NewFeed;
import org.openhab.binding.emoncms.internal.store.PendingResult;
import org.openhab.binding.emoncms.internal.store.PreparedBatch;
import org.openhab.binding.emoncms.internal.store.RemoteFeedStore;
import org.openhab.binding.emoncms.internal.store.Segment;
import org.openhab.binding.emoncms.internal.store.TimedPoint;

/**
 * The feeds of an account on an Emoncms server.
 *
 * @author Emoncms add-on contributors - Initial contribution
 */
@NonNullByDefault
public final class EmoncmsFeedStore implements RemoteFeedStore {

    /** What is answered instead of the meta of a feed that is gone, or ends without a value. */
    private static final Set<ProblemKind> NO_META = Set.of(ProblemKind.REFUSED, ProblemKind.UNREADABLE_ANSWER,
            ProblemKind.REMOTE_META_INVALID);

    /** One is under way while the next is filled. */
    private static final int BODIES = 2;

    private final EmoncmsApi api;
    private final int batchBytes;
    private final Queue<SyncBody> bodies = new ArrayDeque<>();

    /**
     * @param batchBytes the longest body that {@link #append} may have to send
     */
    public EmoncmsFeedStore(EmoncmsApi api, int batchBytes) {
        this.api = api;
        this.batchBytes = batchBytes;
    }

    @Override
    public List<ListedFeed> list() throws ProblemException, InterruptedException {
        List<RemoteFeed> remoteFeeds = api.feeds();
        Set<FeedIdentity> seen = new HashSet<>();
        Set<FeedIdentity> twice = new HashSet<>();
        for (RemoteFeed feed : remoteFeeds) {
            if (!seen.add(feed.identity())) {
                twice.add(feed.identity());
            }
        }
        List<ListedFeed> feeds = new ArrayList<>(remoteFeeds.size());
        for (RemoteFeed feed : remoteFeeds) {
            feeds.add(twice.contains(feed.identity()) ? new ListedFeed.Unusable(feed.id(), feed.identity(),
                    Problem.of(ProblemKind.FEED_NAME_TWICE, feed.identity())) : toListed(feed));
        }
        return feeds;
    }

    private static ListedFeed toListed(RemoteFeed feed) {
        Optional<Engine> engine = Engine.ofId(feed.engine());
        if (engine.isEmpty()) {
            return new ListedFeed.Unusable(feed.id(), feed.identity(),
                    Problem.of(ProblemKind.ENGINE_UNSUPPORTED, feed.engine()));
        }
        try {
            return new ListedFeed.Usable(feed.id(), feed.identity(), engine.get(), feed.unit(),
                    toMeta(engine.get(), feed.startTime(), feed.interval(), feed.npoints()));
        } catch (ProblemException e) {
            return new ListedFeed.Unusable(feed.id(), feed.identity(), e.problem());
        }
    }

    /**
     * Of an empty feed the start time means nothing, of a PHPTimeSeries feed the interval.
     *
     * @throws ProblemException if no feed can be like that
     */
    private static FeedMeta toMeta(Engine engine, long startTime, double interval, long npoints)
            throws ProblemException {
        long bytes = npoints * engine.pointBytes();
        FeedMeta meta = new FeedMeta(npoints == 0 ? 0 : startTime, engine == Engine.PHPFINA ? (long) interval : 0,
                npoints);
        boolean hasTimes = npoints == 0 || engine != Engine.PHPFINA || meta.intervalSeconds() > 0 && startTime > 0;
        if (npoints > LittleEndian.MAX_UNSIGNED || !isUnsigned(bytes) || !isUnsigned(meta.startTime())
                || !isUnsigned(meta.intervalSeconds()) || !hasTimes) {
            throw new ProblemException(Problem.of(ProblemKind.REMOTE_META_INVALID, npoints, startTime, interval));
        }
        return meta;
    }

    private static boolean isUnsigned(long value) {
        return value >= 0 && value <= LittleEndian.MAX_UNSIGNED;
    }

    static FeedMeta toMeta(Engine engine, RemoteMeta meta) throws ProblemException {
        return toMeta(engine, meta.startTime(), meta.interval(), meta.npoints());
    }

    /** Of a PHPTimeSeries feed that ends without a value Emoncms tells the meta in its list only. */
    @Override
    public FeedMeta meta(ListedFeed.Usable feed) throws ProblemException, InterruptedException {
        try {
            return toMeta(feed.engine(), api.meta(feed.id()));
        } catch (ProblemException e) {
            if (e.problem().kind() != ProblemKind.UNREADABLE_ANSWER) {
                throw e;
            }
            for (ListedFeed listed : list()) {
                if (listed instanceof ListedFeed.Usable usable && usable.id() == feed.id()) {
                    return usable.meta();
                }
            }
            throw e;
        }
    }

    @Override
    public boolean isAsListed(ListedFeed.Usable feed) throws ProblemException, InterruptedException {
        try {
            return toMeta(feed.engine(), api.meta(feed.id())).equals(feed.meta());
        } catch (ProblemException e) {
            if (NO_META.contains(e.problem().kind())) {
                return false;
            }
            throw e;
        }
    }

    @Override
    public ListedFeed.Usable create(NewFeed feed) throws ProblemException, InterruptedException {
        return beginCreate(feed).await();
    }

    @Override
    public PendingResult<ListedFeed.Usable> beginCreate(NewFeed feed) throws ProblemException {
        Optional<Problem> refusal = feed.identity().problem();
        if (refusal.isPresent()) {
            throw new ProblemException(refusal.get());
        }
        PendingAnswer<Integer> id = api.beginCreate(feed.identity(), feed.engine(), feed.intervalSeconds(),
                feed.unit());
        return new AnswerResult<>(id, answer -> new ListedFeed.Usable(answer, feed.identity(), feed.engine(),
                feed.unit(), toMeta(feed.engine(), 0, feed.intervalSeconds(), 0)));
    }

    @Override
    public void read(ListedFeed.Usable feed, long startByte, ByteBuffer target)
            throws ProblemException, InterruptedException {
        int wanted = target.remaining();
        export(feed, startByte, bytes -> {
            target.put(bytes.limit(Math.min(bytes.limit(), bytes.position() + target.remaining())));
            return target.hasRemaining();
        });
        if (target.hasRemaining()) {
            throw new ProblemException(Problem.of(ProblemKind.CONNECTION_LOST, feed.identity(),
                    "wanted " + wanted + " bytes, received " + (wanted - target.remaining())));
        }
    }

    /** Of a PHPFina feed Emoncms sends the point before the start as well, except at the very start. */
    @Override
    public void export(ListedFeed.Usable feed, long startByte, ByteSink sink)
            throws ProblemException, InterruptedException {
        boolean sendsOneBefore = feed.engine() == Engine.PHPFINA && startByte > 0;
        long expectedBytes = Math.max(0, feed.meta().npoints() * feed.engine().pointBytes() - startByte);
        api.export(feed.id(), sendsOneBefore ? startByte + feed.engine().pointBytes() : startByte, expectedBytes, sink);
    }

    @Override
    public String digest(ListedFeed.Usable feed, long npoints) throws ProblemException, InterruptedException {
        return api.digest(feed.id(), npoints, npoints * feed.engine().pointBytes());
    }

    @Override
    public List<TimedPoint> put(ListedFeed.Usable feed, List<TimedPoint> points)
            throws ProblemException, InterruptedException {
        return new PointWriter(api, feed).write(points);
    }

    @Override
    public void clear(ListedFeed.Usable feed) throws ProblemException, InterruptedException {
        api.clear(feed.id());
    }

    @Override
    public void rename(ListedFeed feed, String name) throws ProblemException, InterruptedException {
        api.rename(feed.id(), name);
    }

    @Override
    public AppendResult append(List<Segment> batch) throws ProblemException, InterruptedException {
        PreparedBatch prepared = prepare(batch);
        return prepared.unread().size() == batch.size() ? new AppendResult(Map.of(), prepared.unread(), 0)
                : prepared.send().await();
    }

    @Override
    public PreparedBatch prepare(List<Segment> batch) throws InterruptedException {
        return FilledBody.of(api, nextBody(), batch);
    }

    private SyncBody nextBody() {
        SyncBody body = bodies.size() < BODIES ? new SyncBody(batchBytes) : bodies.remove();
        bodies.add(body);
        return body;
    }
}
