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
package org.openhab.binding.emoncms.host;

import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.eclipse.jdt.annotation.NonNullByDefault;
import org.eclipse.jdt.annotation.Nullable;
import org.openhab.core.config.discovery.DiscoveryResult;
import org.openhab.core.config.discovery.DiscoveryService;
import org.openhab.core.thing.ThingTypeUID;
import org.openhab.core.thing.ThingUID;

/**
 * What the host has of openHAB's {@code Inbox} and its {@code DiscoveryListener}.
 *
 * @author Emoncms add-on contributors - Initial contribution
 */
@NonNullByDefault
final class HostInbox {

    private final Map<ThingUID, DiscoveryResult> results = new LinkedHashMap<>();

    public synchronized List<DiscoveryResult> getAll() {
        return List.copyOf(results.values());
    }

    public synchronized void thingDiscovered(DiscoveryService source, DiscoveryResult result) {
        results.put(result.getThingUID(), result);
    }

    public synchronized void thingRemoved(DiscoveryService source, ThingUID thingUID) {
        results.remove(thingUID);
    }

    public @Nullable Collection<ThingUID> removeOlderResults(DiscoveryService source, Instant timestamp,
            @Nullable Collection<ThingTypeUID> thingTypeUIDs, @Nullable ThingUID bridgeUID) {
        return null;
    }

    synchronized @Nullable DiscoveryResult take(ThingUID uid) {
        return results.remove(uid);
    }
}
