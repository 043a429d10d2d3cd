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

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

import org.eclipse.jdt.annotation.NonNullByDefault;
import org.eclipse.jdt.annotation.Nullable;
import org.openhab.core.thing.Bridge;
import org.openhab.core.thing.ChannelUID;
import org.openhab.core.thing.Thing;
import org.openhab.core.thing.ThingStatus;
import org.openhab.core.thing.ThingStatusDetail;
import org.openhab.core.thing.ThingStatusInfo;
import org.openhab.core.thing.ThingUID;
import org.openhab.core.types.State;

/**
 * The host's things and the latest states of their channels, in place of openHAB's registries and items.
 *
 * @author Emoncms add-on contributors - Initial contribution
 */
@NonNullByDefault
final class HostedThings {

    private final Map<ThingUID, Thing> things = new LinkedHashMap<>();
    private final Map<ChannelUID, State> states = new ConcurrentHashMap<>();
    private final List<String> events = new CopyOnWriteArrayList<>();

    /** In the order in which they were added. */
    synchronized List<Thing> all() {
        return List.copyOf(things.values());
    }

    synchronized @Nullable Thing get(@Nullable ThingUID uid) {
        return things.get(uid);
    }

    synchronized void put(Thing thing) {
        things.put(thing.getUID(), thing);
    }

    synchronized void remove(ThingUID uid) {
        things.remove(uid);
    }

    List<Thing> withoutBridge() {
        return all().stream().filter(thing -> thing.getBridgeUID() == null).toList();
    }

    List<Thing> children(Thing bridge) {
        return all().stream().filter(thing -> bridge.getUID().equals(thing.getBridgeUID())).toList();
    }

    @Nullable
    Bridge bridge(@Nullable ThingUID uid) {
        return get(uid) instanceof Bridge bridge ? bridge : null;
    }

    void setState(ChannelUID channel, State state) {
        states.put(channel, state);
    }

    @Nullable
    State state(Thing thing, String channel) {
        return states.get(new ChannelUID(thing.getUID(), channel));
    }

    void triggered(ChannelUID channel, String event) {
        events.add(channel.getThingUID() + " " + event);
    }

    /** Thing and event, the oldest first. */
    List<String> events() {
        return List.copyOf(events);
    }

    /** Whether the handler has said how the thing is. */
    static boolean isInitialized(Thing thing) {
        return thing.getHandler() != null && switch (thing.getStatus()) {
            case UNKNOWN, ONLINE, OFFLINE -> true;
            default -> false;
        };
    }

    static void setStatus(Thing thing, ThingStatus status, ThingStatusDetail detail) {
        setStatus(thing, status, detail, null);
    }

    static void setStatus(Thing thing, ThingStatus status, ThingStatusDetail detail, @Nullable String description) {
        thing.setStatusInfo(new ThingStatusInfo(status, detail, description));
    }
}
