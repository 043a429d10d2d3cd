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
package org.openhab.binding.emoncms.internal.store.directory;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.Collectors;

import org.eclipse.jdt.annotation.NonNullByDefault;
import org.eclipse.jdt.annotation.Nullable;
import org.openhab.binding.emoncms.internal.feed.Engine;
import org.openhab.binding.emoncms.internal.feed.FeedIdentity;
import org.openhab.binding.emoncms.internal.feed.FeedMeta;
import org.openhab.binding.emoncms.internal.feed.ListedFeed;
import org.openhab.binding.emoncms.internal.feed.Problem;
import org.openhab.binding.emoncms.internal.feed.ProblemException;
import org.openhab.binding.emoncms.internal.feed.ProblemKind;
import org.openhab.binding.emoncms.internal.store.AppendResult;
import org.openhab.binding.emoncms.internal.store.DownloadPlan;
import org.openhab.binding.emoncms.internal.store.LocalFeedStore;
import org.openhab.binding.emoncms.internal.store.NewFeed;
import org.openhab.binding.emoncms.internal.store.ReplacedPoints;
import org.openhab.binding.emoncms.internal.store.Segment;
import org.openhab.binding.emoncms.internal.store.StagedDownload;

/**
 * Feeds in a directory of this machine, in Emoncms's own file formats:
 *
 * <pre>
 * feeds.json                    what the numbers below are: {@link FeedCatalogue}
 * phpfina/ID.name.json          the same of one feed, here or in phptimeseries: {@link NameFiles}
 * phpfina/ID.meta, ID.dat       a PHPFina feed
 * phptimeseries/feed_ID.MYD     a PHPTimeSeries feed
 * </pre>
 *
 * @author Emoncms add-on contributors - Initial contribution
 */
@NonNullByDefault
public final class DirectoryFeedStore implements LocalFeedStore {

    private final Path directory;
    private final boolean makesDirectory;
    private final FeedCatalogue catalogue;
    private final FeedFiles files;
    private final NameFiles names;
    private final SeenFiles seen;
    private final DownloadTakeOver takeOver;
    private boolean isRecovered;

    /** A store in a directory that has to be there already. */
    public DirectoryFeedStore(Path directory, Clock clock) {
        this(directory, false, FeedDirectories.in(directory), "", clock);
    }

    /**
     * @param makesDirectory whether the directory is made when the store is first used
     * @param directories of the data files
     * @param owner who downloads, of several that may use the directory
     */
    public DirectoryFeedStore(Path directory, boolean makesDirectory, FeedDirectories directories, String owner,
            Clock clock) {
        this.directory = directory;
        this.makesDirectory = makesDirectory;
        catalogue = new FeedCatalogue(directory.resolve("feeds.json"), this::namedFeeds);
        files = new FeedFiles(directories, clock);
        names = new NameFiles(files);
        seen = new SeenFiles(files);
        takeOver = new DownloadTakeOver(catalogue, files, owner);
    }

    /** A store that makes its directory when it is first used. */
    public static DirectoryFeedStore making(Path directory, Clock clock) {
        return new DirectoryFeedStore(directory, true, FeedDirectories.in(directory), "", clock);
    }

    @Override
    public List<ListedFeed> list() throws ProblemException, InterruptedException {
        requireDirectory();
        if (!catalogue.exists() && !namedFeeds().isEmpty()) {
            catalogue.update(entries -> entries);
        }
        boolean isFirst = !isRecovered;
        if (isFirst) {
            takeOver.recover();
            isRecovered = true;
        }
        List<CatalogueEntry> entries = catalogue.read();
        if (isFirst && makesDirectory) {
            writeNames(entries);
        }
        Map<Integer, Long> ids = count(entries, CatalogueEntry::id);
        seen.retain(ids.keySet());
        Map<FeedIdentity, Long> identities = count(entries, CatalogueEntry::identity);
        List<ListedFeed> feeds = new ArrayList<>(entries.size());
        for (CatalogueEntry entry : entries) {
            feeds.add(ids.getOrDefault(entry.id(), 0L) > 1
                    ? unusable(entry, Problem.of(ProblemKind.FEED_ID_TWICE, entry.id()))
                    : identities.getOrDefault(entry.identity(), 0L) > 1
                            ? unusable(entry, Problem.of(ProblemKind.FEED_NAME_TWICE, entry.identity()))
                            : look(entry));
        }
        return feeds;
    }

    private List<CatalogueEntry> namedFeeds() throws ProblemException {
        return names.read().stream().filter(entry -> !takeOver.isPending(entry)).toList();
    }

    /** Of feeds that others have entered, renamed or taken out, in a directory that is the add-on's own. */
    private void writeNames(List<CatalogueEntry> entries) throws ProblemException, InterruptedException {
        List<CatalogueEntry> named = names.read();
        for (CatalogueEntry entry : named) {
            if (entries.stream().noneMatch(known -> known.id() == entry.id() && known.engine() == entry.engine())) {
                names.delete(entry.id(), Engine.ofId(entry.engine()).orElseThrow());
            }
        }
        for (CatalogueEntry entry : entries) {
            Engine engine = Engine.ofId(entry.engine()).orElse(null);
            if (engine != null && !named.contains(entry) && Files.exists(files.data(entry.id(), engine))) {
                writeName(entry, engine);
            }
        }
    }

    private void requireDirectory() throws ProblemException {
        if (makesDirectory) {
            make();
        }
        if (!Files.isDirectory(directory)) {
            throw new ProblemException(Problem.of(ProblemKind.DIRECTORY_MISSING, directory));
        }
        if (!Files.isReadable(directory) || !Files.isExecutable(directory)) {
            throw new ProblemException(Problem.of(ProblemKind.DIRECTORY_UNREADABLE, directory));
        }
    }

    private void make() throws ProblemException {
        try {
            Files.createDirectories(directory);
        } catch (IOException e) {
            throw new ProblemException(Problem.of(ProblemKind.WRITE_FAILED, directory, e), e);
        }
    }

    private static <K> Map<K, Long> count(List<CatalogueEntry> entries, Function<CatalogueEntry, K> key) {
        return entries.stream().collect(Collectors.groupingBy(key, Collectors.counting()));
    }

    private ListedFeed look(CatalogueEntry entry) throws InterruptedException {
        if (entry.identity().tag().isBlank() || entry.identity().name().isBlank()) {
            return unusable(entry,
                    Problem.of(ProblemKind.FEED_NAME_EMPTY, entry.identity().tag(), entry.identity().name()));
        }
        Optional<Engine> engine = Engine.ofId(entry.engine());
        if (engine.isEmpty()) {
            return unusable(entry, Problem.of(ProblemKind.ENGINE_UNSUPPORTED, entry.engine()));
        }
        try {
            return new ListedFeed.Usable(entry.id(), entry.identity(), engine.get(), entry.unit(),
                    seen.meta(entry.id(), engine.get()));
        } catch (ProblemException e) {
            return unusable(entry, e.problem());
        }
    }

    private static ListedFeed unusable(CatalogueEntry entry, Problem problem) {
        return new ListedFeed.Unusable(entry.id(), entry.identity(), problem);
    }

    @Override
    public @Nullable Object stamp(ListedFeed.Usable feed) {
        return seen.stamp(feed.id(), feed.engine());
    }

    @Override
    public FeedMeta meta(ListedFeed.Usable feed) throws ProblemException, InterruptedException {
        return seen.meta(feed.id(), feed.engine());
    }

    @Override
    public ListedFeed.Usable create(NewFeed feed) throws ProblemException, InterruptedException {
        Optional<Problem> refusal = feed.identity().problem();
        if (refusal.isPresent()) {
            throw new ProblemException(refusal.get());
        }
        requireDirectory();
        AtomicInteger id = new AtomicInteger();
        catalogue.update(entries -> {
            if (entries.stream().anyMatch(entry -> entry.identity().equals(feed.identity()))) {
                throw new ProblemException(Problem.of(ProblemKind.FEED_NAME_TWICE, feed.identity()));
            }
            id.set(files.unusedId(entries));
            files.create(id.get(), feed.engine(), feed.intervalSeconds());
            CatalogueEntry created = new CatalogueEntry(id.get(), feed.identity(), feed.engine().id(), feed.unit());
            writeName(created, feed.engine());
            List<CatalogueEntry> more = new ArrayList<>(entries);
            more.add(created);
            return more;
        });
        return new ListedFeed.Usable(id.get(), feed.identity(), feed.engine(), feed.unit(),
                files.meta(id.get(), feed.engine()));
    }

    private void writeName(CatalogueEntry entry, Engine engine) throws ProblemException, InterruptedException {
        try {
            names.write(entry, engine);
        } catch (ClosedByInterruptException e) {
            Thread.interrupted();
            throw new InterruptedException();
        } catch (IOException e) {
            throw new ProblemException(Problem.of(ProblemKind.WRITE_FAILED, files.directory(engine), e), e);
        }
    }

    @Override
    public StagedDownload stage(DownloadPlan plan, long npoints) throws ProblemException, InterruptedException {
        if (plan.identity().tag().isBlank() || plan.identity().name().isBlank()) {
            throw new ProblemException(
                    Problem.of(ProblemKind.FEED_NAME_EMPTY, plan.identity().tag(), plan.identity().name()));
        }
        requireDirectory();
        files.requirePossible(plan.engine(), plan.meta(plan.firstPoint() + npoints));
        return takeOver.stage(plan, npoints);
    }

    @Override
    public ListedFeed.Usable takeOver(StagedDownload whole) throws ProblemException, InterruptedException {
        DownloadPlan plan = whole.plan();
        int id = takeOver.takeOver(whole, plan.isNew() ? files.unusedId(catalogue.read()) : plan.localId().getAsInt());
        return new ListedFeed.Usable(id, plan.identity(), plan.engine(), plan.unit(), files.meta(id, plan.engine()));
    }

    @Override
    public ReplacedPoints replacedPoints() {
        return new ReplacedPoints(directory);
    }

    @Override
    public void read(ListedFeed.Usable feed, long startByte, ByteBuffer target)
            throws ProblemException, InterruptedException {
        files.read(feed.id(), feed.engine(), startByte, target);
    }

    @Override
    public String digest(ListedFeed.Usable feed, long npoints) throws ProblemException, InterruptedException {
        return files.digest(feed.id(), feed.engine(), npoints);
    }

    @Override
    public AppendResult append(List<Segment> batch) throws ProblemException, InterruptedException {
        Map<Integer, FeedMeta> metas = new HashMap<>();
        Map<FeedIdentity, Problem> unread = new HashMap<>();
        long bytes = 0;
        for (Segment segment : batch) {
            ListedFeed.Usable target = segment.target();
            ByteBuffer points = ByteBuffer.allocate(segment.dataBytes());
            try {
                segment.points().read(segment.startByte(), points);
            } catch (ProblemException e) {
                unread.put(target.identity(), e.problem());
                continue;
            }
            FeedMeta held = meta(target);
            boolean fits = held.npoints() == segment.firstPoint()
                    && (held.isEmpty() || held.startTime() == segment.meta().startTime())
                    && held.intervalSeconds() == segment.meta().intervalSeconds();
            if (!fits) {
                throw new ProblemException(Problem.of(ProblemKind.REFUSED, target.identity(),
                        "the points do not continue what is stored"));
            }
            files.append(target.id(), target.engine(), segment.meta(), segment.startByte(), points.flip());
            metas.put(target.id(), meta(target));
            bytes += segment.dataBytes();
        }
        return new AppendResult(metas, unread, bytes);
    }
}
