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
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.eclipse.jdt.annotation.NonNullByDefault;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.openhab.binding.emoncms.internal.feed.FeedIdentity;
import org.openhab.binding.emoncms.internal.feed.FixedIntervalMeta;
import org.openhab.binding.emoncms.internal.feed.LittleEndian;
import org.openhab.binding.emoncms.internal.feed.ProblemException;
import org.openhab.binding.emoncms.internal.feed.ProblemKind;
import org.openhab.binding.emoncms.internal.feed.TimeSeriesRecord;
import org.openhab.binding.emoncms.simulated.Fault;
import org.openhab.binding.emoncms.simulated.Outcome;
import org.openhab.binding.emoncms.simulated.Reply;

/**
 * Making the two sides of a feed the same on request.
 *
 * @author Emoncms add-on contributors - Initial contribution
 */
@NonNullByDefault
class RepairTest {

    private final TwoSidesFixture sides;

    RepairTest(@TempDir Path directory) {
        sides = new TwoSidesFixture(directory, 1 << 20);
    }

    @AfterEach
    void close() throws Exception {
        sides.close();
    }

    private void start(FeedIdentity... feeds) {
        sides.watch(feeds);
        sides.start();
    }

    private JobReport end(CompletableFuture<JobReport> job) throws Exception {
        sides.worker.runDue();
        assertThat(job).as("job").isDone();
        return job.get();
    }

    private JobReport.Repaired repair(FeedIdentity feed, boolean dryRun) throws Exception {
        return (JobReport.Repaired) end(sides.engine.repair(feed, dryRun));
    }

    private ProblemKind failure(CompletableFuture<JobReport> job) {
        sides.worker.runDue();
        Throwable[] cause = new Throwable[1];
        assertThatThrownBy(job::get).isInstanceOf(ExecutionException.class).satisfies(e -> cause[0] = e.getCause());
        return ((ProblemException) cause[0]).problem().kind();
    }

    private static void set(Path file, long point, float... values) throws IOException {
        try (RandomAccessFile data = new RandomAccessFile(file.toFile(), "rw")) {
            for (int i = 0; i < values.length; i++) {
                data.seek((point + i) * 4);
                data.writeInt(Integer.reverseBytes(Float.floatToRawIntBits(values[i])));
            }
        }
    }

    private Path remoteData(FeedIdentity feed) {
        return sides.emoncms.dataFile(sides.remoteId(feed));
    }

    @Test
    void aDryRunTellsWhatWouldChangeAndChangesNothing() throws Exception {
        FeedIdentity power = sides.fina("power", 500);
        start(power);
        set(remoteData(power), 20, -5);
        set(remoteData(power), 301, 7, 8);
        byte[] before = sides.remoteBytes(power);
        JobReport.Repaired report = repair(power, true);

        assertThat(report.differing()).isEqualTo(3);
        assertThat(report.impossible()).isZero();
        assertThat(report.changes()).containsExactly(change(20, -5, Float.NaN), change(301, 7, 301),
                change(302, 8, 302));
        assertThat(sides.remoteBytes(power)).isEqualTo(before);
        assertThat(sides.localDirectory.resolve("replaced")).doesNotExist();
    }

    private static PointChange change(long index, float remote, float local) {
        return new PointChange(index, Instant.ofEpochSecond(TwoSidesFixture.START + index * 10), remote, local, true);
    }

    @Test
    void theDifferingPointsAreMadeTheSameIncludingMissingValues() throws Exception {
        FeedIdentity power = sides.fina("power", 500);
        start(power);
        set(remoteData(power), 20, -5);
        set(remoteData(power), 27, 1, 2, 3);
        set(remoteData(power), 499, Float.NaN);
        sides.events.clear();
        JobReport.Repaired report = repair(power, false);

        assertThat(report.differing()).isEqualTo(5);
        assertThat(report.isSame()).isTrue();
        sides.assertSame(power);
        assertThat(sides.events).contains("power REPAIRED").doesNotContain("power FAILED");
    }

    @Test
    void whatIsOverwrittenIsKeptHere() throws Exception {
        FeedIdentity power = sides.fina("power", 500);
        start(power);
        set(remoteData(power), 20, -5.25f, 1e10f);
        repair(power, false);

        try (Stream<Path> files = Files.list(sides.localDirectory.resolve("replaced"))) {
            List<Path> found = files.toList();
            assertThat(found).singleElement().asString().contains("house-power-");
            assertThat(found.get(0)).content().isEqualTo("time,before,after\n" + (TwoSidesFixture.START + 200)
                    + ",-5.25,NaN\n" + (TwoSidesFixture.START + 210) + ",1.0E10,21.0\n");
        }
    }

    @Test
    void extremeValuesArriveExactly() throws Exception {
        FeedIdentity power = sides.fina("power", 500);
        start(power);
        set(sides.localData(power), 100, Float.MIN_VALUE, Float.MAX_VALUE, -0.0f, Float.POSITIVE_INFINITY,
                Float.NEGATIVE_INFINITY, 0.1f, 16777215f, -1.0e-30f);
        assertThat(repair(power, false).isSame()).isTrue();

        sides.assertSame(power);
    }

    @ParameterizedTest
    @ValueSource(ints = { 1, 3, 9 })
    void aFeedThatStartsBetweenTwoIntervalsIsRepairedAtTheRightPlace(int offset) throws Exception {
        FeedIdentity power = sides.fina("power", 500);
        start(power);
        Path localMeta = sides.localDirectory.resolve("phpfina/1.meta");
        byte[] meta = new FixedIntervalMeta(TwoSidesFixture.START + offset, 10).toBuffer().array();
        Files.write(localMeta, meta);
        Files.write(sides.emoncms.metaFile(sides.remoteId(power)), meta);
        set(remoteData(power), 0, 5);
        set(remoteData(power), 27, 5, 6, 7);
        sides.engine.uploadNow();
        sides.worker.runDue();
        assertThat(repair(power, false).isSame()).isTrue();

        sides.assertSame(power);
    }

    @Test
    void aMissingValueAtTheVeryEndCannotBeWritten() throws Exception {
        FeedIdentity power = sides.fina("power", 497);
        start(power);
        set(remoteData(power), 496, 5);
        sides.events.clear();
        JobReport.Repaired report = repair(power, false);

        assertThat(report.impossible()).isEqualTo(1);
        assertThat(report.isSame()).isFalse();
        assertThat(sides.state(power)).isEqualTo(SyncState.DIVERGED);
        assertThat(sides.events).contains("power FAILED");
    }

    @Test
    void manyPointsAreRepairedInBoundedRequests() throws Exception {
        FeedIdentity power = sides.fina("power", 9_000);
        start(power);
        set(remoteData(power), 0, toFloats(IntStream.range(0, 9_000).mapToDouble(i -> -i - 1).toArray()));
        List<Long> bodies = new CopyOnWriteArrayList<>();
        sides.emoncms.fault(request -> {
            if (request.isFor("/feed/post")) {
                bodies.add(request.bodyLength());
            }
            return Outcome.pass();
        });
        JobReport.Repaired report = repair(power, false);

        assertThat(report.differing()).isEqualTo(9_000);
        assertThat(report.changes()).hasSize(1000);
        sides.assertSame(power);
        assertThat(bodies).hasSize(8).allSatisfy(bytes -> assertThat(bytes).isLessThan(100_000));
    }

    private static float[] toFloats(double[] values) {
        float[] floats = new float[values.length];
        for (int i = 0; i < values.length; i++) {
            floats[i] = (float) values[i];
        }
        return floats;
    }

    @Test
    void valuesOfATimeSeriesAreRepaired() throws Exception {
        FeedIdentity counter = sides.series("counter", 300);
        start(counter);
        VerificationTest.flip(remoteData(counter), 100 * 9 + 7);
        VerificationTest.flip(remoteData(counter), 299 * 9 + 7);
        JobReport.Repaired report = repair(counter, false);

        assertThat(report.differing()).isEqualTo(2);
        sides.assertSame(counter);
    }

    @Test
    void otherTimesOfATimeSeriesAreLeftAlone() throws Exception {
        FeedIdentity counter = sides.series("counter", 300);
        start(counter);
        VerificationTest.flip(remoteData(counter), 100 * 9 + 1);
        byte[] before = sides.remoteBytes(counter);
        JobReport.Repaired report = repair(counter, false);

        assertThat(report.impossible()).isEqualTo(1);
        assertThat(report.isSame()).isFalse();
        assertThat(sides.remoteBytes(counter)).isEqualTo(before);
    }

    @Test
    void recordsThatAreNotInOrderAreLeftAlone() throws Exception {
        FeedIdentity counter = sides.series("counter", 0);
        var records = LittleEndian.allocate(4 * TimeSeriesRecord.BYTES);
        for (long time : new long[] { 10, 10, 5, 20 }) {
            new TimeSeriesRecord(TwoSidesFixture.START + time, time).write(records);
        }
        sides.append(sides.local(counter), records.flip());
        start(counter);
        VerificationTest.flip(remoteData(counter), 9 + 7);
        byte[] before = sides.remoteBytes(counter);
        JobReport.Repaired report = repair(counter, false);

        assertThat(report.impossible()).isEqualTo(1);
        assertThat(sides.remoteBytes(counter)).isEqualTo(before);
    }

    @Test
    void withoutHashesAllPointsAreFetched() throws Exception {
        FeedIdentity power = sides.fina("power", 500);
        start(power);
        set(remoteData(power), 20, -5);
        sides.emoncms.fault(Fault.always(Fault.route("/feed/sha256sum"), Outcome.answer(Reply.html(404, "Not found"))));

        assertThat(repair(power, true).differing()).isEqualTo(1);
    }

    @Test
    void aRepairWhoseServerIsDownFailsAtOnce() throws Exception {
        FeedIdentity power = sides.fina("power", 500);
        start(power);
        sides.emoncms.stop();

        assertThat(failure(sides.engine.repair(power, false))).as("the latter if the connection was kept open")
                .isIn(ProblemKind.NO_CONNECTION, ProblemKind.CONNECTION_LOST);
    }

    @Test
    void feedsThatStartDifferentlyCannotBeRepaired() throws Exception {
        FeedIdentity power = sides.fina("power", 500);
        start(power);
        Files.write(sides.emoncms.metaFile(sides.remoteId(power)),
                new FixedIntervalMeta(TwoSidesFixture.START + 500, 10).toBuffer().array());

        assertThat(failure(sides.engine.repair(power, false))).isEqualTo(ProblemKind.NOT_COMPARABLE);
    }

    @Test
    void aRemoteFeedOfAnotherStartIsUploadedAnewAndTheOldOneKept() throws Exception {
        FeedIdentity power = sides.fina("power", 500);
        start(power);
        Files.write(sides.emoncms.metaFile(sides.remoteId(power)),
                new FixedIntervalMeta(TwoSidesFixture.START + 500, 10).toBuffer().array());
        byte[] old = sides.remoteBytes(power);
        int oldId = sides.remoteId(power);
        sides.engine.uploadNow();
        sides.worker.runDue();
        assertThat(sides.state(power)).isEqualTo(SyncState.DIFFERENT_START);
        FeedIdentity kept = new FeedIdentity("house", "power old 2025-06-16");

        assertThat(end(sides.engine.recreateRemote(power, true))).isEqualTo(new JobReport.Recreated(true, kept, 500));
        assertThat(sides.remoteId(power)).isEqualTo(oldId);
        assertThat(end(sides.engine.recreateRemote(power, false))).isEqualTo(new JobReport.Recreated(false, kept, 500));
        sides.worker.runDue();
        sides.assertSame(power);
        assertThat(sides.remoteId(kept)).isEqualTo(oldId);
        assertThat(sides.remoteBytes(kept)).isEqualTo(old);
        assertThat(sides.emoncms.requests()).anyMatch(request -> request.isFor("/feed/sha256sum")
                && request.query().contains("id=" + sides.remoteId(power) + "&"));
    }

    @Test
    void aFeedThatIsTheSameIsNotUploadedAnew() throws Exception {
        FeedIdentity power = sides.fina("power", 500);
        start(power);

        assertThat(failure(sides.engine.recreateRemote(power, false))).isEqualTo(ProblemKind.NOTHING_TO_DO);
    }

    @Test
    void aSecondUploadAnewOnTheSameDayKeepsBothOldFeeds() throws Exception {
        FeedIdentity power = sides.fina("power", 500);
        start(power);
        for (int i = 1; i <= 2; i++) {
            Files.write(sides.emoncms.metaFile(sides.remoteId(power)),
                    new FixedIntervalMeta(TwoSidesFixture.START + 500, 10).toBuffer().array());
            end(sides.engine.recreateRemote(power, false));
            sides.worker.runDue();
        }

        sides.assertSame(power);
        assertThat(sides.emoncms.feeds(sides.account)).hasSize(3);
    }

    @Test
    void aRemoteFeedIsDownloadedBesideTheLocalOne() throws Exception {
        FeedIdentity power = sides.fina("power", 500);
        start(power);
        VerificationTest.flip(remoteData(power), 40);
        sides.appendRemote(power, 100);
        byte[] local = Files.readAllBytes(sides.localData(power));
        FeedIdentity target = new FeedIdentity("house", "power remote 2025-06-16");

        assertThat(end(sides.engine.downloadToNewFeed(power, true)))
                .isEqualTo(new JobReport.DownloadedAnew(true, target, 600));
        sides.events.clear();
        assertThat(end(sides.engine.downloadToNewFeed(power, false)))
                .isEqualTo(new JobReport.DownloadedAnew(false, target, 600));
        sides.worker.runDue();
        assertThat(Files.readAllBytes(sides.localData(target))).isEqualTo(sides.remoteBytes(power));
        assertThat(Files.readAllBytes(sides.localData(power))).isEqualTo(local);
        assertThat(sides.events).contains("power DOWNLOADED");
    }

    @Test
    void aTimeSeriesWithARecordOutOfOrderOnTheServerIsLeftAlone() throws Exception {
        FeedIdentity counter = sides.series("counter", 50);
        start(counter);
        VerificationTest.flip(remoteData(counter), 20 * 9 + 5);
        var late = LittleEndian.allocate(TimeSeriesRecord.BYTES);
        new TimeSeriesRecord(TwoSidesFixture.START + 5, 1).write(late);
        Files.write(remoteData(counter), late.array(), StandardOpenOption.APPEND);
        byte[] before = sides.remoteBytes(counter);
        JobReport.Repaired report = repair(counter, false);

        assertThat(report.impossible()).isEqualTo(1);
        assertThat(report.isSame()).isFalse();
        assertThat(sides.remoteBytes(counter)).isEqualTo(before);
    }

    @Test
    void withoutHashesARepairIsCheckedByThePoints() throws Exception {
        FeedIdentity power = sides.fina("power", 500);
        start(power);
        set(remoteData(power), 22, -5);
        sides.emoncms.fault(Fault.always(Fault.route("/feed/sha256sum"), Outcome.answer(Reply.html(406, "no"))));
        sides.events.clear();

        assertThat(repair(power, false).isSame()).isTrue();
        assertThat(sides.events).contains("power REPAIRED");
    }

    @Test
    void aRepairOfWhatIsTheSameMeanwhileEndsTheDivergence() throws Exception {
        FeedIdentity power = sides.fina("power", 500);
        start(power);
        byte[] good = sides.remoteBytes(power);
        set(remoteData(power), 22, -5);
        sides.engine.verify(power);
        sides.worker.runDue();
        Files.write(remoteData(power), good);

        assertThat(repair(power, false).differing()).isZero();
        sides.assertSame(power);
    }

    @Test
    void aPauseEndsARepairThatChangesTheServer() throws Exception {
        FeedIdentity power = sides.fina("power", 500);
        start(power);
        set(remoteData(power), 22, -5);
        CompletableFuture<JobReport> job = sides.engine.repair(power, false);
        sides.engine.setPaused(true);

        assertThat(failure(job)).isEqualTo(ProblemKind.PAUSED);
    }

    @Test
    void aRenameWhoseAnswerIsLostIsFoundToHaveHappened() throws Exception {
        FeedIdentity power = sides.fina("power", 500);
        start(power);
        set(remoteData(power), 20, -5);
        sides.engine.verify(power);
        sides.worker.runDue();
        sides.emoncms.fault(Fault.next(1, Fault.route("/feed/set"), Outcome.loseAnswer()));
        end(sides.engine.recreateRemote(power, false));
        sides.worker.runDue();

        sides.assertSame(power);
        assertThat(sides.emoncms.feeds(sides.account)).hasSize(2);
    }

    @Test
    void aRenameThatIsRefusedChangesNothing() throws Exception {
        FeedIdentity power = sides.fina("power", 500);
        start(power);
        set(remoteData(power), 20, -5);
        sides.engine.verify(power);
        sides.worker.runDue();
        sides.emoncms.fault(Fault.always(Fault.route("/feed/set"),
                Outcome.answer(Reply.json("{\"success\":false,\"message\":\"no\"}"))));

        assertThat(failure(sides.engine.recreateRemote(power, false))).isEqualTo(ProblemKind.REFUSED);
        assertThat(sides.state(power)).isEqualTo(SyncState.DIVERGED);
    }
}
