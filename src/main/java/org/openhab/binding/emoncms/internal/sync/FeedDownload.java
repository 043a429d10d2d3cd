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

import java.nio.ByteBuffer;
import java.util.function.LongPredicate;

import org.eclipse.jdt.annotation.NonNullByDefault;
import org.eclipse.jdt.annotation.Nullable;
import org.openhab.binding.emoncms.internal.feed.ByteSink;
import org.openhab.binding.emoncms.internal.feed.Engine;
import org.openhab.binding.emoncms.internal.feed.FeedMeta;
import org.openhab.binding.emoncms.internal.feed.ListedFeed;
import org.openhab.binding.emoncms.internal.feed.LittleEndian;
import org.openhab.binding.emoncms.internal.feed.Problem;
import org.openhab.binding.emoncms.internal.feed.ProblemException;
import org.openhab.binding.emoncms.internal.feed.ProblemKind;
import org.openhab.binding.emoncms.internal.store.FeedStore;
import org.openhab.binding.emoncms.internal.store.RemoteFeedStore;
import org.openhab.binding.emoncms.internal.store.StagedDownload;

/**
 * One go at the points that a staged download still lacks. They have to follow on what is there: the point before them
 * is fetched once more and compared.
 *
 * @author Emoncms add-on contributors - Initial contribution
 */
@NonNullByDefault
final class FeedDownload {

    /** What the remote store sends from the point before the first missing one on. */
    private final class Sink implements ByteSink {

        private final ByteBuffer before;
        private long missingBytes;
        private boolean hasMore;
        private boolean isStopped;

        Sink(int bytesBefore, long missingBytes) {
            before = LittleEndian.allocate(bytesBefore);
            this.missingBytes = missingBytes;
        }

        @Override
        public boolean accept(ByteBuffer bytes) throws ProblemException, InterruptedException {
            if (before.hasRemaining()) {
                take(bytes, before.remaining(), before);
                if (!before.hasRemaining()) {
                    requireSame(before.flip());
                    before.position(before.limit());
                }
            }
            int length = (int) Math.min(bytes.remaining(), missingBytes);
            if (length > 0) {
                staged.write(bytes.slice(bytes.position(), length));
                bytes.position(bytes.position() + length);
                missingBytes -= length;
            }
            hasMore = bytes.hasRemaining();
            isStopped = missingBytes > 0 && !goesOn.test(firstPoint + staged.npoints());
            return !hasMore && !isStopped;
        }

        private static void take(ByteBuffer from, int most, ByteBuffer to) {
            for (int i = Math.min(most, from.remaining()); i > 0; i--) {
                to.put(from.get());
            }
        }
    }

    private final FeedStore local;
    private final RemoteFeedStore remote;
    private final ListedFeed.@Nullable Usable here;
    private final ListedFeed.Usable there;
    private final StagedDownload staged;
    private final LongPredicate goesOn;
    private final long firstPoint;
    private FeedMeta remoteMeta;

    /**
     * @param here the local feed; null if there is none
     * @param there the remote feed as it was listed; as many points are downloaded
     * @param goesOn asked now and then whether to go on, with the number of points that are there by then
     */
    FeedDownload(FeedStore local, ListedFeed.@Nullable Usable here, RemoteFeedStore remote, ListedFeed.Usable there,
            StagedDownload staged, LongPredicate goesOn) {
        this.local = local;
        this.remote = remote;
        this.here = here;
        this.there = there;
        this.staged = staged;
        this.goesOn = goesOn;
        firstPoint = staged.plan().firstPoint();
        remoteMeta = there.meta();
    }

    /** What the remote feed was at the end; it may have more points than were downloaded. */
    FeedMeta remoteMeta() {
        return remoteMeta;
    }

    /**
     * @return whether all points are there; false if it is to be called again
     * @throws ProblemException if the remote feed is not what was announced, too
     */
    boolean run() throws ProblemException, InterruptedException {
        int pointBytes = there.engine().pointBytes();
        long before = staged.npoints();
        long next = (firstPoint + before) * pointBytes;
        long missingBytes = (there.meta().npoints() - firstPoint) * pointBytes - before * pointBytes;
        if (missingBytes > 0) {
            int bytesBefore = next > 0 ? pointBytes : 0;
            Sink sink = new Sink(bytesBefore, missingBytes);
            remote.export(there, next - bytesBefore, sink);
            if (sink.missingBytes > 0) {
                if (sink.isStopped || staged.npoints() > before) {
                    return false;
                }
                requireAnnounced();
                throw problem(ProblemKind.EXPORT_TOO_SHORT, next, missingBytes);
            }
            if (sink.hasMore && remote.meta(there).npoints() <= there.meta().npoints()) {
                throw problem(ProblemKind.EXPORT_TOO_LONG, there.meta().npoints());
            }
        }
        requireAnnounced();
        return true;
    }

    private ProblemException problem(ProblemKind kind, Object... arguments) {
        Object[] all = new Object[arguments.length + 1];
        all[0] = there.identity();
        System.arraycopy(arguments, 0, all, 1, arguments.length);
        return new ProblemException(Problem.of(kind, all));
    }

    /** A PHPFina point that was not settled when it was stored may differ in a local feed; its place is sure. */
    private void requireSame(ByteBuffer pointBefore) throws ProblemException, InterruptedException {
        ListedFeed.Usable here = this.here;
        ByteBuffer held = LittleEndian.allocate(pointBefore.remaining());
        if (staged.npoints() > 0) {
            staged.read((staged.npoints() - 1) * there.engine().pointBytes(), held);
            if (!held.flip().equals(pointBefore)) {
                throw problem(ProblemKind.REMOTE_CHANGED);
            }
        } else if (here != null && here.engine() == Engine.PHPTIMESERIES) {
            local.read(here, (firstPoint - 1) * there.engine().pointBytes(), held);
            if (!held.flip().equals(pointBefore)) {
                throw problem(ProblemKind.LOCAL_DIFFERS, firstPoint);
            }
        }
    }

    /** The remote feed still is the one that was listed, with no fewer points. */
    private void requireAnnounced() throws ProblemException, InterruptedException {
        FeedMeta now = remote.meta(there);
        boolean isSame = now.npoints() >= there.meta().npoints()
                && now.withPoints(0).equals(there.meta().withPoints(0));
        if (!isSame) {
            throw problem(ProblemKind.REMOTE_CHANGED);
        }
        remoteMeta = now;
    }
}
