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
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;

import org.eclipse.jdt.annotation.NonNullByDefault;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.openhab.binding.emoncms.internal.feed.Engine;
import org.openhab.binding.emoncms.internal.feed.FeedIdentity;
import org.openhab.binding.emoncms.internal.feed.FeedMeta;
import org.openhab.binding.emoncms.internal.feed.ListedFeed;
import org.openhab.binding.emoncms.internal.feed.Problem;
import org.openhab.binding.emoncms.internal.feed.ProblemException;
import org.openhab.binding.emoncms.internal.feed.ProblemKind;
import org.openhab.binding.emoncms.internal.store.AppendResult;
import org.openhab.binding.emoncms.internal.store.NewFeed;
import org.openhab.binding.emoncms.internal.store.Segment;

/**
 * A directory of feed files, also a damaged one: what is wrong with one feed is said of that feed alone.
 *
 * @author Emoncms add-on contributors - Initial contribution
 */
@NonNullByDefault
class DirectoryFeedStoreTest {

    private static final Instant NOW = Instant.ofEpochSecond(1_800_000_000L);
    private static final long START = 1_700_000_000L;
    private static final FeedIdentity POWER = new FeedIdentity("house", "power");
    private static final FeedIdentity COUNTER = new FeedIdentity("house", "counter");

    private final Path directory;
    private final DirectoryFeedStore store;

    DirectoryFeedStoreTest(@TempDir Path directory) {
        this.directory = directory;
        store = new DirectoryFeedStore(directory, Clock.fixed(NOW, ZoneOffset.UTC));
    }

    private static Segment segment(ListedFeed.Usable target, FeedMeta meta, long firstPoint, byte... points) {
        return new Segment(target, meta, firstPoint, points.length / target.engine().pointBytes(),
                (startByte, buffer) -> buffer.put(points));
    }

    private ListedFeed.Usable createPower(int points) throws ProblemException, InterruptedException {
        ListedFeed.Usable feed = store.create(new NewFeed(POWER, Engine.PHPFINA, 10, "W"));
        if (points > 0) {
            byte[] bytes = new byte[points * 4];
            for (int i = 0; i < bytes.length; i++) {
                bytes[i] = (byte) i;
            }
            store.append(List.of(segment(feed, new FeedMeta(START, 10, points), 0, bytes)));
        }
        return feed;
    }

    private ListedFeed listed(FeedIdentity identity) throws ProblemException, InterruptedException {
        return store.list().stream().filter(feed -> feed.identity().equals(identity)).findFirst().orElseThrow();
    }

    private ProblemKind problemOfPower() throws ProblemException, InterruptedException {
        assertThat(listed(COUNTER)).as("the other feed").isInstanceOf(ListedFeed.Usable.class);
        assertThat(listed(POWER)).isInstanceOf(ListedFeed.Unusable.class);
        return ((ListedFeed.Unusable) listed(POWER)).problem().kind();
    }

    private void createBoth() throws ProblemException, InterruptedException {
        createPower(3);
        store.create(new NewFeed(COUNTER, Engine.PHPTIMESERIES, 0, "kWh"));
    }

    @Test
    void aCreatedFeedIsListedAsEmpty() throws Exception {
        createPower(0);

        assertThat(store.list())
                .containsExactly(new ListedFeed.Usable(1, POWER, Engine.PHPFINA, "W", new FeedMeta(0, 10, 0)));
    }

    @Test
    void aCreatedFeedIsFoundByAnotherInstance() throws Exception {
        createBoth();

        assertThat(new DirectoryFeedStore(directory, Clock.systemUTC()).list()).extracting(ListedFeed::identity)
                .containsExactly(POWER, COUNTER);
    }

    @Test
    void aFeedIsNotCreatedTwice() throws Exception {
        createPower(0);

        assertThatExceptionOfType(ProblemException.class).isThrownBy(() -> createPower(0))
                .extracting(e -> e.problem().kind()).isEqualTo(ProblemKind.FEED_NAME_TWICE);
    }

    @Test
    void appendedPointsAreReadBackAsTheyWere() throws Exception {
        ListedFeed.Usable feed = createPower(0);
        byte[] nanAndOne = { 0, 0, (byte) 0xc0, 0x7f, 0, 0, (byte) 0x80, 0x3f };
        AppendResult result = store.append(List.of(segment(feed, new FeedMeta(START, 10, 2), 0, nanAndOne)));

        ByteBuffer read = ByteBuffer.allocate(8);
        store.read(feed, 0, read);
        assertThat(read.array()).isEqualTo(nanAndOne);
        assertThat(result.metas()).containsEntry(feed.id(), new FeedMeta(START, 10, 2));
        assertThat(Files.readAllBytes(directory.resolve("phpfina/1.dat"))).isEqualTo(nanAndOne);
    }

    @Test
    void pointsThatDoNotContinueTheFeedAreRefused() throws Exception {
        ListedFeed.Usable feed = createPower(3);

        assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(() -> store.append(List.of(segment(feed, new FeedMeta(START, 10, 5), 4, new byte[4]))));
        assertThatExceptionOfType(ProblemException.class).isThrownBy(
                () -> store.append(List.of(segment(feed, new FeedMeta(START + 10, 10, 4), 3, new byte[4]))));
        assertThat(Files.size(directory.resolve("phpfina/1.dat"))).isEqualTo(12);
    }

    @Test
    void pointsThatCannotBeReadLeaveTheirFeedAsItIs() throws Exception {
        ListedFeed.Usable feed = createPower(3);
        Problem unreadable = Problem.of(ProblemKind.FILE_UNREADABLE, "file", "reason");
        AppendResult result = store.append(List.of(new Segment(feed, new FeedMeta(START, 10, 4), 3, 1, (at, to) -> {
            throw new ProblemException(unreadable);
        })));

        assertThat(result.unread()).containsEntry(POWER, unreadable);
        assertThat(Files.size(directory.resolve("phpfina/1.dat"))).isEqualTo(12);
    }

    @Test
    void aTornLastPointDoesNotCount() throws Exception {
        createPower(3);
        Files.write(directory.resolve("phpfina/1.dat"), new byte[14]);

        assertThat(listed(POWER)).isInstanceOfSatisfying(ListedFeed.Usable.class,
                feed -> assertThat(feed.meta().npoints()).isEqualTo(3));
    }

    @Test
    void aTornLastPointIsOverwrittenByTheNextOne() throws Exception {
        ListedFeed.Usable feed = createPower(3);
        Path data = directory.resolve("phpfina/1.dat");
        Files.write(data, new byte[14]);
        store.append(List.of(segment(feed, new FeedMeta(START, 10, 4), 3, (byte) 1, (byte) 2, (byte) 3, (byte) 4)));

        assertThat(Files.readAllBytes(data)).hasSize(16).endsWith(1, 2, 3, 4);
    }

    @Test
    void aFirstAppendThatWasCutShortLeavesAnEmptyFeedThatCanBeFilled() throws Exception {
        ListedFeed.Usable feed = createPower(0);
        Files.write(directory.resolve("phpfina/1.meta"),
                new byte[] { 0, 0, 0, 0, 0, 0, 0, 0, 10, 0, 0, 0, 0, 1, 2, 3 });
        assertThat(listed(POWER)).isEqualTo(feed);

        store.append(List.of(segment(feed, new FeedMeta(START, 10, 1), 0, new byte[4])));
        assertThat(store.meta(feed)).isEqualTo(new FeedMeta(START, 10, 1));
    }

    @Test
    void filesThatNoCatalogueNamesAreLeftAlone() throws Exception {
        Files.createDirectories(directory.resolve("phpfina"));
        Path orphan = Files.write(directory.resolve("phpfina/1.dat"), new byte[] { 1, 2, 3, 4 });

        assertThat(createPower(0).id()).isEqualTo(2);
        assertThat(orphan).hasBinaryContent(new byte[] { 1, 2, 3, 4 });
    }

    @Test
    void aTimeSeriesFeedStartsAtItsFirstRecord() throws Exception {
        ListedFeed.Usable feed = store.create(new NewFeed(COUNTER, Engine.PHPTIMESERIES, 0, ""));
        byte[] record = { (byte) 249, 0, (byte) 0xf1, 0x53, 0x65, 0, 0, 0, 64 };
        store.append(List.of(segment(feed, new FeedMeta(START, 0, 1), 0, record)));

        assertThat(store.meta(feed)).isEqualTo(new FeedMeta(START, 0, 1));
        assertThat(Files.readAllBytes(directory.resolve("phptimeseries/feed_1.MYD"))).isEqualTo(record);
    }

    @Test
    void anUnknownDirectoryIsAProblem() {
        assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(() -> new DirectoryFeedStore(directory.resolve("none"), Clock.systemUTC()).list())
                .extracting(e -> e.problem().kind()).isEqualTo(ProblemKind.DIRECTORY_MISSING);
    }

    @Test
    void theDefaultDirectoryIsMade() throws Exception {
        Path made = directory.resolve("emoncms/home");

        assertThat(DirectoryFeedStore.making(made, Clock.systemUTC()).list()).isEmpty();
        assertThat(made).isDirectory();
    }

    @Test
    void aDirectoryThatMayNotBeReadIsAProblem() throws Exception {
        Path closed = Files.createDirectory(directory.resolve("closed"),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("---------")));
        assumeFalse(Files.isReadable(closed), "root may read everything");

        assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(() -> new DirectoryFeedStore(closed, Clock.systemUTC()).list())
                .extracting(e -> e.problem().kind()).isEqualTo(ProblemKind.DIRECTORY_UNREADABLE);
    }

    @Test
    void aFileThatMayNotBeReadIsAProblemOfTheFeed() throws Exception {
        createBoth();
        Path meta = directory.resolve("phpfina/1.meta");
        Files.setPosixFilePermissions(meta, Set.of());
        assumeFalse(Files.isReadable(meta), "root may read everything");

        assertThat(problemOfPower()).isEqualTo(ProblemKind.FILE_UNREADABLE);
    }

    @Test
    void aDirectoryThatIsAFileIsAProblem() throws IOException {
        Path file = Files.writeString(directory.resolve("file"), "x");

        assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(() -> new DirectoryFeedStore(file, Clock.systemUTC()).list())
                .extracting(e -> e.problem().kind()).isEqualTo(ProblemKind.DIRECTORY_MISSING);
    }

    @ParameterizedTest
    @ValueSource(strings = { "", "no json", "[]", "{\"feeds\":", "{\"feeds\":[{\"id\":1},", "{\"feeds\":[7]}",
            "{\"feeds\":[{\"id\":\"x\"}]}", "{\"feeds\":[{\"tag\":\"t\",\"name\":\"n\",\"engine\":5}]}",
            "{\"feeds\":[{\"id\":99999999999}]}", "{\"feeds\":[{\"id\":1,\"tag\":[]}]}", "{}", "{\"feeds\":[]} x" })
    void aCatalogueThatIsNoneIsAProblemOfTheStore(String text) throws IOException {
        Files.writeString(directory.resolve("feeds.json"), text);

        assertThatExceptionOfType(ProblemException.class).isThrownBy(() -> store.list())
                .satisfies(e -> assertThat(e.problem().kind()).isEqualTo(ProblemKind.CATALOGUE_DAMAGED))
                .satisfies(e -> assertThat(e.problem().arguments().get(0)).endsWith("feeds.json"));
    }

    @Test
    void aDeeplyNestedCatalogueIsAProblemOfTheStore() throws IOException {
        Files.writeString(directory.resolve("feeds.json"), "{\"x\":" + "[".repeat(1_000_000));

        assertThatExceptionOfType(ProblemException.class).isThrownBy(() -> store.list())
                .extracting(e -> e.problem().kind()).isEqualTo(ProblemKind.CATALOGUE_DAMAGED);
    }

    @Test
    void aDamagedCatalogueIsNotOverwritten() throws IOException {
        Path catalogue = Files.writeString(directory.resolve("feeds.json"), "{\"feeds\":[{");

        assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(() -> store.create(new NewFeed(POWER, Engine.PHPFINA, 10, "W")));
        assertThat(catalogue).hasContent("{\"feeds\":[{");
    }

    @Test
    void unknownMembersOfTheCatalogueAreIgnored() throws Exception {
        createPower(1);
        Path catalogue = directory.resolve("feeds.json");
        Files.writeString(catalogue, Files.readString(catalogue).replace("\"id\"", "\"note\":{\"a\":[1,2]},\"id\""));

        assertThat(listed(POWER)).isInstanceOf(ListedFeed.Usable.class);
    }

    @Test
    void aFeedIdTwiceIsAProblemOfBothFeeds() throws IOException, ProblemException, InterruptedException {
        Files.writeString(directory.resolve("feeds.json"), """
                {"feeds": [{"id": 1, "tag": "a", "name": "x", "engine": 5},
                           {"id": 1, "tag": "a", "name": "y", "engine": 5}]}""");

        assertThat(store.list()).hasSize(2)
                .allSatisfy(feed -> assertThat(feed).isInstanceOfSatisfying(ListedFeed.Unusable.class,
                        unusable -> assertThat(unusable.problem().kind()).isEqualTo(ProblemKind.FEED_ID_TWICE)));
    }

    @Test
    void aNameTwiceIsAProblemOfBothFeeds() throws IOException, ProblemException, InterruptedException {
        Files.writeString(directory.resolve("feeds.json"), """
                {"feeds": [{"id": 1, "tag": "a", "name": "x", "engine": 5},
                           {"id": 2, "tag": "a", "name": "x", "engine": 5}]}""");

        assertThat(store.list()).hasSize(2)
                .allSatisfy(feed -> assertThat(feed).isInstanceOfSatisfying(ListedFeed.Unusable.class,
                        unusable -> assertThat(unusable.problem().kind()).isEqualTo(ProblemKind.FEED_NAME_TWICE)));
    }

    @Test
    void anEmptyTagIsAProblemOfTheFeed() throws IOException, ProblemException, InterruptedException {
        Files.writeString(directory.resolve("feeds.json"),
                "{\"feeds\": [{\"id\": 1, \"tag\": \"\", \"name\": \"x\", \"engine\": 5}]}");

        assertThat(store.list()).singleElement().isInstanceOfSatisfying(ListedFeed.Unusable.class,
                unusable -> assertThat(unusable.problem().kind()).isEqualTo(ProblemKind.FEED_NAME_EMPTY));
    }

    @Test
    void anotherEngineIsAProblemOfTheFeed() throws IOException, ProblemException, InterruptedException {
        Files.writeString(directory.resolve("feeds.json"),
                "{\"feeds\": [{\"id\": 1, \"tag\": \"t\", \"name\": \"x\", \"engine\": 7}]}");

        assertThat(store.list()).singleElement().isInstanceOfSatisfying(ListedFeed.Unusable.class,
                unusable -> assertThat(unusable.problem()).isEqualTo(Problem.of(ProblemKind.ENGINE_UNSUPPORTED, 7)));
    }

    @ParameterizedTest
    @ValueSource(ints = { 0, 15, 17 })
    void aMetaFileOfAnotherLengthIsAProblemOfTheFeed(int length) throws Exception {
        createBoth();
        Files.write(directory.resolve("phpfina/1.meta"), new byte[length]);

        assertThat(problemOfPower()).isEqualTo(ProblemKind.META_DAMAGED);
    }

    @Test
    void anIntervalOfZeroIsAProblemOfTheFeed() throws Exception {
        createBoth();
        Files.write(directory.resolve("phpfina/1.meta"), new byte[16]);

        assertThat(problemOfPower()).isEqualTo(ProblemKind.INTERVAL_INVALID);
    }

    @Test
    void pointsWithoutAStartTimeAreAProblemOfTheFeed() throws Exception {
        createBoth();
        Files.write(directory.resolve("phpfina/1.meta"),
                new byte[] { 0, 0, 0, 0, 0, 0, 0, 0, 10, 0, 0, 0, 0, 0, 0, 0 });

        assertThat(problemOfPower()).isEqualTo(ProblemKind.START_MISSING);
    }

    @Test
    void aStartInTheFutureIsAProblemOfTheFeed() throws Exception {
        createBoth();
        Files.write(directory.resolve("phpfina/1.meta"),
                new byte[] { 0, 0, 0, 0, 0, 0, 0, 0, 10, 0, 0, 0, 0, 0, 0, (byte) 0xf0 });

        assertThat(problemOfPower()).isEqualTo(ProblemKind.START_IN_FUTURE);
    }

    @ParameterizedTest
    @ValueSource(strings = { "1.dat", "1.meta" })
    void aMissingFileIsAProblemOfTheFeed(String file) throws Exception {
        createBoth();
        Files.delete(directory.resolve("phpfina").resolve(file));

        assertThat(problemOfPower()).isEqualTo(ProblemKind.FILE_MISSING);
    }

    @Test
    void aFileThatIsADirectoryIsAProblemOfTheFeed() throws Exception {
        createBoth();
        Files.delete(directory.resolve("phpfina/1.meta"));
        Files.createDirectory(directory.resolve("phpfina/1.meta"));

        assertThat(problemOfPower()).isEqualTo(ProblemKind.FILE_UNREADABLE);
    }

    @Test
    void readingMoreThanThereIsIsAProblem() throws Exception {
        ListedFeed.Usable feed = createPower(3);

        assertThatExceptionOfType(ProblemException.class).isThrownBy(() -> store.read(feed, 8, ByteBuffer.allocate(8)))
                .extracting(e -> e.problem().kind()).isEqualTo(ProblemKind.FILE_UNREADABLE);
    }

    @Test
    void anInterruptedReadIsNoProblemOfTheFile() throws Exception {
        ListedFeed.Usable feed = createPower(3);
        Thread.currentThread().interrupt();

        assertThatExceptionOfType(InterruptedException.class)
                .isThrownBy(() -> store.read(feed, 0, ByteBuffer.allocate(8)));
        assertThat(Thread.interrupted()).isFalse();
    }
}
