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
package org.openhab.binding.emoncms.crash;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;

import org.eclipse.jdt.annotation.NonNullByDefault;
import org.openhab.binding.emoncms.internal.feed.Engine;
import org.openhab.binding.emoncms.internal.feed.FeedIdentity;
import org.openhab.binding.emoncms.internal.feed.FixedIntervalMeta;
import org.openhab.binding.emoncms.internal.feed.ListedFeed;
import org.openhab.binding.emoncms.internal.feed.ProblemException;
import org.openhab.binding.emoncms.simulated.Account;
import org.openhab.binding.emoncms.simulated.SimulatedEmoncms;
import org.openhab.binding.emoncms.simulated.SimulatedFeed;

/**
 * A server that lives on and a local directory whose processes are killed one after the other.
 *
 * @author Emoncms add-on contributors - Initial contribution
 */
@NonNullByDefault
final class CrashSite implements AutoCloseable {

    private static final Duration LONGEST_END = Duration.ofSeconds(60);
    /** How long the process waits before it ends early what it does, to begin anew. */
    private static final Duration HASTE = Duration.ofMillis(150);
    private static final Duration CALM = Duration.ofMillis(400);
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(50);

    private final Path directory;
    private final Path localDirectory;
    private final SimulatedEmoncms emoncms;
    private final Account account;
    private final KilledJvm jvm;
    private final CrashTally tally;
    private Workload workload = new Workload(0);
    private LocalFiles before;

    CrashSite(Path directory, KilledJvm jvm, CrashTally tally)
            throws IOException, ProblemException, InterruptedException {
        this.directory = Files.createDirectories(directory);
        this.jvm = jvm;
        this.tally = tally;
        localDirectory = directory.resolve("local");
        emoncms = SimulatedEmoncms.start(directory.resolve("server"));
        account = emoncms.addAccount("emonuser", "password");
        before = new LocalFiles(localDirectory);
    }

    /** Kills a process, once in each round, and then lets one end its work. */
    void run(int kills, RandomGenerator random) throws IOException, ProblemException, InterruptedException {
        for (int round = 0; round < kills; round++) {
            workload = new Workload(round);
            offer();
            KillMoment moment = KillMoment.random(random);
            try {
                killAt(moment);
            } catch (AssertionError e) {
                throw new AssertionError("round " + round + ", " + moment + ": " + e.getMessage(), e);
            }
        }
        end();
    }

    private void offer() throws IOException {
        for (CrashFeed feed : workload.offered()) {
            FeedIdentity identity = feed.identity();
            int id = emoncms.feedId(account, identity.tag(), identity.name()).orElseGet(() -> emoncms.addFeed(account,
                    identity.tag(), identity.name(), feed.engine().id(), CrashFeed.INTERVAL_SECONDS, CrashFeed.UNIT));
            Path data = emoncms.dataFile(id);
            long held = Files.size(data) / feed.engine().pointBytes();
            if (held == 0 && feed.engine() == Engine.PHPFINA) {
                Files.write(emoncms.metaFile(id),
                        new FixedIntervalMeta(feed.startTime(), CrashFeed.INTERVAL_SECONDS).toBuffer().array());
            }
            Files.write(data, feed.bytes(held, workload.npoints(feed) - held), StandardOpenOption.APPEND);
        }
    }

    private KilledProcess start(Duration betweenRequests) throws IOException {
        return KilledProcess.start(jvm, directory.resolve("errors"), localDirectory.toString(),
                emoncms.url().toString(), account.writeKey(), Integer.toString(workload.round()),
                Long.toString(betweenRequests.toMillis()));
    }

    private void killAt(KillMoment moment) throws IOException, ProblemException, InterruptedException {
        try (Onlooker onlooker = new Onlooker(localDirectory); KilledProcess process = start(HASTE)) {
            moment.await(process, emoncms);
            process.kill();
            onlooker.requireNothingSeen();
            process.requireNoDefect();
            LocalFiles local = new LocalFiles(localDirectory);
            tally.add(process, local);
            local.requireSound(before, workload);
            if (local.hasPending()) {
                local.requireEnds(directory.resolve("copy"), workload);
            }
            requireRemoteSound(local);
            before = local;
        }
    }

    /** What was uploaded is where it stands locally too, and what is downloaded was not touched. */
    private void requireRemoteSound(LocalFiles local) throws IOException {
        Set<FeedIdentity> seen = new HashSet<>();
        for (SimulatedFeed remote : emoncms.feeds(account)) {
            FeedIdentity identity = new FeedIdentity(remote.tag(), remote.name());
            CrashFeed feed = CrashFeed.of(identity);
            byte[] found = Files.readAllBytes(emoncms.dataFile(remote.id()));
            assertThat(seen.add(identity)).as("%s is on the server once", identity).isTrue();
            assertThat(remote.engine()).as("remote engine of %s", identity).isEqualTo(feed.engine().id());
            LocalFiles.requirePrefix(found, feed, "remote " + identity);
            long most = feed.isOffered() ? workload.npoints(feed)
                    : Objects.requireNonNull(local.feeds().get(identity)).meta().npoints();
            long bytes = most * feed.engine().pointBytes();
            assertThat((long) found.length).as("remote bytes of %s", identity).isBetween(feed.isOffered() ? bytes : 0,
                    bytes);
        }
    }

    /** Has a process do its first work and end. */
    void train() throws IOException, ProblemException, InterruptedException {
        offer();
        end();
    }

    private void end() throws IOException, ProblemException, InterruptedException {
        try (KilledProcess process = start(CALM)) {
            long deadline = System.nanoTime() + LONGEST_END.toNanos();
            while (!isEnded()) {
                assertThat(System.nanoTime()).as("time to end all work; %s", process.problems()).isLessThan(deadline);
                Thread.sleep(BETWEEN_LOOKS.toMillis());
            }
            process.end();
            process.requireNoDefect();
        }
        LocalFiles local = new LocalFiles(localDirectory);
        local.requireSound(before, workload);
        local.requireNothingLeft();
        local.requireNamed(directory.resolve("copy"));
        requireRemoteSound(local);
        requireSame(local);
        tally.ended(local);
    }

    private boolean isEnded() throws IOException, ProblemException, InterruptedException {
        LocalFiles local = new LocalFiles(localDirectory);
        for (CrashFeed feed : allFeeds()) {
            ListedFeed.Usable held = local.feeds().get(feed.identity());
            if (held == null || held.meta().npoints() != workload.npoints(feed)
                    || !hasArrived(feed, Files.size(local.data(held)))) {
                return false;
            }
        }
        return !local.hasDownloads();
    }

    private boolean hasArrived(CrashFeed feed, long bytes) throws IOException {
        FeedIdentity identity = feed.identity();
        Optional<Integer> id = emoncms.feedId(account, identity.tag(), identity.name());
        return id.isPresent() && Files.size(emoncms.dataFile(id.get())) == bytes;
    }

    private List<CrashFeed> allFeeds() {
        return Stream.concat(workload.recorded().stream(), workload.offered().stream()).toList();
    }

    private void requireSame(LocalFiles local) throws IOException {
        assertThat(local.feeds().keySet()).as("local feeds")
                .containsExactlyInAnyOrderElementsOf(allFeeds().stream().map(CrashFeed::identity).toList());
        assertThat(emoncms.feeds(account)).as("remote feeds").hasSameSizeAs(allFeeds());
        for (ListedFeed.Usable held : local.feeds().values()) {
            FeedIdentity identity = held.identity();
            int remoteId = emoncms.feedId(account, identity.tag(), identity.name()).orElseThrow();
            assertThat(local.data(held)).as("points of %s", identity)
                    .hasSameBinaryContentAs(emoncms.dataFile(remoteId));
            if (held.engine() == Engine.PHPFINA) {
                assertThat(local.meta(held)).as("meta of %s", identity)
                        .hasSameBinaryContentAs(emoncms.metaFile(remoteId));
            }
        }
    }

    @Override
    public void close() {
        emoncms.close();
    }
}
