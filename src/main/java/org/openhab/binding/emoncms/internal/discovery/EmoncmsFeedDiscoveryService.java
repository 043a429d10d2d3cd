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

import static org.openhab.binding.emoncms.internal.EmoncmsBindingConstants.*;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

import org.eclipse.jdt.annotation.NonNullByDefault;
import org.eclipse.jdt.annotation.Nullable;
import org.openhab.binding.emoncms.internal.feed.FeedIdentity;
import org.openhab.binding.emoncms.internal.handler.EmoncmsFeedHandler;
import org.openhab.binding.emoncms.internal.handler.EmoncmsServerHandler;
import org.openhab.binding.emoncms.internal.sync.KnownFeed;
import org.openhab.core.config.discovery.AbstractThingHandlerDiscoveryService;
import org.openhab.core.config.discovery.DiscoveryResult;
import org.openhab.core.config.discovery.DiscoveryResultBuilder;
import org.openhab.core.config.discovery.inbox.Inbox;
import org.openhab.core.i18n.LocaleProvider;
import org.openhab.core.i18n.TranslationProvider;
import org.openhab.core.thing.ThingUID;
import org.osgi.framework.Bundle;
import org.osgi.framework.FrameworkUtil;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ServiceScope;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Puts the feeds of both sides that have no thing into the inbox. In the background it costs nothing: it is told what
 * the bridge's engine sees anyway. A scan has both sides listed once.
 *
 * @author Emoncms add-on contributors - Initial contribution
 */
@NonNullByDefault
@Component(scope = ServiceScope.PROTOTYPE, service = EmoncmsFeedDiscoveryService.class, configurationPid = "discovery.emoncms")
public class EmoncmsFeedDiscoveryService extends AbstractThingHandlerDiscoveryService<EmoncmsServerHandler> {

    /** What comes later is published as well. */
    private static final int SCAN_SECONDS = 30;

    private final Logger logger = LoggerFactory.getLogger(EmoncmsFeedDiscoveryService.class);

    private final TranslationProvider translations;
    private final LocaleProvider locales;
    private final Inbox inbox;
    private final Map<FeedIdentity, Place> discovered = new HashMap<>();
    private boolean isInboxTidy;

    @Activate
    public EmoncmsFeedDiscoveryService(@Reference TranslationProvider translations, @Reference LocaleProvider locales,
            @Reference Inbox inbox) {
        super(EmoncmsServerHandler.class, Set.of(THING_TYPE_FEED), SCAN_SECONDS);
        this.translations = translations;
        this.locales = locales;
        this.inbox = inbox;
    }

    @Override
    protected void startBackgroundDiscovery() {
        thingHandler.listenToKnownFeeds(feeds -> publish(feeds, false));
    }

    @Override
    protected void stopBackgroundDiscovery() {
        thingHandler.listenToKnownFeeds(null);
    }

    @Override
    protected void startScan() {
        thingHandler.look().whenComplete((feeds, failure) -> {
            try {
                if (feeds == null) {
                    logger.debug("Nothing found: {}", String.valueOf(failure));
                } else {
                    publish(feeds, true);
                }
            } finally {
                stopScan();
            }
        });
    }

    /**
     * @param all whether also those are published again that the inbox should have
     */
    private void publish(Map<FeedIdentity, KnownFeed> feeds, boolean all) {
        Map<FeedIdentity, Place> found = new HashMap<>();
        Set<FeedIdentity> taken = thingHandler.feedsWithThing();
        feeds.forEach((feed, known) -> {
            if (known.isSupported() && !taken.contains(feed)) {
                found.put(feed, Place.of(known));
            }
        });
        Set<ThingUID> gone = new HashSet<>();
        Set<FeedIdentity> changed = new HashSet<>();
        synchronized (discovered) {
            discovered.keySet().stream().filter(feed -> !found.containsKey(feed)).map(this::uid).forEach(gone::add);
            found.forEach((feed, place) -> {
                if (all || !place.equals(discovered.get(feed))) {
                    changed.add(feed);
                }
            });
            discovered.clear();
            discovered.putAll(found);
            if (!isInboxTidy) {
                gone.addAll(leftInInbox(found.keySet()));
                isInboxTidy = true;
            }
        }
        gone.forEach(this::thingRemoved);
        changed.stream().sorted(FeedIdentity.ORDER)
                .forEach(feed -> thingDiscovered(result(feed, Objects.requireNonNull(found.get(feed)))));
    }

    /** Of feeds that went while the bridge was not running. */
    private List<ThingUID> leftInInbox(Set<FeedIdentity> found) {
        ThingUID bridge = thingHandler.getThing().getUID();
        Set<ThingUID> wanted = new HashSet<>();
        found.stream().map(this::uid).forEach(wanted::add);
        return inbox.getAll().stream().filter(result -> bridge.equals(result.getBridgeUID()))
                .map(DiscoveryResult::getThingUID).filter(uid -> !wanted.contains(uid)).toList();
    }

    private ThingUID uid(FeedIdentity feed) {
        return FeedThingIds.uid(thingHandler.getThing().getUID(), feed);
    }

    private DiscoveryResult result(FeedIdentity feed, Place place) {
        ThingUID bridge = thingHandler.getThing().getUID();
        return DiscoveryResultBuilder.create(uid(feed)).withThingType(THING_TYPE_FEED).withBridge(bridge)
                .withProperty(CONFIG_TAG, feed.tag()).withProperty(CONFIG_NAME, feed.name())
                .withProperty(PROPERTY_FEED, EmoncmsFeedHandler.property(bridge, feed))
                .withRepresentationProperty(PROPERTY_FEED).withLabel(label(feed, place)).build();
    }

    private @Nullable String label(FeedIdentity feed, Place place) {
        Bundle bundle = FrameworkUtil.getBundle(EmoncmsFeedDiscoveryService.class);
        String plain = feed.tag() + ": " + feed.name();
        return translations.getText(bundle, place.key(), plain, locales.getLocale(), feed.tag(), feed.name());
    }
}
