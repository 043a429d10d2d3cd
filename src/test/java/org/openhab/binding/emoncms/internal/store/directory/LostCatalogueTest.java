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

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;

import org.eclipse.jdt.annotation.NonNullByDefault;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openhab.binding.emoncms.internal.feed.Engine;
import org.openhab.binding.emoncms.internal.feed.FeedIdentity;
import org.openhab.binding.emoncms.internal.feed.FixedIntervalMeta;
import org.openhab.binding.emoncms.internal.feed.ListedFeed;
import org.openhab.binding.emoncms.internal.store.NewFeed;

/**
 * A catalogue that is lost.
 *
 * @author Emoncms add-on contributors - Initial contribution
 */
@NonNullByDefault
class LostCatalogueTest {

    private static final Clock CLOCK = Clock.systemUTC();

    private final Path directory;

    LostCatalogueTest(@TempDir Path directory) {
        this.directory = directory;
    }

    @Test
    void aLostCatalogueIsMadeAnewFromTheFilesBesideTheFeeds() throws Exception {
        DirectoryFeedStore store = DirectoryFeedStore.making(directory, CLOCK);
        store.create(new NewFeed(new FeedIdentity("house", "power"), Engine.PHPFINA, 10, "W"));
        store.create(new NewFeed(new FeedIdentity("Küche", "zähler 1"), Engine.PHPTIMESERIES, 0, "kWh"));
        List<ListedFeed> before = store.list();
        Files.delete(directory.resolve("feeds.json"));

        assertThat(DirectoryFeedStore.making(directory, CLOCK).list()).containsExactlyElementsOf(before);
        assertThat(directory.resolve("feeds.json")).exists();
    }

    @Test
    void aNameWithoutDataOrThatIsDamagedIsLeftOutOfANewCatalogue() throws Exception {
        DirectoryFeedStore store = DirectoryFeedStore.making(directory, CLOCK);
        for (String name : List.of("a", "b", "c")) {
            store.create(new NewFeed(new FeedIdentity("house", name), Engine.PHPFINA, 10, "W"));
        }
        Files.delete(directory.resolve("feeds.json"));
        Files.delete(directory.resolve("phpfina/1.dat"));
        Files.writeString(directory.resolve("phpfina/2.name.json"), "{\"id\": 2, \"tag");

        assertThat(store.list()).extracting(feed -> feed.identity().name()).containsExactly("c");
    }

    @Test
    void ofANameThatWasGivenTwiceTheFeedWithPointsIsTaken() throws Exception {
        DirectoryFeedStore store = DirectoryFeedStore.making(directory, CLOCK);
        for (String name : List.of("a", "b")) {
            store.create(new NewFeed(new FeedIdentity("house", name), Engine.PHPTIMESERIES, 0, "W"));
        }
        Path names = directory.resolve("phptimeseries");
        Files.writeString(names.resolve("1.name.json"),
                Files.readString(names.resolve("1.name.json")).replace("\"a\"", "\"b\""));
        Files.write(names.resolve("feed_1.MYD"), new byte[] { (byte) 249, 0, 0, 0, 100, 0, 0, 0, 0 });
        Files.delete(directory.resolve("feeds.json"));

        assertThat(store.list()).singleElement().extracting(ListedFeed::id).isEqualTo(1);
    }

    @Test
    void feedsThatOthersHaveEnteredAreNamedInTheAddOnsOwnDirectoryOnly() throws Exception {
        Path fina = Files.createDirectories(directory.resolve("phpfina"));
        Files.write(fina.resolve("3.dat"), new byte[0]);
        Files.write(fina.resolve("3.meta"), new FixedIntervalMeta(0, 10).toBuffer().array());
        Files.writeString(directory.resolve("feeds.json"),
                "{\"feeds\": [{\"id\": 3, \"tag\": \"house\", \"name\": \"power\", \"engine\": 5}]}");
        new DirectoryFeedStore(directory, CLOCK).list();
        assertThat(fina.resolve("3.name.json")).doesNotExist();
        List<ListedFeed> before = DirectoryFeedStore.making(directory, CLOCK).list();
        Files.delete(directory.resolve("feeds.json"));

        assertThat(DirectoryFeedStore.making(directory, CLOCK).list()).isEqualTo(before).hasSize(1);
    }

    @Test
    void anEntryThatWasTakenOutOfTheCatalogueStaysOut() throws Exception {
        DirectoryFeedStore store = DirectoryFeedStore.making(directory, CLOCK);
        store.create(new NewFeed(new FeedIdentity("house", "a"), Engine.PHPFINA, 10, "W"));
        Files.writeString(directory.resolve("feeds.json"), "{\"feeds\": []}");

        assertThat(store.list()).isEmpty();
    }

    @Test
    void aFeedThatWasTakenOutOfTheCatalogueDoesNotComeBackWhenThatIsLostLater() throws Exception {
        DirectoryFeedStore store = DirectoryFeedStore.making(directory, CLOCK);
        store.create(new NewFeed(new FeedIdentity("house", "a"), Engine.PHPFINA, 10, "W"));
        store.create(new NewFeed(new FeedIdentity("house", "b"), Engine.PHPFINA, 10, "W"));
        Path catalogue = directory.resolve("feeds.json");
        Files.writeString(catalogue,
                "{\"feeds\": [{\"id\": 2, \"tag\": \"house\", \"name\": \"b\", \"engine\": 5, \"unit\": \"W\"}]}");
        DirectoryFeedStore.making(directory, CLOCK).list();
        Files.delete(catalogue);

        assertThat(DirectoryFeedStore.making(directory, CLOCK).list()).extracting(feed -> feed.identity().name())
                .containsExactly("b");
    }

    @Test
    void aCatalogueThatVanishesWhileItIsUsedIsMadeAnewBeforeItIsChanged() throws Exception {
        DirectoryFeedStore store = DirectoryFeedStore.making(directory, CLOCK);
        store.create(new NewFeed(new FeedIdentity("house", "a"), Engine.PHPFINA, 10, "W"));
        store.list();
        Files.delete(directory.resolve("feeds.json"));
        store.create(new NewFeed(new FeedIdentity("house", "b"), Engine.PHPFINA, 10, "W"));

        assertThat(store.list()).extracting(feed -> feed.identity().name()).containsExactly("a", "b");
    }
}
