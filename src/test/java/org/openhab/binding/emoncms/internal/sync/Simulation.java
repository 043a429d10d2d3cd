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

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

import org.eclipse.jdt.annotation.NonNullByDefault;
import org.eclipse.jdt.annotation.Nullable;
import org.openhab.binding.emoncms.internal.feed.Engine;
import org.openhab.binding.emoncms.internal.feed.FeedIdentity;
import org.openhab.binding.emoncms.internal.feed.FeedPatterns;
import org.openhab.binding.emoncms.internal.feed.Problem;
import org.openhab.binding.emoncms.internal.feed.ProblemKind;
import org.openhab.binding.emoncms.internal.feed.TimeSeriesRecord;
import org.openhab.binding.emoncms.internal.store.RemoteFeedStore;
import org.openhab.binding.emoncms.internal.store.directory.DirectoryFeedStore;
import org.openhab.binding.emoncms.simulated.Account;
import org.openhab.binding.emoncms.simulated.Outcome;
import org.openhab.binding.emoncms.simulated.ReceivedRequest;
import org.openhab.binding.emoncms.simulated.Reply;

/**
 * One run of an engine through a {@link Schedule}, in virtual time, between real files and a server that is reached by
 * real HTTP. What must always hold is looked at after each cycle, what must hold in the end at the end.
 *
 * @author Emoncms add-on contributors - Initial contribution
 */
@NonNullByDefault
final class Simulation {

    private static final int ROUNDS_TO_HEAL = 3;
    private static final Duration TIME_TO_FIND_FILLED = Duration.ofHours(26);

    private final SimulationRig rig;
    private final Schedule schedule;
    private final SkewedClock engineClock;
    private final Account account;
    private final LocalHome local;
    private final RemoteHome remote;
    private final SentBatches batches;
    private final ArmedFaults faults = new ArmedFaults();

    private final Map<FeedIdentity, FeedReport> reports = new ConcurrentHashMap<>();
    /** Feeds that others have changed on the server since the engine last saw its list. */
    private final Set<Integer> unseen = ConcurrentHashMap.newKeySet();
    /** Feeds whose remote points are not those of the local writer, by what others have done. */
    private final Set<Integer> foreign = ConcurrentHashMap.newKeySet();
    private final Set<Integer> clearedInCycle = ConcurrentHashMap.newKeySet();
    /** Feeds that start with zeros which nobody has written. */
    private final Set<Integer> filled = ConcurrentHashMap.newKeySet();
    private final Map<Integer, SimulationStep.Reject> rejections = new ConcurrentHashMap<>();
    private final Set<Integer> downloads = new HashSet<>();
    private final AtomicReference<@Nullable Violation> violation = new AtomicReference<>();
    private final AtomicInteger cycles = new AtomicInteger();

    private ManualWorker worker;
    private SyncEngine engine;
    private boolean isStopped;

    private final SyncListener listener = new SyncListener() {

        @Override
        public void serverChanged(ServerReport report) {
            Problem problem = report.problem();
            if (problem != null && problem.kind() == ProblemKind.INTERNAL) {
                violated(Violation.Check.DEFECT, problem.toString());
            }
        }

        @Override
        public void feedChanged(FeedReport report) {
            reports.put(report.identity(), report);
        }

        @Override
        public void feedEvent(FeedIdentity feed, SyncEvent event) {
            // the state that comes before it is looked at
        }

        @Override
        public void serverEvent(SyncEvent event) {
            // the state that comes before it is looked at
        }

        @Override
        public void feedsKnown(Map<FeedIdentity, KnownFeed> feeds) {
            // the reports say the same
        }
    };

    Simulation(SimulationRig rig, Schedule schedule) {
        this.rig = rig;
        this.schedule = schedule;
        rig.begin(faults, this::received);
        engineClock = new SkewedClock(rig.clock);
        account = rig.newAccount();
        local = new LocalHome(rig.localDirectory(), rig.clock, schedule.lateness());
        remote = rig.newRemote(account);
        batches = new SentBatches(local, remote, engineClock, this::filled);
        worker = newWorker();
        engine = newEngine();
    }

    ArmedFaults faults() {
        return faults;
    }

    int cycles() {
        return cycles.get();
    }

    /** The first thing that must not be; empty if all went well. */
    Optional<Violation> run() throws Exception {
        try {
            startEngine();
            for (SimulationStep step : schedule.steps()) {
                if (violation.get() == null) {
                    local.rewrite();
                    take(step);
                }
            }
            if (violation.get() == null) {
                heal();
            }
            return Optional.ofNullable(violation.get());
        } finally {
            close();
        }
    }

    private void close() throws IOException, InterruptedException {
        engine.stop();
        worker.shutdownNow();
        rig.awaitQuiet();
        if (isStopped) {
            rig.emoncms.restart();
        }
        remote.deleteAll();
        rig.deleteLocal();
    }

    private void violated(Violation.Check check, String details) {
        violation.compareAndSet(null, new Violation(check, details));
    }

    private ManualWorker newWorker() {
        return new ManualWorker(rig.clock, this::run);
    }

    private SyncEngine newEngine() {
        return new SyncEngine(DirectoryFeedStore.making(rig.localDirectory(), engineClock),
                () -> seen(rig.open(account, schedule.batchBytes())),
                new SyncSettings(schedule.uploadInterval(), schedule.phase(), schedule.batchBytes(), FeedPatterns.NONE,
                        FeedSide.WRITE_DELAY, schedule.openSlots(), UploadWindow.ALWAYS, SyncSettings.UNLIMITED),
                engineClock, new Random(schedule.seed()), worker, () -> DataUsage.NONE, listener);
    }

    private void startEngine() {
        for (int feed = 0; feed < schedule.feeds(); feed++) {
            engine.watch(LocalHome.identity(feed), true);
        }
        engine.start(false, Duration.ofSeconds(1));
    }

    private void restartEngine() {
        engine.stop();
        worker.shutdownNow();
        reports.clear();
        worker = newWorker();
        engine = newEngine();
        startEngine();
    }

    private void take(SimulationStep step) throws Exception {
        if (step instanceof SimulationStep.Advance advance) {
            worker.run(advance.duration());
        } else if (step instanceof SimulationStep.AppendLocal append) {
            local.append(append.feed(), append.points(), append.gap(), engineClock.isAhead());
        } else if (step instanceof SimulationStep.Inject inject) {
            faults.arm(inject);
        } else if (step instanceof SimulationStep.Reject reject) {
            rejections.put(reject.feed(), reject);
        } else if (step instanceof SimulationStep.UploadNow) {
            engine.uploadNow();
            worker.runDue();
        } else if (step instanceof SimulationStep.Download download) {
            downloads.add(download.feed());
            engine.download(LocalHome.identity(download.feed()));
            worker.runDue();
        } else if (step instanceof SimulationStep.Pause pause) {
            engine.setPaused(pause.paused());
            worker.runDue();
        } else if (step instanceof SimulationStep.RestartEngine) {
            restartEngine();
        } else if (step instanceof SimulationStep.SkewClock skew) {
            skew(skew.skew());
        } else if (step instanceof SimulationStep.StopServer) {
            stopServer();
        } else if (step instanceof SimulationStep.StartServer) {
            startServer();
        } else {
            takeOfFeed(step);
        }
    }

    /** While the clock of the engine is ahead, it takes for settled what is not. */
    private void skew(Duration skew) throws IOException {
        local.close();
        engineClock.skew(skew);
    }

    private void stopServer() {
        rig.emoncms.stop();
        isStopped = true;
    }

    private void startServer() {
        if (isStopped) {
            rig.emoncms.restart();
            isStopped = false;
        }
    }

    private void takeOfFeed(SimulationStep step) throws Exception {
        if (step instanceof SimulationStep.CreateLocal create) {
            local.delete(create.feed());
            local.create(create.feed(), create.kind());
            local.append(create.feed(), create.points(), 0, engineClock.isAhead());
            changed(create.feed());
        } else if (step instanceof SimulationStep.ClearLocal clear) {
            local.clear(clear.feed());
            changed(clear.feed());
        } else if (step instanceof SimulationStep.DeleteLocal delete) {
            local.delete(delete.feed());
            changed(delete.feed());
        } else if (step instanceof SimulationStep.ClearRemote clear) {
            remote.clear(clear.feed());
            changedRemote(clear.feed());
        } else if (step instanceof SimulationStep.DeleteRemote delete) {
            remote.delete(delete.feed());
            changedRemote(delete.feed());
        } else if (step instanceof SimulationStep.CreateRemote create) {
            remote.delete(create.feed());
            remote.create(create.feed(), create.kind());
            changedRemote(create.feed());
        } else if (step instanceof SimulationStep.AppendRemote append) {
            append(append);
            changedRemote(append.feed());
        } else if (step instanceof SimulationStep.ClearRemoteInCycle clear) {
            clearedInCycle.add(clear.feed());
        } else {
            throw new IllegalStateException("Unknown step " + step);
        }
    }

    private void append(SimulationStep.AppendRemote append) throws Exception {
        FeedSide here = local.feed(append.feed());
        if (!append.same()) {
            remote.append(append.feed(), append.points());
        } else if (here != null) {
            remote.appendFrom(here, append.feed(), append.points());
        }
    }

    private void changedRemote(int feed) throws Exception {
        unseen.add(feed);
        changed(feed);
    }

    private void changed(int feed) throws Exception {
        FeedSide here = local.feed(feed);
        FeedSide there = settled(here, remote.feed(feed));
        boolean isOurs = there == null || there.isEmpty() || here != null && here.fits(there) && here.startsWith(there)
                && there.npoints() <= local.closedPoints(feed, here);
        if (isOurs) {
            foreign.remove(feed);
        } else {
            foreign.add(feed);
        }
    }

    private boolean isForeign(int feed) {
        return foreign.contains(feed) || filled.contains(feed);
    }

    /** With each list, the engine sees what others have done. */
    private RemoteFeedStore seen(RemoteFeedStore store) {
        return (RemoteFeedStore) Proxy.newProxyInstance(getClass().getClassLoader(),
                new Class<?>[] { RemoteFeedStore.class }, (proxy, method, arguments) -> {
                    try {
                        Object result = method.invoke(store, arguments);
                        if ("list".equals(method.getName())) {
                            unseen.clear();
                        }
                        return result;
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    /** On a thread of the server, while the engine waits. */
    private Outcome received(ReceivedRequest request) {
        byte[] body = request.body();
        if (request.isFor("/feed/sync") && body != null) {
            try {
                boolean isSurprised = !clearedInCycle.isEmpty();
                clearInCycle();
                Optional<String> problem = batches.problem(body);
                if (problem.isPresent() && !isSurprised) {
                    violated(Violation.Check.SENT, problem.get());
                }
            } catch (Exception e) {
                violated(Violation.Check.SENT, e.toString());
            }
        }
        Outcome outcome = faults.outcome();
        return outcome instanceof Outcome.Pass && body != null ? rejection(request) : outcome;
    }

    private Outcome rejection(ReceivedRequest request) {
        for (SimulationStep.Reject reject : rejections.values()) {
            FeedIdentity identity = LocalHome.identity(reject.feed());
            Optional<Integer> id = rig.emoncms.feedId(account, identity.tag(), identity.name());
            if (id.isPresent() && TwoSidesFixture.syncWith(Set.of(id.get())).test(request)) {
                if (reject.times() > 1) {
                    rejections.put(reject.feed(),
                            new SimulationStep.Reject(reject.feed(), reject.named(), reject.times() - 1));
                } else {
                    rejections.remove(reject.feed());
                }
                return Outcome.answer(reject.named()
                        ? Reply.json("{\"success\":false,\"message\":\"Invalid data_len for feed " + id.get() + "\"}")
                        : Reply.html(500, "Sorry"));
            }
        }
        return Outcome.pass();
    }

    /** The server has put zeros before what was sent, and nobody can see that at once. */
    private void filled(int feed) {
        filled.add(feed);
    }

    private boolean isMended(int feed) {
        try {
            FeedSide here = local.feed(feed);
            FeedSide there = remote.feed(feed);
            return there == null || there.isEmpty() || here != null && here.fits(there) && here.startsWith(there);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private void clearInCycle() throws Exception {
        for (int feed : clearedInCycle) {
            remote.clear(feed);
            unseen.add(feed);
            filled(feed);
        }
        clearedInCycle.clear();
    }

    /** A job of the worker. */
    private void run(Runnable job) {
        if (violation.get() != null) {
            return;
        }
        try {
            local.rewrite();
            Map<Integer, FeedSide> before = local.feeds();
            job.run();
            rig.awaitQuiet();
            cycles.incrementAndGet();
            filled.removeIf(this::isMended);
            checkLocal(before);
            checkBothSides();
            if (faults.hasTooManyRequests()) {
                violated(Violation.Check.DEFECT, "too many requests");
            }
        } catch (Exception e) {
            violated(Violation.Check.DEFECT, e.toString());
        }
    }

    private void checkLocal(Map<Integer, FeedSide> before) throws Exception {
        Map<Integer, FeedSide> now = local.feeds();
        Map<Integer, FeedSide> there = remote.feeds();
        for (int feed = 0; feed < schedule.feeds(); feed++) {
            FeedSide was = before.get(feed);
            FeedSide is = now.get(feed);
            if (was != null && is != null && Arrays.equals(was.points(), is.points()) && was.fits(is)
                    || was == null && is == null) {
                continue;
            }
            if (!isDownloaded(was, is, there.get(feed)) || !downloads.contains(feed)) {
                violated(Violation.Check.LOCAL_POINTS,
                        "feed%d: local %s has become %s, remote %s".formatted(feed, was, is, there.get(feed)));
            }
            changed(feed);
        }
    }

    /** Settled remote points behind those that were there; a record before them is the same on both sides. */
    private boolean isDownloaded(@Nullable FeedSide was, @Nullable FeedSide is, @Nullable FeedSide there) {
        if (is == null || there == null || !is.isEmpty() && !there.fits(is)) {
            return false;
        }
        boolean isMore = was == null || is.startsWith(was) && (was.isEmpty() || was.fits(is));
        int to = is.points().length;
        int from = was == null ? 0 : was.points().length;
        if (is.engine() == Engine.PHPTIMESERIES) {
            from = Math.max(0, from - TimeSeriesRecord.BYTES);
        }
        return isMore && is.endedPoints(now()) == is.npoints() && to <= there.points().length
                && Arrays.equals(is.points(), from, to, there.points(), from, to);
    }

    private void checkBothSides() throws Exception {
        Map<Integer, FeedSide> heres = local.feeds();
        Map<Integer, FeedSide> theres = remote.feeds();
        for (int feed = 0; feed < schedule.feeds(); feed++) {
            FeedSide here = heres.get(feed);
            FeedSide there = settled(here, theres.get(feed));
            checkRemotePoints(feed, here, there);
            FeedReport report = reports.get(LocalHome.identity(feed));
            boolean isCalledSame = report != null && report.state() == SyncState.SAME && !unseen.contains(feed);
            boolean isSame = schedule.openSlots() && !isForeign(feed)
                    ? FeedSide.compareWithPoints(here, there, now()) == SyncState.SAME
                    : FeedSide.compare(here, there, now()) == SyncState.SAME;
            if (isCalledSame && !isSame) {
                violated(Violation.Check.CALLED_SAME, "feed%d: local %s, remote %s".formatted(feed, here, there));
            }
        }
    }

    /** Without what is only shown. */
    private @Nullable FeedSide settled(@Nullable FeedSide here, @Nullable FeedSide there) {
        return there == null || !schedule.openSlots() ? there : there.withoutOpen(here, now());
    }

    /** A point that was shown may wait for its final value; then the feed is not called the same. */
    private void checkRemotePoints(int feed, @Nullable FeedSide here, @Nullable FeedSide there) {
        if (there == null || there.isEmpty() || isForeign(feed) || schedule.openSlots()) {
            return;
        }
        if (here == null || !here.fits(there) || !here.startsWith(there)) {
            violated(Violation.Check.REMOTE_POINTS, "feed%d: local %s, remote %s".formatted(feed, here, there));
        }
    }

    private long now() {
        return engineClock.instant().getEpochSecond();
    }

    private void heal() throws Exception {
        faults.clear();
        clearedInCycle.clear();
        rejections.clear();
        startServer();
        local.rewrite();
        skew(Duration.ZERO);
        engine.setPaused(false);
        worker.runDue();
        if (!filled.isEmpty()) {
            worker.run(TIME_TO_FIND_FILLED);
        }
        Optional<String> problem = Optional.of("not tried");
        for (int round = 0; round < ROUNDS_TO_HEAL && problem.isPresent() && violation.get() == null; round++) {
            worker.run(schedule.uploadInterval().multipliedBy(2));
            engine.uploadNow();
            worker.runDue();
            engine.verifyAll();
            worker.runDue();
            problem = untruth();
        }
        problem.ifPresent(details -> violated(Violation.Check.HEALED, details));
    }

    private Optional<String> untruth() throws Exception {
        Map<Integer, FeedSide> heres = local.feeds();
        Map<Integer, FeedSide> theres = remote.feeds();
        for (int feed = 0; feed < schedule.feeds(); feed++) {
            FeedSide here = heres.get(feed);
            FeedSide there = settled(here, theres.get(feed));
            SyncState expected = FeedSide.compareWithPoints(here, there, now());
            FeedReport report = reports.get(LocalHome.identity(feed));
            SyncState said = report == null ? null : report.state();
            if (schedule.openSlots() && here != null && there != null && there.waitsForMissingValue(here)) {
                expected = SyncState.LOCAL_AHEAD;
                if (said == expected) {
                    continue;
                }
            }
            boolean isHealed = expected != SyncState.LOCAL_AHEAD && expected != SyncState.LOCAL_ONLY;
            if (said != expected || !isHealed) {
                return Optional.of("feed%d is %s, is called %s (%s): local %s, remote %s".formatted(feed, expected,
                        said, report == null ? null : report.problem(), here, there));
            }
            if (expected == SyncState.SAME && !isForeign(feed)
                    && !Objects.requireNonNull(here).startsWith(Objects.requireNonNull(there))) {
                return Optional.of("feed%d has other points: local %s, remote %s".formatted(feed, here, there));
            }
        }
        return Optional.empty();
    }
}
