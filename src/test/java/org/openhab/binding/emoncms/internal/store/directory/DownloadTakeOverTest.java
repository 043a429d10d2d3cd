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

import static org.assertj.core.api.Assertions.*;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.Stream;

import org.eclipse.jdt.annotation.NonNullByDefault;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.openhab.binding.emoncms.internal.feed.Engine;
import org.openhab.binding.emoncms.internal.feed.FeedIdentity;
import org.openhab.binding.emoncms.internal.feed.FeedMeta;
import org.openhab.binding.emoncms.internal.feed.FixedIntervalMeta;
import org.openhab.binding.emoncms.internal.feed.ListedFeed;
import org.openhab.binding.emoncms.internal.feed.ProblemException;
import org.openhab.binding.emoncms.internal.feed.ProblemKind;
import org.openhab.binding.emoncms.internal.store.DownloadPlan;
import org.openhab.binding.emoncms.internal.store.DownloadStaging;
import org.openhab.binding.emoncms.internal.store.NewFeed;
import org.openhab.binding.emoncms.internal.store.Segment;
import org.openhab.binding.emoncms.internal.store.StagedDownload;

/**
 * Wherever a crash interrupts the taking over of a download: after a restart the feed is what it was or what it should
 * become, and nothing is left beside it.
 *
 * @author Emoncms add-on contributors - Initial contribution
 */
@NonNullByDefault
class DownloadTakeOverTest {

    private static final long START = 1_700_000_000L;
    private static final FeedIdentity POWER = new FeedIdentity("house", "power");
    private static final byte[] OLD = bytes(40, 1);
    private static final byte[] NEW = bytes(4000, 100);

    private final Path directory;
    private final Path fina;

    DownloadTakeOverTest(@TempDir Path directory) {
        this.directory = directory;
        fina = directory.resolve("phpfina");
    }

    private static byte[] bytes(int length, int seed) {
        byte[] bytes = new byte[length];
        for (int i = 0; i < length; i++) {
            bytes[i] = (byte) (seed + i);
        }
        return bytes;
    }

    @BeforeEach
    void makeStore() throws Exception {
        openHab().list();
    }

    /** A store as after a restart. */
    private DirectoryFeedStore openHab() {
        return DirectoryFeedStore.making(directory, Clock.systemUTC());
    }

    private static DownloadPlan ofNewFeed() {
        return new DownloadPlan(POWER, Engine.PHPFINA, "W", START, 10, 0, OptionalInt.empty());
    }

    private static DownloadPlan ofOldFeed() {
        return new DownloadPlan(POWER, Engine.PHPFINA, "W", START, 10, OLD.length / 4, OptionalInt.of(1));
    }

    private void makeOldFeed() throws Exception {
        DirectoryFeedStore store = openHab();
        ListedFeed.Usable feed = store.create(new NewFeed(POWER, Engine.PHPFINA, 10, "W"));
        store.append(List.of(new Segment(feed, new FeedMeta(START, 10, 0), 0, OLD.length / 4,
                (startByte, target) -> target.put(OLD))));
    }

    private StagedDownload stage(DownloadPlan plan) throws Exception {
        StagedDownload staged = openHab().stage(plan, NEW.length / 4);
        staged.write(ByteBuffer.wrap(NEW));
        return staged;
    }

    /** As it is when all points are there, just before the first step. */
    private Path stageWhole(DownloadPlan plan) throws Exception {
        StagedDownload staged = stage(plan);
        new DownloadStaging(fina, "").markWhole(staged, 1);
        return staged.pointsFile();
    }

    private Path data() {
        return fina.resolve("1.dat");
    }

    private void assertFeed(byte[]... parts) throws Exception {
        ListedFeed feed = openHab().list().stream().findFirst().orElseThrow();
        int length = Arrays.stream(parts).mapToInt(part -> part.length).sum();
        assertThat(feed)
                .isEqualTo(new ListedFeed.Usable(1, POWER, Engine.PHPFINA, "W", new FeedMeta(START, 10, length / 4)));
        ByteBuffer expected = ByteBuffer.allocate(length);
        Stream.of(parts).forEach(expected::put);
        assertThat(Files.readAllBytes(data())).isEqualTo(expected.array());
        assertNothingElse();
    }

    private void assertNothingElse() throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .noneMatch(name -> name.startsWith("download-") || name.endsWith(".new"));
        }
    }

    @Test
    void aNewFeedIsMade() throws Exception {
        ListedFeed.Usable feed = openHab().takeOver(stage(ofNewFeed()));

        assertThat(feed.meta()).isEqualTo(new FeedMeta(START, 10, NEW.length / 4));
        assertFeed(NEW);
    }

    @Test
    void anOldFeedIsContinued() throws Exception {
        makeOldFeed();
        openHab().takeOver(stage(ofOldFeed()));

        assertFeed(OLD, NEW);
    }

    @Test
    void aTornTailOfAnOldFeedIsOverwritten() throws Exception {
        makeOldFeed();
        Files.write(data(), new byte[] { 1, 2, 3 }, StandardOpenOption.APPEND);
        openHab().takeOver(stage(ofOldFeed()));

        assertFeed(OLD, NEW);
    }

    @Test
    void whatWasStagedInPartIsKeptAndIsNoFeed() throws Exception {
        stage(ofNewFeed()).close();

        assertThat(openHab().list()).isEmpty();
        assertThat(openHab().stage(ofNewFeed(), 2000).npoints()).isEqualTo(1000);
    }

    @Test
    void aTornPointOfWhatWasStagedIsForgotten() throws Exception {
        StagedDownload staged = stage(ofNewFeed());
        staged.write(ByteBuffer.wrap(new byte[3]));
        staged.close();

        assertThat(openHab().stage(ofNewFeed(), 2000).npoints()).isEqualTo(1000);
    }

    @Test
    void whatWasStagedForAnotherPlanIsNotUsed() throws Exception {
        stage(ofNewFeed()).close();
        makeOldFeed();

        assertThat(openHab().stage(ofOldFeed(), 2000).npoints()).isZero();
    }

    @Test
    void aDamagedPlanIsNoPlan() throws Exception {
        StagedDownload staged = stage(ofNewFeed());
        staged.close();
        Path plan = staged.pointsFile()
                .resolveSibling(staged.pointsFile().getFileName().toString().replace(".points", ".json"));
        Files.writeString(plan, "{\"tag\": 7, \"whole\": true");

        assertThat(openHab().list()).isEmpty();
        assertThat(openHab().stage(ofNewFeed(), 2000).npoints()).isZero();
    }

    @Test
    void aCrashBeforeTheDataIsMoved() throws Exception {
        stageWhole(ofNewFeed());

        assertFeed(NEW);
    }

    @Test
    void aCrashBeforeTheMetaIsWritten() throws Exception {
        Files.move(stageWhole(ofNewFeed()), data());

        assertFeed(NEW);
    }

    @Test
    void aCrashBeforeTheCatalogueIsWritten() throws Exception {
        Files.move(stageWhole(ofNewFeed()), data());
        Files.write(fina.resolve("1.meta"), new FixedIntervalMeta(START, 10).toBuffer().array());

        assertFeed(NEW);
    }

    @Test
    void aCrashAfterTheCatalogueIsWritten() throws Exception {
        Path points = stageWhole(ofNewFeed());
        Path plan = points.resolveSibling(points.getFileName().toString().replace(".points", ".json"));
        byte[] json = Files.readAllBytes(plan);
        openHab().list();
        Files.write(plan, json);

        assertFeed(NEW);
    }

    @ParameterizedTest
    @ValueSource(ints = { 0, 1, 4, 7, 2000, 3999, 4000 })
    void aCrashWithinAnAppend(int appended) throws Exception {
        makeOldFeed();
        stageWhole(ofOldFeed());
        Files.write(data(), Arrays.copyOf(NEW, appended), StandardOpenOption.APPEND);

        assertFeed(OLD, NEW);
    }

    @ParameterizedTest
    @ValueSource(ints = { 0, 400 })
    void aCrashWithinTheFirstPointsOfAnEmptyFeed(int appended) throws Exception {
        openHab().create(new NewFeed(POWER, Engine.PHPFINA, 10, "W"));
        stageWhole(new DownloadPlan(POWER, Engine.PHPFINA, "W", START, 10, 0, OptionalInt.of(1)));
        if (appended > 0) {
            Files.write(fina.resolve("1.meta"), new FixedIntervalMeta(START, 10).toBuffer().array());
            Files.write(data(), Arrays.copyOf(NEW, appended), StandardOpenOption.APPEND);
        }

        assertFeed(NEW);
    }

    @Test
    void pointsThatAnotherProgramHasWrittenSinceTheCrashAreKept() throws Exception {
        makeOldFeed();
        stageWhole(ofOldFeed());
        byte[] measured = bytes(8, 55);
        Files.write(data(), measured, StandardOpenOption.APPEND);

        assertFeed(OLD, measured);
    }

    @Test
    void aFeedThatWasClearedSinceTheCrashStaysEmpty() throws Exception {
        makeOldFeed();
        stageWhole(ofOldFeed());
        Files.write(data(), new byte[0]);

        assertThat(openHab().list().get(0)).isInstanceOfSatisfying(ListedFeed.Usable.class,
                feed -> assertThat(feed.meta().npoints()).isZero());
        assertNothingElse();
    }

    @Test
    void aFeedOfThisNameThatWasMadeSinceTheCrashIsKept() throws Exception {
        stageWhole(ofNewFeed());
        Files.writeString(directory.resolve("feeds.json"),
                "{\"feeds\":[{\"id\":1,\"tag\":\"house\",\"name\":\"power\",\"engine\":2,\"unit\":\"\"}]}");
        Files.createDirectories(directory.resolve("phptimeseries"));
        Files.write(directory.resolve("phptimeseries/feed_1.MYD"), new byte[0]);
        openHab().list();

        assertThat(data()).doesNotExist();
        assertNothingElse();
    }

    @Test
    void theFilesOfAnotherFeedAreNotTakenForTheNewOnes() throws Exception {
        stageWhole(ofNewFeed());
        Files.write(data(), OLD);

        assertThat(openHab().list()).extracting(ListedFeed::id).containsExactly(2);
        assertThat(data()).hasBinaryContent(OLD);
        assertThat(fina.resolve("2.dat")).hasBinaryContent(NEW);
        assertNothingElse();
    }

    @Test
    void anIdThatAnotherFeedHasGotMeanwhileIsReplaced() throws Exception {
        StagedDownload staged = stage(ofNewFeed());
        DirectoryFeedStore store = openHab();
        store.create(new NewFeed(new FeedIdentity("house", "other"), Engine.PHPFINA, 10, ""));

        assertThat(new DownloadTakeOver(new FeedCatalogue(directory.resolve("feeds.json"), List::of),
                new FeedFiles(FeedDirectories.in(directory), Clock.systemUTC()), "").takeOver(staged, 1)).isEqualTo(2);
        assertThat(store.list()).hasSize(2).allMatch(ListedFeed.Usable.class::isInstance);
    }

    @Test
    void aPlanThatIsNoTextIsNoPlan() throws Exception {
        Files.createDirectories(fina);
        Path plan = stage(ofNewFeed()).pointsFile()
                .resolveSibling("download-" + "0".repeat(16) + "-" + "0".repeat(16) + ".json");
        Files.write(plan, new byte[] { (byte) 0xC3, 0x28, 0, 1 });
        Path own = Files.list(fina).filter(file -> file.toString().endsWith(".json")).findFirst().orElseThrow();
        Files.write(own, new byte[] { (byte) 0xC3, 0x28, 0, 1 });

        assertThat(openHab().list()).isEmpty();
    }

    @Test
    void pointsThatWereNotForcedToDiskAreNotBelieved() throws Exception {
        StagedDownload staged = stage(ofNewFeed());
        staged.close();
        Files.write(staged.pointsFile(), new byte[4000], StandardOpenOption.APPEND);

        assertThat(openHab().stage(ofNewFeed(), 2000).npoints()).isEqualTo(1000);
    }

    @ParameterizedTest
    @CsvSource({ "4000000000,10,100", "0,10,100", "1700000000,0,100", "1700000000,2000000000,3" })
    void aFeedThatCouldNotBeReadIsNotBegun(long start, long interval, long npoints) {
        DownloadPlan plan = new DownloadPlan(POWER, Engine.PHPFINA, "W", start, interval, 0, OptionalInt.empty());

        assertThatExceptionOfType(ProblemException.class).isThrownBy(() -> openHab().stage(plan, npoints))
                .extracting(e -> e.problem().kind()).isEqualTo(ProblemKind.REMOTE_META_INVALID);
    }

    @ParameterizedTest
    @ValueSource(booleans = { true, false })
    void anInterruptionEndsNothingForGood(boolean isNew) throws Exception {
        if (!isNew) {
            makeOldFeed();
        }
        StagedDownload staged = stage(isNew ? ofNewFeed() : ofOldFeed());
        Thread.currentThread().interrupt();
        assertThatExceptionOfType(InterruptedException.class).isThrownBy(() -> openHab().takeOver(staged));
        assertThat(Thread.interrupted()).isFalse();
        openHab().takeOver(stage(isNew ? ofNewFeed() : ofOldFeed()));

        assertFeed(isNew ? new byte[0] : OLD, NEW);
    }

    @Test
    void anInterruptionWithinTheLastStepsIsEndedLater() throws Exception {
        for (int i = 0; i < 200; i++) {
            StagedDownload staged = stage(ofNewFeed());
            Thread worker = new Thread(() -> {
                try {
                    openHab().takeOver(staged);
                } catch (ProblemException | InterruptedException e) {
                    // ended by the next list, or begun again
                }
            });
            worker.start();
            Thread.sleep(0, i * 2000);
            worker.interrupt();
            worker.join();
            if (openHab().list().isEmpty()) {
                openHab().takeOver(stage(ofNewFeed()));
            }
            assertFeed(NEW);
            Files.delete(directory.resolve("feeds.json"));
            Files.delete(data());
            Files.delete(fina.resolve("1.meta"));
            Files.delete(fina.resolve("1.name.json"));
        }
    }

    @Test
    void downloadsOfAnotherBridgeAreLeftToIt() throws Exception {
        Path points = stageWhole(ofNewFeed());
        DirectoryFeedStore other = new DirectoryFeedStore(directory, true, FeedDirectories.in(directory), "other",
                Clock.systemUTC());

        assertThat(other.list()).isEmpty();
        assertThat(points).exists();
    }

    @Test
    void aFeedThatIsNotWhatItWasIsLeftAsItIs() throws Exception {
        makeOldFeed();
        StagedDownload staged = stage(ofOldFeed());
        Files.copy(data(), fina.resolve("copy"), StandardCopyOption.REPLACE_EXISTING);
        Files.write(data(), new byte[4], StandardOpenOption.APPEND);

        assertThatExceptionOfType(ProblemException.class).isThrownBy(() -> openHab().takeOver(staged))
                .extracting(e -> e.problem().kind()).isEqualTo(ProblemKind.LOCAL_CHANGED);
        assertThat(Files.size(data())).isEqualTo(OLD.length + 4);
        assertNothingElse();
    }

    @Test
    void pointsOfAFeedThatIsThereAreAppendedAlsoIfTheCatalogueIsLost() throws Exception {
        makeOldFeed();
        stageWhole(ofOldFeed());
        Files.delete(directory.resolve("feeds.json"));

        assertFeed(OLD, NEW);
    }

    @Test
    void pointsOfAFeedThatWasRenamedMakeNoFeedOfTheirOwn() throws Exception {
        makeOldFeed();
        stageWhole(ofOldFeed());
        Path catalogue = directory.resolve("feeds.json");
        Files.writeString(catalogue, Files.readString(catalogue).replace(POWER.name(), "renamed"));

        assertThat(openHab().list()).singleElement().extracting(feed -> feed.identity().name()).isEqualTo("renamed");
        assertThat(Files.readAllBytes(data())).isEqualTo(OLD);
        assertNothingElse();
    }

    @Test
    void aNewFeedThatWasNotEndedIsMadeAlsoIfTheCatalogueIsLost() throws Exception {
        stageWhole(ofNewFeed());
        Files.deleteIfExists(directory.resolve("feeds.json"));

        assertFeed(NEW);
    }
}
