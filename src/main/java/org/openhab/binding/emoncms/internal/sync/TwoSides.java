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

import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.eclipse.jdt.annotation.NonNullByDefault;
import org.eclipse.jdt.annotation.Nullable;
import org.openhab.binding.emoncms.internal.feed.FeedIdentity;
import org.openhab.binding.emoncms.internal.feed.ListedFeed;
import org.openhab.binding.emoncms.internal.feed.Problem;
import org.openhab.binding.emoncms.internal.feed.ProblemException;
import org.openhab.binding.emoncms.internal.feed.ProblemKind;
import org.openhab.binding.emoncms.internal.store.Segment;

/**
 * The feeds in one cycle, local and remote side by side, and what is told of them.
 *
 * @author Emoncms add-on contributors - Initial contribution
 */
@NonNullByDefault
final class TwoSides {

    private static final Set<SyncState> NEED_ATTENTION = EnumSet.of(SyncState.ABSENT, SyncState.DIFFERENT_ENGINE,
            SyncState.DIFFERENT_INTERVAL, SyncState.DIFFERENT_START, SyncState.PARKED);

    private static final Set<SyncState> MAY_DIVERGE = EnumSet.of(SyncState.SAME, SyncState.LOCAL_AHEAD,
            SyncState.REMOTE_AHEAD, SyncState.UPLOADING);

    private final LocalView view;
    private final RemoteBook book;
    private final ParkedFeeds parked;
    private final WatchedFeeds watched;
    private final Downloads downloads;
    private final Verifications verifications;
    private final OpenSlots openSlots;
    private final Reporter reporter;
    private final Set<FeedIdentity> sending = new HashSet<>();
    private final Set<FeedIdentity> verifying = new HashSet<>();

    TwoSides(LocalView view, RemoteBook book, ParkedFeeds parked, WatchedFeeds watched, Downloads downloads,
            Verifications verifications, OpenSlots openSlots, Reporter reporter) {
        this.view = view;
        this.book = book;
        this.parked = parked;
        this.watched = watched;
        this.downloads = downloads;
        this.verifications = verifications;
        this.openSlots = openSlots;
        this.reporter = reporter;
    }

    RemoteBook book() {
        return book;
    }

    ParkedFeeds parked() {
        return parked;
    }

    @Nullable
    LocalFeed local(FeedIdentity feed) {
        return view.feed(feed);
    }

    Comparison compare(FeedIdentity feed) {
        return Comparison.of(view.feed(feed), view.problem(feed), remoteWithoutOpen(feed));
    }

    /** The remote feed as far as its points are final. */
    @Nullable
    ListedFeed remoteWithoutOpen(FeedIdentity feed) {
        return openSlots.withoutOpen(view.feed(feed), book.get(feed), watched.isSelected(feed));
    }

    boolean isSelected(FeedIdentity feed) {
        return watched.isSelected(feed);
    }

    /** The feeds that are selected for upload for good, and not parked. */
    List<FeedIdentity> selected() {
        return view.watched().stream().filter(feed -> watched.isSelected(feed) && parked.reason(feed) == null).toList();
    }

    /** The feeds that are selected for upload and not parked. */
    List<FeedIdentity> uploadable() {
        return view.watched().stream().filter(this::isUploadable).toList();
    }

    /** Whether a watched feed is selected for upload and not parked. */
    boolean isUploadable(FeedIdentity feed) {
        return watched.isUploaded(feed) && parked.reason(feed) == null;
    }

    /** The feeds in this state that are selected for upload and not parked. */
    List<FeedIdentity> toUpload(SyncState state) {
        return uploadable().stream().filter(feed -> compare(feed).state() == state).toList();
    }

    /** Whether something has to be changed on a side, so that it is to be looked at again soon. */
    boolean needAttention() {
        return view.watched().stream()
                .anyMatch(feed -> parked.reason(feed) != null || NEED_ATTENTION.contains(compare(feed).state()));
    }

    /** Notes that a local feed could not be read after all. */
    void unreadable(FeedIdentity feed, Problem problem) {
        view.unreadable(feed, problem);
    }

    void sending(List<Segment> batch) {
        for (Segment segment : batch) {
            sending.add(segment.target().identity());
            report(segment.target().identity());
        }
    }

    /** All that was sent of the feed is there. */
    void arrived(FeedIdentity feed) {
        sending.remove(feed);
        report(feed);
    }

    void sent() {
        List<FeedIdentity> others = List.copyOf(sending);
        sending.clear();
        others.forEach(this::report);
    }

    /** Notes that the points are being compared. */
    void verifying(FeedIdentity feed) {
        verifying.add(feed);
        report(feed);
    }

    void verified(FeedIdentity feed) {
        verifying.remove(feed);
        report(feed);
    }

    /** Whether it is a watched feed with points on both sides, at the same places as far as is known. */
    boolean isComparable(FeedIdentity feed) {
        return view.watched().contains(feed) && comparablePoints(feed) > 0;
    }

    /** How many points of the feeds that are comparable are settled on both sides. */
    Map<FeedIdentity, Long> comparablePoints() {
        return view.watched().stream().filter(this::isComparable)
                .collect(Collectors.toMap(Function.identity(), this::comparablePoints));
    }

    private long comparablePoints(FeedIdentity feed) {
        LocalFeed here = view.feed(feed);
        if (here == null || !(remoteWithoutOpen(feed) instanceof ListedFeed.Usable there)) {
            return 0;
        }
        return switch (compare(feed).state()) {
            case SAME, LOCAL_AHEAD, REMOTE_AHEAD -> Math.min(here.settledPoints(), there.meta().npoints());
            default -> 0;
        };
    }

    /** Whether a watched feed is on both sides, but is not the same feed there, or cannot be used. */
    boolean hasIncomparable() {
        return view.watched().stream().anyMatch(
                feed -> view.listed(feed) != null && book.get(feed) != null && switch (compare(feed).state()) {
                    case SAME, LOCAL_AHEAD, REMOTE_AHEAD -> false;
                    default -> true;
                });
    }

    /** Watched feeds of which the remote side has points that are not settled here, and how many it has. */
    Map<FeedIdentity, Long> remoteAhead() {
        Map<FeedIdentity, Long> ahead = new HashMap<>();
        for (FeedIdentity feed : view.watched()) {
            LocalFeed here = view.feed(feed);
            if (here != null && book.get(feed) instanceof ListedFeed.Usable there
                    && there.meta().npoints() > here.settledPoints()
                    && there.meta().npoints() <= here.feed().meta().npoints()) {
                ahead.put(feed, there.meta().npoints());
            }
        }
        return ahead;
    }

    /** Notes how many points a download makes of the local feed so far. */
    void downloading(FeedIdentity feed, long npoints) {
        downloads.reached(feed, npoints);
        report(feed);
    }

    /** Looks at the local feed that a download has made. */
    void downloaded(ListedFeed.Usable feed) throws ProblemException, InterruptedException {
        view.put(feed);
    }

    void reportAll() {
        reporter.retain(view.watched());
        view.watched().forEach(this::report);
    }

    void report(FeedIdentity feed) {
        if (view.watched().contains(feed)) {
            reporter.feed(look(feed));
        }
    }

    /** What is known of the feed, watched or not. */
    FeedReport look(FeedIdentity feed) {
        Comparison comparison = compare(feed);
        SyncState state = comparison.state();
        Problem problem = comparison.problem();
        Problem refusal = parked.reason(feed);
        boolean isRemoteMore = state == SyncState.REMOTE_AHEAD || state == SyncState.REMOTE_ONLY;
        if (refusal != null && (state == SyncState.LOCAL_AHEAD || state == SyncState.LOCAL_ONLY)) {
            state = SyncState.PARKED;
            problem = refusal;
        } else if (state == SyncState.LOCAL_AHEAD && sending.contains(feed)) {
            state = SyncState.UPLOADING;
        } else if (isRemoteMore && downloads.npoints(feed) != null) {
            state = SyncState.DOWNLOADING;
        } else if (isRemoteMore) {
            problem = downloads.failure(feed);
        } else {
            downloads.forgetFailure(feed);
        }
        ListedFeed.Usable remote = book.get(feed) instanceof ListedFeed.Usable usable ? usable : null;
        LocalFeed local = view.feed(feed);
        Verification verification = verifications.of(feed, local == null ? null : local.feed(), remote);
        Difference difference = verification.difference();
        if (verifying.contains(feed)) {
            state = SyncState.VERIFYING;
        } else if (difference != null && MAY_DIVERGE.contains(state)) {
            state = SyncState.DIVERGED;
            problem = Problem.of(ProblemKind.DIVERGED, feed, difference.time(), difference.point());
        }
        boolean isUnknown = !book.isKnown() || state == SyncState.SAME && book.isDoubtful(feed);
        Long downloadedPoints = downloads.npoints(feed);
        return new FeedReport(feed, isUnknown ? null : state, problem, local, remote, comparison.pendingPoints(),
                reporter.lastUpload(feed), watched.isUploaded(feed),
                downloadedPoints == null && downloads.isRequested(feed) ? Long.valueOf(0) : downloadedPoints,
                verification);
    }

    /** The feeds the remote side has all or more of. */
    List<FeedIdentity> toDownload() {
        return book.all().stream().filter(feed -> switch (compare(feed).state()) {
            case REMOTE_ONLY, REMOTE_AHEAD -> true;
            default -> false;
        }).sorted(FeedIdentity.ORDER).toList();
    }

    /** Whether every feed that is selected for upload has arrived, none being parked or waiting. */
    boolean isUploadComplete() {
        return view.watched().stream().filter(watched::isUploaded).map(feed -> compare(feed).state())
                .noneMatch(state -> state == SyncState.LOCAL_AHEAD || state == SyncState.LOCAL_ONLY);
    }

    /** All feeds of the local store. */
    Set<FeedIdentity> localFeeds() {
        return view.all();
    }

    boolean isWatched(FeedIdentity feed) {
        return view.watched().contains(feed);
    }

    /** Every feed of both sides. */
    Map<FeedIdentity, KnownFeed> all() {
        Map<FeedIdentity, KnownFeed> all = new HashMap<>();
        Stream.concat(view.all().stream(), book.all().stream()).forEach(feed -> all.computeIfAbsent(feed,
                known -> new KnownFeed(reporter.told(look(known)), view.listed(known), book.get(known))));
        return Map.copyOf(all);
    }
}
