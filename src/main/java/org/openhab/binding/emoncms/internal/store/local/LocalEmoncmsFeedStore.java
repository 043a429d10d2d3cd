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
package org.openhab.binding.emoncms.internal.store.local;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;

import org.eclipse.jdt.annotation.NonNullByDefault;
import org.eclipse.jdt.annotation.Nullable;
import org.openhab.binding.emoncms.internal.api.SyncBody;
import org.openhab.binding.emoncms.internal.feed.Engine;
import org.openhab.binding.emoncms.internal.feed.FeedMeta;
import org.openhab.binding.emoncms.internal.feed.ListedFeed;
import org.openhab.binding.emoncms.internal.feed.Problem;
import org.openhab.binding.emoncms.internal.feed.ProblemException;
import org.openhab.binding.emoncms.internal.feed.ProblemKind;
import org.openhab.binding.emoncms.internal.store.AppendResult;
import org.openhab.binding.emoncms.internal.store.DownloadPlan;
import org.openhab.binding.emoncms.internal.store.DownloadStaging;
import org.openhab.binding.emoncms.internal.store.LocalFeedStore;
import org.openhab.binding.emoncms.internal.store.NewFeed;
import org.openhab.binding.emoncms.internal.store.ReplacedPoints;
import org.openhab.binding.emoncms.internal.store.Segment;
import org.openhab.binding.emoncms.internal.store.StagedDownload;
import org.openhab.binding.emoncms.internal.store.directory.FeedFiles;
import org.openhab.binding.emoncms.internal.store.directory.SeenFiles;
import org.openhab.binding.emoncms.internal.store.emoncms.EmoncmsFeedStore;

/**
 * The feeds of an Emoncms server of this home. The server names them, creates them and writes them; their points are
 * read from its data directory where that can be read, else from the server.
 * <p>
 * A file counts only if it says of the feed what the server says, so that a directory of another server is never taken
 * for its own.
 *
 * @author Emoncms add-on contributors - Initial contribution
 */
@NonNullByDefault
public final class LocalEmoncmsFeedStore implements LocalFeedStore {

    /** Makes the connection: proves the key. */
    @FunctionalInterface
    public interface Opening {

        EmoncmsFeedStore open() throws ProblemException, InterruptedException;
    }

    @FunctionalInterface
    private interface Call<T> {

        T to(EmoncmsFeedStore server) throws ProblemException, InterruptedException;
    }

    private final Opening opening;
    private final @Nullable FeedFiles files;
    private final @Nullable SeenFiles seen;
    private final DownloadStaging staging;
    private final ReplacedPoints replacedPoints;
    private final int batchBytes;
    private @Nullable EmoncmsFeedStore opened;

    /**
     * @param files null if there is no data directory to read
     * @param own a directory of the add-on
     * @param owner who downloads, of several that may use the directory
     * @param batchBytes the longest body to send
     */
    public LocalEmoncmsFeedStore(Opening opening, @Nullable FeedFiles files, Path own, String owner, int batchBytes) {
        this.opening = opening;
        this.files = files;
        seen = files == null ? null : new SeenFiles(files);
        staging = new DownloadStaging(own, owner);
        replacedPoints = new ReplacedPoints(own);
        this.batchBytes = batchBytes;
    }

    /** Proves the key again after it was refused. */
    private <T> T call(Call<T> call) throws ProblemException, InterruptedException {
        EmoncmsFeedStore server = opened;
        if (server == null) {
            server = opening.open();
            opened = server;
        }
        try {
            return call.to(server);
        } catch (ProblemException e) {
            if (e.problem().kind().remedy() == ProblemKind.Remedy.ACT) {
                opened = null;
            }
            throw e;
        }
    }

    @Override
    public List<ListedFeed> list() throws ProblemException, InterruptedException {
        return call(EmoncmsFeedStore::list);
    }

    @Override
    public @Nullable Object stamp(ListedFeed.Usable feed) throws InterruptedException {
        return metaOnDisk(feed) == null ? null : stampOnDisk(feed);
    }

    private @Nullable Object stampOnDisk(ListedFeed.Usable feed) {
        SeenFiles seen = this.seen;
        return seen == null ? null : seen.stamp(feed.id(), feed.engine());
    }

    @Override
    public FeedMeta meta(ListedFeed.Usable feed) throws ProblemException, InterruptedException {
        FeedMeta onDisk = metaOnDisk(feed);
        return onDisk == null ? call(server -> server.meta(feed)) : onDisk;
    }

    /** What the feed's file says, if that goes with what the server has said. */
    private @Nullable FeedMeta metaOnDisk(ListedFeed.Usable feed) throws InterruptedException {
        SeenFiles seen = this.seen;
        if (seen == null) {
            return null;
        }
        try {
            FeedMeta found = seen.meta(feed.id(), feed.engine());
            boolean isSame = found.withPoints(0).equals(feed.meta().withPoints(0))
                    && found.npoints() >= feed.meta().npoints();
            return isSame ? found : null;
        } catch (ProblemException e) {
            return null;
        }
    }

    @Override
    public void read(ListedFeed.Usable feed, long startByte, ByteBuffer target)
            throws ProblemException, InterruptedException {
        FeedFiles files = this.files;
        if (files != null && metaOnDisk(feed) != null) {
            int position = target.position();
            try {
                files.read(feed.id(), feed.engine(), startByte, target);
                return;
            } catch (ProblemException e) {
                target.position(position);
            }
        }
        call(server -> {
            server.read(feed, startByte, target);
            return feed;
        });
    }

    @Override
    public ReplacedPoints replacedPoints() {
        return replacedPoints;
    }

    @Override
    public ListedFeed.Usable create(NewFeed feed) throws ProblemException, InterruptedException {
        return call(server -> server.create(feed));
    }

    @Override
    public String digest(ListedFeed.Usable feed, long npoints) throws ProblemException, InterruptedException {
        FeedFiles files = this.files;
        return files != null && metaOnDisk(feed) != null ? files.digest(feed.id(), feed.engine(), npoints)
                : call(server -> server.digest(feed, npoints));
    }

    @Override
    public AppendResult append(List<Segment> batch) throws ProblemException, InterruptedException {
        return call(server -> server.append(batch));
    }

    @Override
    public StagedDownload stage(DownloadPlan plan, long npoints) throws ProblemException, InterruptedException {
        return staging.open(plan, npoints, 1);
    }

    /** The server takes the points batch by batch; what it has after a failure is where the next download begins. */
    @Override
    public ListedFeed.Usable takeOver(StagedDownload whole) throws ProblemException, InterruptedException {
        DownloadPlan plan = whole.plan();
        ListedFeed.Usable feed = target(plan);
        Engine engine = plan.engine();
        int mostPoints = (batchBytes - SyncBody.headerBytes(engine) - SyncBody.CHECKSUM_BYTES) / engine.pointBytes();
        long end = plan.firstPoint() + whole.npoints();
        while (feed.meta().npoints() < end) {
            long first = feed.meta().npoints();
            int npoints = (int) Math.min(mostPoints, end - first);
            append(new Segment(feed, plan.meta(0), first, npoints,
                    (startByte, target) -> whole.read(startByte - plan.firstByte(), target)));
            feed = feed.withMeta(plan.meta(first + npoints));
        }
        whole.delete();
        return feed;
    }

    private ListedFeed.Usable target(DownloadPlan plan) throws ProblemException, InterruptedException {
        if (plan.isNew()) {
            return create(new NewFeed(plan.identity(), plan.engine(), plan.intervalSeconds(), plan.unit()));
        }
        for (ListedFeed listed : list()) {
            if (listed instanceof ListedFeed.Usable feed && feed.id() == plan.localId().getAsInt()
                    && feed.identity().equals(plan.identity()) && feed.meta().npoints() == plan.firstPoint()) {
                return feed;
            }
        }
        throw new ProblemException(Problem.of(ProblemKind.LOCAL_CHANGED, plan.identity()));
    }

    /** The server answers nothing at all after a PHPTimeSeries record without a value, although it has written it. */
    private void append(Segment segment) throws ProblemException, InterruptedException {
        try {
            AppendResult result = append(List.of(segment));
            if (result.unexpected(List.of(segment)).isEmpty() && result.unread().isEmpty()) {
                return;
            }
        } catch (ProblemException e) {
            if (e.problem().kind() != ProblemKind.UNREADABLE_ANSWER) {
                throw e;
            }
        }
        boolean hasArrived = list().stream()
                .anyMatch(listed -> listed instanceof ListedFeed.Usable feed && feed.id() == segment.target().id()
                        && feed.meta().npoints() == segment.endPoint()
                        && feed.meta().startTime() == segment.meta().startTime());
        if (!hasArrived) {
            throw new ProblemException(Problem.of(ProblemKind.LOCAL_CHANGED, segment.target().identity()));
        }
    }
}
