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
package org.openhab.binding.emoncms.internal.discovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.*;
import static org.mockito.Mockito.*;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

import org.eclipse.jdt.annotation.NonNullByDefault;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.openhab.binding.emoncms.internal.EmoncmsBindingConstants;
import org.openhab.binding.emoncms.internal.feed.Engine;
import org.openhab.binding.emoncms.internal.feed.FeedIdentity;
import org.openhab.binding.emoncms.internal.feed.FeedMeta;
import org.openhab.binding.emoncms.internal.feed.ListedFeed;
import org.openhab.binding.emoncms.internal.feed.Problem;
import org.openhab.binding.emoncms.internal.feed.ProblemException;
import org.openhab.binding.emoncms.internal.feed.ProblemKind;
import org.openhab.binding.emoncms.internal.handler.EmoncmsServerHandler;
import org.openhab.binding.emoncms.internal.sync.FeedReport;
import org.openhab.binding.emoncms.internal.sync.KnownFeed;
import org.openhab.binding.emoncms.internal.sync.SyncState;
import org.openhab.binding.emoncms.internal.sync.Verification;
import org.openhab.core.config.discovery.DiscoveryListener;
import org.openhab.core.config.discovery.DiscoveryResult;
import org.openhab.core.config.discovery.DiscoveryResultBuilder;
import org.openhab.core.config.discovery.DiscoveryService;
import org.openhab.core.config.discovery.ScanListener;
import org.openhab.core.config.discovery.inbox.Inbox;
import org.openhab.core.i18n.LocaleProvider;
import org.openhab.core.i18n.TranslationProvider;
import org.openhab.core.thing.Bridge;
import org.openhab.core.thing.ThingUID;

/**
 * What a scan puts into the inbox and takes out of it, while nothing is told in the background.
 *
 * @author Emoncms add-on contributors - Initial contribution
 */
@NonNullByDefault
@Timeout(30)
class EmoncmsFeedDiscoveryServiceTest {

    private static final ThingUID BRIDGE = new ThingUID(EmoncmsBindingConstants.THING_TYPE_SERVER, "home");
    private static final int MILLIS = 5000;

    private final EmoncmsServerHandler handler = mock(EmoncmsServerHandler.class);
    private final Inbox inbox = mock(Inbox.class);
    private final DiscoveryListener listener = mock(DiscoveryListener.class);
    private final Map<FeedIdentity, KnownFeed> feeds = new HashMap<>();
    private final EmoncmsFeedDiscoveryService discovery;

    EmoncmsFeedDiscoveryServiceTest() {
        TranslationProvider translations = mock(TranslationProvider.class);
        when(translations.getText(any(), anyString(), anyString(), any(), any(), any()))
                .thenAnswer(call -> call.getArgument(1) + " " + call.getArgument(4) + " " + call.getArgument(5));
        LocaleProvider locales = mock(LocaleProvider.class);
        when(locales.getLocale()).thenReturn(Locale.ENGLISH);
        discovery = new EmoncmsFeedDiscoveryService(translations, locales, inbox);
    }

    @BeforeEach
    void connect() {
        Bridge bridge = mock(Bridge.class);
        when(bridge.getUID()).thenReturn(BRIDGE);
        when(handler.getThing()).thenReturn(bridge);
        when(handler.look()).thenAnswer(call -> CompletableFuture.completedFuture(Map.copyOf(feeds)));
        when(inbox.getAll()).thenReturn(List.of());
        discovery.setThingHandler(handler);
        discovery.addDiscoveryListener(listener);
    }

    private static ThingUID uid(String name) {
        return new ThingUID(EmoncmsBindingConstants.THING_TYPE_FEED, BRIDGE, "house-" + name);
    }

    private void add(String name, boolean local, boolean remote) {
        FeedIdentity identity = new FeedIdentity("house", name);
        ListedFeed feed = new ListedFeed.Usable(1, identity, Engine.PHPFINA, "W", new FeedMeta(0, 10, 0));
        FeedReport report = new FeedReport(identity, SyncState.SAME, null, null, null, 0, null, false, null,
                new Verification(null, null, false));
        feeds.put(identity, new KnownFeed(report, local ? feed : null, remote ? feed : null));
    }

    private void scan() {
        ScanListener scan = mock(ScanListener.class);
        discovery.startScan(scan);
        verify(scan, timeout(MILLIS)).onFinished();
    }

    private void verifyDiscovered(int times, String label) {
        verify(listener, timeout(MILLIS).times(times)).thingDiscovered(any(DiscoveryService.class),
                argThat(result -> result.getLabel().equals(label)));
    }

    @Test
    void aScanPublishesWhatHasNoThingEachTime() {
        add("power", true, false);
        add("solar", true, true);
        when(handler.feedsWithThing()).thenReturn(Set.of(new FeedIdentity("house", "solar")));
        scan();
        scan();

        verifyDiscovered(2, "discovery.feed.local house power");
        verify(listener, never()).thingDiscovered(any(), argThat(result -> result.getThingUID().equals(uid("solar"))));
    }

    @Test
    void aScanTakesOutWhatIsGoneOrHasAThingNow() {
        add("power", true, true);
        add("solar", false, true);
        scan();
        feeds.remove(new FeedIdentity("house", "power"));
        when(handler.feedsWithThing()).thenReturn(Set.of(new FeedIdentity("house", "solar")));
        scan();

        verify(listener, timeout(MILLIS)).thingRemoved(discovery, uid("power"));
        verify(listener, timeout(MILLIS)).thingRemoved(discovery, uid("solar"));
    }

    @Test
    void theFirstScanTakesOutWhatWentBeforeTheStart() {
        add("power", true, true);
        when(inbox.getAll()).thenReturn(List.of(result(uid("power"), BRIDGE), result(uid("gone"), BRIDGE),
                result(new ThingUID("emoncms:feed:other:house-gone"), new ThingUID("emoncms:server:other"))));
        scan();

        verify(listener, timeout(MILLIS)).thingRemoved(discovery, uid("gone"));
        verify(listener, never()).thingRemoved(discovery, uid("power"));
        verify(listener, never()).thingRemoved(discovery, new ThingUID("emoncms:feed:other:house-gone"));
    }

    private static DiscoveryResult result(ThingUID uid, ThingUID bridge) {
        return DiscoveryResultBuilder.create(uid).withThingType(EmoncmsBindingConstants.THING_TYPE_FEED)
                .withBridge(bridge).withLabel("").build();
    }

    @Test
    void aScanThatFailsTakesOutNothingAndEnds() {
        add("power", true, true);
        scan();
        when(handler.look()).thenReturn(
                CompletableFuture.failedFuture(new ProblemException(Problem.of(ProblemKind.TIMEOUT, "host"))));
        scan();

        verify(listener, never()).thingRemoved(any(), any());
    }

    @Test
    void idsDifferWhereFeedsDo() {
        Set<String> ids = new HashSet<>();
        List<String> words = List.of("a", "A", "a b", "a-b", "a_b", "a:b", "ä", "ö", "a--b", "", "b", "-",
                "a".repeat(255));
        for (String tag : words) {
            for (String name : words) {
                String id = FeedThingIds.id(new FeedIdentity(tag, name));
                assertThat(id).matches("[\\w-]+").hasSizeLessThan(100);
                ids.add(id);
            }
        }

        assertThat(ids).hasSize(words.size() * words.size());
        assertThat(FeedThingIds.id(new FeedIdentity("emonpi", "power1"))).isEqualTo("emonpi-power1");
    }
}
