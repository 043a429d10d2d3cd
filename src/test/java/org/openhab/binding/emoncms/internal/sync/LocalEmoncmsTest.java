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

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;

import org.eclipse.jdt.annotation.NonNullByDefault;
import org.eclipse.jdt.annotation.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.openhab.binding.emoncms.internal.feed.FeedIdentity;
import org.openhab.binding.emoncms.internal.feed.LittleEndian;
import org.openhab.binding.emoncms.internal.feed.Problem;
import org.openhab.binding.emoncms.internal.feed.ProblemKind;
import org.openhab.binding.emoncms.internal.feed.TimeSeriesRecord;
import org.openhab.binding.emoncms.internal.store.directory.FeedDirectories;
import org.openhab.binding.emoncms.internal.store.directory.FeedFiles;
import org.openhab.binding.emoncms.internal.store.local.LocalEmoncmsFeedStore;
import org.openhab.binding.emoncms.simulated.Account;
import org.openhab.binding.emoncms.simulated.Fault;
import org.openhab.binding.emoncms.simulated.Outcome;
import org.openhab.binding.emoncms.simulated.ReceivedRequest;
import org.openhab.binding.emoncms.simulated.Reply;
import org.openhab.binding.emoncms.simulated.SimulatedEmoncms;

/**
 * A local Emoncms as the local side: it owns its files, which are read but never written.
 *
 * @author Emoncms add-on contributors - Initial contribution
 */
@NonNullByDefault
@Timeout(60)
class LocalEmoncmsTest {

    private static final int BATCH_BYTES = 64 << 10;

    private final Path directory;
    private final TwoSidesFixture sides;
    private final SimulatedEmoncms home;
    private final Account owner;

    LocalEmoncmsTest(@TempDir Path directory) {
        this.directory = directory;
        sides = new TwoSidesFixture(directory, BATCH_BYTES);
        sides.clock.advance(Duration.ofDays(365));
        home = SimulatedEmoncms.start(directory.resolve("home"), 0, sides.clock);
        owner = home.addAccount("home", "password");
        home.addFeed(owner, "other", "shifts the ids", SimulatedEmoncms.PHPFINA, 10, "");
        useHome(FeedDirectories.in(directory.resolve("home")));
    }

    private void useHome(@Nullable FeedDirectories directories) {
        sides.localBy(new LocalEmoncmsFeedStore(() -> sides.open(home, owner),
                directories == null ? null : new FeedFiles(directories, sides.clock), directory.resolve("staging"),
                "test", BATCH_BYTES));
    }

    @AfterEach
    void close() throws Exception {
        sides.close();
        home.close();
    }

    private FeedIdentity fina(String name, int npoints) throws IOException {
        return TwoSidesFixture.addFina(home, owner, name, npoints);
    }

    private FeedIdentity series(String name, int npoints) throws IOException {
        return TwoSidesFixture.addSeries(home, owner, name, npoints);
    }

    private Path homeData(FeedIdentity feed) {
        return home.dataFile(home.feedId(owner, feed.tag(), feed.name()).orElseThrow());
    }

    private List<String> askedOfHome() {
        return home.requests().stream().map(ReceivedRequest::path).toList();
    }

    private void assertSame(FeedIdentity... feeds) throws IOException {
        for (FeedIdentity feed : feeds) {
            assertThat(sides.remoteBytes(feed)).as("bytes of %s", feed).isEqualTo(Files.readAllBytes(homeData(feed)))
                    .isNotEmpty();
            assertThat(sides.state(feed)).as("state of %s", feed).isEqualTo(SyncState.SAME);
        }
    }

    private void startWatching(FeedIdentity... feeds) {
        sides.watch(feeds);
        sides.start();
        home.clearRequests();
    }

    @Test
    void itsFeedsAreUploadedFromItsFiles() throws Exception {
        FeedIdentity power = fina("power", 50_000);
        FeedIdentity counter = series("counter", 20_000);
        startWatching(power, counter);

        assertSame(power, counter);
        assertThat(askedOfHome()).doesNotContain("/feed/export.json");
    }

    @Test
    void theIdsOfBothSidesDiffer() throws Exception {
        FeedIdentity power = fina("power", 500);
        startWatching(power);

        assertSame(power);
        FeedReport report = sides.feeds.get(power);
        assertThat(report).isNotNull();
        assertThat(report.local()).isNotNull().extracting(local -> local.feed().id()).isEqualTo(2);
        assertThat(report.remote()).isNotNull().extracting(remote -> remote.id()).isEqualTo(1);
    }

    @Test
    void withoutADirectoryItsFeedsAreReadThroughItsExport() throws Exception {
        useHome(null);
        FeedIdentity power = fina("power", 50_000);
        FeedIdentity counter = series("counter", 20_000);
        startWatching(power, counter);

        assertSame(power, counter);
        assertThat(home.requests()).extracting(ReceivedRequest::path).doesNotContain("/feed/sync");
    }

    @Test
    void aDirectoryThatCannotBeReadIsMadeUpForByItsExport() throws Exception {
        useHome(FeedDirectories.in(directory.resolve("nowhere")));
        FeedIdentity power = fina("power", 5000);
        startWatching(power);

        assertSame(power);
    }

    @Test
    void theDirectoryOfAnotherServerIsNotTakenForItsOwn() throws Exception {
        Path other = directory.resolve("other");
        useHome(FeedDirectories.in(other));
        FeedIdentity power = fina("power", 5000);
        int id = home.feedId(owner, "house", "power").orElseThrow();
        Files.createDirectories(other.resolve("phpfina"));
        Files.write(other.resolve("phpfina/" + id + ".meta"),
                LittleEndian.allocate(16).putInt(8, 10).putInt(12, 1_700_000_000).array());
        Files.write(other.resolve("phpfina/" + id + ".dat"), new byte[5000 * 4]);
        startWatching(power);

        assertSame(power);
    }

    @Test
    void pointsThatAreAppendedWhileItIsReadFollowLater() throws Exception {
        FeedIdentity power = fina("power", 5000);
        sides.emoncms.fault(Fault.next(1, request -> {
            if (request.isFor("/feed/sync")) {
                append(power, 7);
            }
            return false;
        }, Outcome.pass()));
        startWatching(power);
        sides.emoncms.clearFaults();
        sides.nextInterval();

        assertSame(power);
    }

    private void append(FeedIdentity feed, int npoints) {
        try {
            TwoSidesFixture.append(homeData(feed), npoints);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void aFeedThatIsDeletedThereIsRemoteOnlyThen() throws Exception {
        FeedIdentity power = fina("power", 500);
        FeedIdentity counter = series("counter", 500);
        startWatching(power, counter);
        home.deleteFeed(home.feedId(owner, "house", "power").orElseThrow());
        append(counter, 10);
        sides.nextInterval();

        assertSame(counter);
        assertThat(sides.state(power)).isEqualTo(SyncState.REMOTE_ONLY);
    }

    @Test
    void aFeedThatIsClearedWhileItIsReadIsNotMixed() throws Exception {
        FeedIdentity power = fina("power", 500);
        byte[] before = Files.readAllBytes(homeData(power));
        int id = home.feedId(owner, "house", "power").orElseThrow();
        sides.emoncms.fault(request -> {
            if (request.isFor("/feed/create")) {
                home.clearFeed(id);
            }
            return Outcome.pass();
        });
        startWatching(power);

        byte[] remote = sides.remoteBytes(power);
        assertThat(remote.length == 0 || java.util.Arrays.equals(remote, before)).isTrue();
        sides.nextInterval();
        assertThat(sides.state(power)).isIn(SyncState.SAME, SyncState.REMOTE_AHEAD);
    }

    @Test
    void aDownloadIsCreatedAndWrittenByTheServerItself() throws Exception {
        FeedIdentity power = sides.remoteFina("power", 100_000);
        FeedIdentity counter = sides.remoteSeries("counter", 30_000);
        startWatching(power, counter);
        sides.engine.downloadAll();
        sides.worker.runDue();

        assertSame(power, counter);
        assertThat(askedOfHome()).contains("/feed/create.json", "/feed/sync").filteredOn("/feed/sync"::equals)
                .hasSizeGreaterThan(8);
        assertThat(directory.resolve("staging")).isEmptyDirectory();
        assertThat(home.feeds(owner)).extracting(feed -> feed.unit()).contains("W", "kWh");
    }

    @Test
    void aFeedThatIsAheadIsContinuedByTheServerItself() throws Exception {
        FeedIdentity power = fina("power", 500);
        FeedIdentity counter = series("counter", 500);
        startWatching(power, counter);
        sides.appendRemote(power, 300);
        sides.appendRemote(counter, 300);
        sides.engine.downloadAll();
        sides.worker.runDue();

        assertSame(power, counter);
    }

    @Test
    void aTimeSeriesThatEndsWithoutAValueIsWrittenThereToo() throws Exception {
        FeedIdentity counter = sides.remoteSeries("counter", 50);
        ByteBuffer record = LittleEndian.allocate(TimeSeriesRecord.BYTES);
        new TimeSeriesRecord(TwoSidesFixture.START + 50 * 13, Float.NaN).write(record);
        Files.write(sides.emoncms.dataFile(sides.remoteId(counter)), record.array(), StandardOpenOption.APPEND);
        startWatching(counter);
        sides.download(counter);

        assertSame(counter);
    }

    @Test
    void aDownloadThatItInterruptsGoesOnFromWhatItHas() throws Exception {
        FeedIdentity power = sides.remoteFina("power", 100_000);
        startWatching(power);
        home.fault(request -> request.isFor("/feed/sync")
                && askedOfHome().stream().filter("/feed/sync"::equals).count() == 4
                        ? Outcome.answer(Reply.html(500, "out of order"))
                        : Outcome.pass());
        sides.engine.download(power);
        for (int i = 0; i < 4; i++) {
            sides.nextInterval();
        }

        assertSame(power);
    }

    @Test
    void aNameThatItDoesNotTakeIsTold() throws Exception {
        sides.emoncms.addFeed(sides.account, "ho.use", "power", SimulatedEmoncms.PHPFINA, 10, "");
        FeedIdentity feed = new FeedIdentity("ho.use", "power");
        startWatching(feed);
        sides.download(feed);

        assertThat(sides.problem(feed)).isEqualTo(ProblemKind.FEED_NAME_REFUSED);
        assertThat(home.feeds(owner)).hasSize(1);
    }

    @Test
    void oneDamagedFeedHoldsBackNoOther() throws Exception {
        FeedIdentity power = fina("power", 500);
        FeedIdentity damaged = fina("damaged", 500);
        Files.write(home.metaFile(home.feedId(owner, "house", "damaged").orElseThrow()), new byte[16]);
        startWatching(power, damaged);

        assertSame(power);
        assertThat(sides.problem(damaged)).isEqualTo(ProblemKind.REMOTE_META_INVALID);
    }

    @Test
    void aTimeSeriesThatEndsWithoutAValueIsUploadedThroughItsExportToo() throws Exception {
        useHome(null);
        FeedIdentity counter = series("counter", 50);
        ByteBuffer record = LittleEndian.allocate(TimeSeriesRecord.BYTES);
        new TimeSeriesRecord(TwoSidesFixture.START + 50 * 13, Float.NaN).write(record);
        Files.write(homeData(counter), record.array(), StandardOpenOption.APPEND);
        startWatching(counter);

        assertSame(counter);
    }

    @Test
    void itsFeedsThatNobodyWatchesAreNotRead() throws Exception {
        useHome(null);
        for (int i = 0; i < 20; i++) {
            fina("power" + i, 100);
        }
        sides.start();

        assertThat(sides.known).hasSize(21);
        assertThat(askedOfHome()).doesNotContain("/feed/export.json");
    }

    @Test
    void aServerThatHangsIsNotAskedForEachFeed() throws Exception {
        useHome(null);
        FeedIdentity[] feeds = new FeedIdentity[10];
        for (int i = 0; i < feeds.length; i++) {
            feeds[i] = fina("power" + i, 100);
        }
        home.fault(Fault.always(Fault.route("/feed/export"), Outcome.noAnswer()));
        startWatching(feeds);

        Problem problem = sides.server().problem();
        assertThat(problem).isNotNull().extracting(Problem::kind).isEqualTo(ProblemKind.TIMEOUT);
    }

    @Test
    void itsOutageIsToldAndEnds() throws Exception {
        FeedIdentity power = fina("power", 500);
        startWatching(power);
        home.stop();
        sides.nextInterval();
        Problem problem = sides.server().problem();
        assertThat(problem).isNotNull().extracting(Problem::kind).isIn(ProblemKind.NO_CONNECTION,
                ProblemKind.CONNECTION_LOST);
        home.restart();
        append(power, 10);
        sides.nextInterval();

        assertSame(power);
        assertThat(sides.server().problem()).isNull();
    }

    @Test
    void itsRefusedKeyIsToldWithItsName() throws Exception {
        home.fault(Fault.always(request -> true, Outcome.answer(Reply.html(401, "Invalid API key"))));
        sides.start();

        Problem problem = sides.server().problem();
        assertThat(problem).isNotNull();
        assertThat(problem.kind()).isEqualTo(ProblemKind.KEY_REFUSED);
        assertThat(problem.arguments()).contains(home.url().getAuthority());
    }
}
