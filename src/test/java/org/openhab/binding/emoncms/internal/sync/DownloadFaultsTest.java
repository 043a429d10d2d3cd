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
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Stream;

import org.eclipse.jdt.annotation.NonNullByDefault;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.openhab.binding.emoncms.internal.feed.FeedIdentity;
import org.openhab.binding.emoncms.internal.feed.LittleEndian;
import org.openhab.binding.emoncms.internal.feed.ProblemException;
import org.openhab.binding.emoncms.internal.feed.ProblemKind;
import org.openhab.binding.emoncms.internal.feed.TimeSeriesRecord;
import org.openhab.binding.emoncms.simulated.Fault;
import org.openhab.binding.emoncms.simulated.Outcome;
import org.openhab.binding.emoncms.simulated.ReceivedRequest;
import org.openhab.binding.emoncms.simulated.Reply;
import org.openhab.binding.emoncms.simulated.SimulatedEmoncms;

/**
 * What a download does when something fails: the local feed is what it was, or has all that the remote one had.
 *
 * @author Emoncms add-on contributors - Initial contribution
 */
@NonNullByDefault
@Timeout(60)
class DownloadFaultsTest {

    private static final Predicate<ReceivedRequest> EXPORT = Fault.route("/feed/export");

    private final TwoSidesFixture sides;

    DownloadFaultsTest(@TempDir Path directory) {
        sides = new TwoSidesFixture(directory, 64 << 10);
        sides.clock.advance(Duration.ofDays(365));
    }

    @BeforeEach
    void makeStore() throws Exception {
        sides.local.list();
    }

    @AfterEach
    void close() throws Exception {
        sides.close();
    }

    /** Content by name, without what waits in a place of its own. */
    private Map<String, ByteBuffer> localFiles() throws IOException {
        Map<String, ByteBuffer> files = new TreeMap<>();
        try (Stream<Path> found = Files.walk(sides.localDirectory)) {
            for (Path file : found.filter(Files::isRegularFile).toList()) {
                String name = file.getFileName().toString();
                if (!name.startsWith("download-")) {
                    files.put(name, ByteBuffer.wrap(Files.readAllBytes(file)));
                }
            }
        }
        return files;
    }

    private List<Path> leftovers() throws IOException {
        try (Stream<Path> found = Files.walk(sides.localDirectory)) {
            return found.filter(file -> file.getFileName().toString().startsWith("download-")).toList();
        }
    }

    /** Downloads, and expects the local side to be left as it was. */
    private void assertFails(FeedIdentity feed, ProblemKind kind) throws IOException {
        Map<String, ByteBuffer> before = localFiles();
        sides.events.clear();
        sides.download(feed);

        assertThat(sides.problem(feed)).isEqualTo(kind);
        assertThat(localFiles()).isEqualTo(before);
        assertThat(leftovers()).isEmpty();
        assertThat(sides.events).contains(feed.name() + " FAILED", "server FAILED")
                .doesNotContain(feed.name() + " DOWNLOADED");
        assertThat(sides.server().downloads()).isZero();
    }

    private void startWatching(FeedIdentity... feeds) {
        sides.watch(feeds);
        sides.start();
        sides.emoncms.clearRequests();
    }

    /** Something that happens on the server or locally just before an export is answered. */
    private void beforeExport(Action action) {
        sides.emoncms.fault(request -> {
            if (EXPORT.test(request)) {
                try {
                    action.run();
                } catch (IOException | ProblemException | InterruptedException e) {
                    throw new IllegalStateException(e);
                }
            }
            return Outcome.pass();
        });
    }

    @FunctionalInterface
    private interface Action {

        void run() throws IOException, ProblemException, InterruptedException;
    }

    private void answerExportBy(byte[] body) {
        sides.emoncms.fault(
                Fault.always(EXPORT, Outcome.answer(new Reply(200, "application/octet-stream", Map.of(), body))));
    }

    @Test
    void aDownloadThatIsCutGoesOnWhereItWas() throws Exception {
        FeedIdentity power = sides.remoteFina("power", 400_000);
        FeedIdentity counter = sides.remoteSeries("counter", 100_000);
        startWatching(power, counter);
        sides.emoncms
                .fault(Fault.next(1, EXPORT.and(request -> request.query().contains("id=1&")), Outcome.cutAnswer()));
        sides.emoncms
                .fault(Fault.next(1, EXPORT.and(request -> request.query().contains("id=2&")), Outcome.cutAnswer()));
        sides.engine.downloadAll();
        for (int i = 0; i < 6; i++) {
            sides.nextInterval();
        }

        sides.assertSame(power, counter);
        assertThat(sides.emoncms.requests()).filteredOn(EXPORT).extracting(ReceivedRequest::query).hasSize(4)
                .filteredOn(query -> query.endsWith("start=0")).hasSize(2);
    }

    @Test
    void aDownloadGoesOnAfterARestartOfOpenHab() throws Exception {
        FeedIdentity power = sides.remoteFina("power", 400_000);
        startWatching(power);
        sides.emoncms.fault(Fault.next(1, EXPORT, Outcome.cutAnswer()));
        sides.download(power);
        assertThat(leftovers()).isNotEmpty();
        sides.restartEngine();
        startWatching(power);
        sides.download(power);

        sides.assertSame(power);
        assertThat(sides.emoncms.requests()).filteredOn(EXPORT).singleElement()
                .satisfies(request -> assertThat(request.query()).doesNotEndWith("start=0"));
        assertThat(leftovers()).isEmpty();
    }

    @Test
    void whatWasStagedOfAnotherFeedIsNotUsed() throws Exception {
        FeedIdentity power = sides.remoteFina("power", 400_000);
        startWatching(power);
        sides.emoncms.fault(Fault.next(1, EXPORT, Outcome.cutAnswer()));
        sides.download(power);
        byte[] other = new byte[400_000 * 4];
        Arrays.fill(other, (byte) 7);
        Files.write(sides.emoncms.dataFile(sides.remoteId(power)), other);
        sides.nextInterval();
        assertThat(sides.problem(power)).isEqualTo(ProblemKind.REMOTE_CHANGED);
        sides.download(power);

        sides.assertSame(power);
        assertThat(sides.remoteBytes(power)).isEqualTo(other);
    }

    @Test
    void aServerThatIsDownIsAskedAgainUntilTheDownloadIsDone() throws Exception {
        FeedIdentity power = sides.remoteFina("power", 500);
        startWatching(power);
        sides.emoncms.stop();
        sides.download(power);
        sides.nextInterval();
        assertThat(sides.events).doesNotContain("power DOWNLOADED", "power FAILED");
        assertThat(sides.server().downloads()).isEqualTo(1);
        sides.emoncms.restart();
        sides.nextInterval();

        sides.assertSame(power);
        assertThat(sides.events).contains("power DOWNLOADED");
    }

    @Test
    void aRefusedKeyEndsAllDownloads() throws Exception {
        FeedIdentity power = sides.remoteFina("power", 500);
        startWatching(power);
        sides.emoncms.fault(Fault.always(request -> true, Outcome.answer(Reply.html(401, "Invalid API key"))));
        sides.download(power);
        sides.nextInterval();

        assertThat(sides.events).contains("power FAILED", "server FAILED");
        assertThat(sides.server().downloads()).isZero();
    }

    @Test
    void oneFeedThatFailsHoldsBackNoOther() throws Exception {
        FeedIdentity power = sides.remoteFina("power", 500);
        FeedIdentity bad = sides.remoteFina("bad", 500);
        FeedIdentity solar = sides.remoteFina("solar", 500);
        startWatching(power, bad, solar);
        sides.emoncms.fault(Fault.always(EXPORT.and(request -> request.query().contains("id=2&")),
                Outcome.answer(Reply.html(200, "<b>Fatal error</b>"))));
        sides.engine.downloadAll();
        sides.worker.runDue();

        sides.assertSame(power, solar);
        assertThat(sides.problem(bad)).isEqualTo(ProblemKind.REFUSED);
        assertThat(sides.events).contains("bad FAILED", "power DOWNLOADED", "solar DOWNLOADED", "server FAILED")
                .doesNotContain("server DOWNLOADED");
    }

    @Test
    void oneFeedThatLosesEveryConnectionIsGivenUp() throws Exception {
        FeedIdentity bad = sides.remoteFina("bad", 500);
        FeedIdentity power = sides.remoteFina("power", 500);
        startWatching(power, bad);
        sides.emoncms
                .fault(Fault.always(EXPORT.and(request -> request.query().contains("id=1&")), Outcome.disconnect()));
        sides.engine.downloadAll();
        for (int i = 0; i < 12; i++) {
            sides.nextInterval();
        }

        sides.assertSame(power);
        assertThat(sides.problem(bad)).isEqualTo(ProblemKind.CONNECTION_LOST);
        assertThat(sides.server().downloads()).isZero();
    }

    @Test
    void anExportThatEndsEarlyChangesNothing() throws Exception {
        FeedIdentity power = sides.remoteFina("power", 500);
        startWatching(power);
        answerExportBy(new byte[0]);

        assertFails(power, ProblemKind.EXPORT_TOO_SHORT);
    }

    @Test
    void anExportThatEndsEarlyOfAFeedThatIsAheadChangesNothing() throws Exception {
        FeedIdentity power = sides.fina("power", 500);
        startWatching(power);
        sides.appendRemote(power, 100);
        answerExportBy(Arrays.copyOf(sides.remoteBytes(power), 499 * 4));

        assertFails(power, ProblemKind.EXPORT_TOO_LONG);
    }

    @Test
    void anExportThatIsLongerThanAnnouncedChangesNothing() throws Exception {
        FeedIdentity power = sides.remoteFina("power", 500);
        startWatching(power);
        answerExportBy(Arrays.copyOf(sides.remoteBytes(power), 700 * 4));

        assertFails(power, ProblemKind.EXPORT_TOO_LONG);
    }

    @Test
    void anExportThatIsNoWholeNumberOfPointsChangesNothing() throws Exception {
        FeedIdentity power = sides.remoteFina("power", 500);
        startWatching(power);
        Files.write(sides.emoncms.dataFile(sides.remoteId(power)), new byte[] { 1, 2 }, StandardOpenOption.APPEND);

        assertFails(power, ProblemKind.EXPORT_TOO_LONG);
    }

    @Test
    void anExportThatEndsWithinAPointChangesNothing() throws Exception {
        FeedIdentity counter = sides.remoteSeries("counter", 2);
        startWatching(counter);
        answerExportBy(Arrays.copyOf(sides.remoteBytes(counter), 8));

        assertFails(counter, ProblemKind.EXPORT_TOO_SHORT);
    }

    @Test
    void aFeedThatGrowsWhileItIsDownloadedIsNotTakenForTooLongNorCalledTheSame() throws Exception {
        FeedIdentity power = sides.remoteFina("power", 500);
        startWatching(power);
        beforeExport(() -> sides.appendRemote(power, 3));
        sides.download(power);

        assertThat(sides.local(power).meta().npoints()).isEqualTo(500);
        assertThat(sides.events).contains("power DOWNLOADED");
        assertThat(sides.state(power)).isEqualTo(SyncState.REMOTE_AHEAD);
    }

    @Test
    void aFeedThatIsDeletedMeanwhileChangesNothing() throws Exception {
        FeedIdentity power = sides.remoteFina("power", 500);
        startWatching(power);
        beforeExport(() -> sides.emoncms.deleteFeed(sides.remoteId(power)));

        assertFails(power, ProblemKind.REFUSED);
    }

    @Test
    void aFeedThatIsClearedMeanwhileChangesNothing() throws Exception {
        FeedIdentity power = sides.fina("power", 300);
        startWatching(power);
        sides.appendRemote(power, 200);
        beforeExport(() -> sides.emoncms.clearFeed(sides.remoteId(power)));

        assertFails(power, ProblemKind.REMOTE_CHANGED);
    }

    @Test
    void aFeedThatIsReplacedAfterItsExportChangesNothing() throws Exception {
        FeedIdentity power = sides.remoteFina("power", 500);
        startWatching(power);
        sides.emoncms.fault(request -> {
            if (request.isFor("/feed/getmeta")) {
                sides.emoncms.clearFeed(sides.remoteId(power));
            }
            return Outcome.pass();
        });

        assertFails(power, ProblemKind.REMOTE_CHANGED);
    }

    @Test
    void localPointsThatAnotherProgramWritesMeanwhileAreKept() throws Exception {
        FeedIdentity power = sides.fina("power", 300);
        startWatching(power);
        sides.appendRemote(power, 200);
        byte[] measured = LittleEndian.allocate(4).putFloat(42).array();
        Path data = sides.localData(power);
        byte[] before = Files.readAllBytes(data);
        beforeExport(() -> Files.write(data, measured, StandardOpenOption.APPEND));
        sides.download(power);

        assertThat(sides.problem(power)).isEqualTo(ProblemKind.LOCAL_CHANGED);
        assertThat(Files.readAllBytes(data)).startsWith(before).endsWith(measured).hasSize(before.length + 4);
        assertThat(leftovers()).isEmpty();
    }

    @Test
    void aLastFixedIntervalPointThatDiffersIsKept() throws Exception {
        FeedIdentity power = sides.fina("power", 300);
        startWatching(power);
        sides.appendRemote(power, 200);
        byte[] local = Files.readAllBytes(sides.localData(power));
        local[local.length - 1] ^= 1;
        Files.write(sides.localData(power), local);
        sides.download(power);

        assertThat(Files.readAllBytes(sides.localData(power))).startsWith(local).hasSize(500 * 4);
    }

    @Test
    void aTimeSeriesThatIsAnotherOneIsNotMixed() throws Exception {
        FeedIdentity counter = sides.series("counter", 300);
        startWatching(counter);
        sides.appendRemote(counter, 200);
        byte[] local = Files.readAllBytes(sides.localData(counter));
        local[local.length - 1] ^= 1;
        Files.write(sides.localData(counter), local);

        assertFails(counter, ProblemKind.LOCAL_DIFFERS);
    }

    @Test
    void aTimeSeriesThatEndsWithoutAValueIsDownloaded() throws Exception {
        FeedIdentity counter = sides.remoteSeries("counter", 50);
        ByteBuffer record = LittleEndian.allocate(TimeSeriesRecord.BYTES);
        new TimeSeriesRecord(TwoSidesFixture.START + 50 * 13, Float.NaN).write(record);
        Files.write(sides.emoncms.dataFile(sides.remoteId(counter)), record.array(), StandardOpenOption.APPEND);
        startWatching(counter);
        sides.download(counter);

        sides.assertSame(counter);
    }

    @Test
    void feedsThatCannotBeTheSameAreNotDownloaded() throws Exception {
        FeedIdentity power = sides.fina("power", 300);
        int id = sides.emoncms.addFeed(sides.account, "house", "power", SimulatedEmoncms.PHPTIMESERIES, 10, "");
        Files.write(sides.emoncms.dataFile(id), new byte[9 * 500]);
        startWatching(power);

        assertFails(power, ProblemKind.DIFFERENT_ENGINE);
    }

    @Test
    void aLocalFileThatCannotBeReadIsNotTouched() throws Exception {
        FeedIdentity power = sides.fina("power", 300);
        startWatching(power);
        sides.appendRemote(power, 200);
        Files.write(sides.localDirectory.resolve("phpfina/1.meta"), new byte[3]);

        assertFails(power, ProblemKind.META_DAMAGED);
    }

    @Test
    void whyADownloadFailedIsForgottenWithTheNextRequest() throws Exception {
        FeedIdentity power = sides.remoteFina("power", 500);
        startWatching(power);
        sides.emoncms
                .fault(Fault.next(1, EXPORT, Outcome.answer(Reply.json("{\"success\":false,\"message\":\"no\"}"))));
        sides.download(power);
        assertThat(sides.problem(power)).isEqualTo(ProblemKind.REFUSED);
        sides.download(power);

        sides.assertSame(power);
        FeedReport report = sides.feeds.get(power);
        assertThat(report).isNotNull().extracting(FeedReport::problem).isNull();
    }

    @Test
    void aDelayedAnswerEndsTheCycleAndIsTriedAgain() throws Exception {
        FeedIdentity power = sides.remoteFina("power", 500);
        startWatching(power);
        sides.emoncms.fault(Fault.next(1, EXPORT, Outcome.delay(Duration.ofSeconds(4))));
        sides.download(power);
        assertThat(sides.server().problem()).isNull();
        assertThat(sides.server().downloads()).isEqualTo(1);
        sides.nextInterval();

        sides.assertSame(power);
    }

    @Test
    void aDownloadThatFailedBeforeIsNotBlamedOnTheNext() throws Exception {
        FeedIdentity bad = sides.remoteFina("bad", 500);
        FeedIdentity power = sides.remoteFina("power", 500);
        startWatching(power, bad);
        sides.emoncms
                .fault(Fault.always(EXPORT.and(request -> request.query().contains("id=1&")), Outcome.disconnect()));
        sides.events.clear();
        sides.download(bad);
        for (int i = 0; i < 12; i++) {
            sides.nextInterval();
        }
        assertThat(sides.events).containsExactly("bad FAILED", "server FAILED");
        sides.events.clear();
        sides.download(power);

        assertThat(sides.events).contains("server DOWNLOADED").doesNotContain("server FAILED");
    }

    @Test
    void aPointThatMayStillChangeThereIsLeftOut() throws Exception {
        FeedIdentity power = sides.remoteFina("power", 500);
        FeedIdentity counter = sides.remoteSeries("counter", 500);
        startWatching(power, counter);
        sides.clock.set(Instant.ofEpochSecond(TwoSidesFixture.START + 499 * 10 + 5));
        sides.download(power);
        sides.clock.set(Instant.ofEpochSecond(TwoSidesFixture.START + 499 * 13 + 5));
        sides.download(counter);
        sides.clock.set(Instant.ofEpochSecond(TwoSidesFixture.START + 100_000));
        assertThat(sides.local(power).meta().npoints()).isEqualTo(498);
        assertThat(sides.local(counter).meta().npoints()).isEqualTo(499);
        Files.write(sides.emoncms.dataFile(sides.remoteId(power)), new byte[500 * 4]);
        sides.engine.uploadNow();
        sides.worker.runDue();

        assertThat(sides.state(power)).isEqualTo(SyncState.REMOTE_AHEAD);
        assertThat(sides.state(counter)).isEqualTo(SyncState.REMOTE_AHEAD);
    }

    @Test
    void aFeedThatStartsInTheFutureIsNotMade() throws Exception {
        FeedIdentity power = sides.remoteFina("power", 500);
        startWatching(power);
        sides.clock.set(Instant.ofEpochSecond(TwoSidesFixture.START - 1000));

        assertFails(power, ProblemKind.REMOTE_META_INVALID);
    }

    @Test
    void theDownloadsThatAreGivenUpAreNotShownAsWaiting() throws Exception {
        FeedIdentity power = sides.remoteFina("power", 500);
        startWatching(power);
        sides.emoncms.fault(Fault.always(request -> true, Outcome.answer(Reply.html(401, "Invalid API key"))));
        sides.download(power);
        sides.nextInterval();
        FeedReport report = sides.feeds.get(power);
        assertThat(report).isNotNull();
        assertThat(report.downloadedPoints()).isNull();
        sides.events.clear();
        sides.engine.downloadAll();
        sides.worker.runDue();

        assertThat(sides.events).containsExactly("server FAILED");
    }
}
