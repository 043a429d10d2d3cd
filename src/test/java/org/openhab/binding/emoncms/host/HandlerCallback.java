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

import java.util.Map;

import org.eclipse.jdt.annotation.NonNullByDefault;
import org.eclipse.jdt.annotation.Nullable;
import org.openhab.core.thing.Bridge;
import org.openhab.core.thing.ChannelUID;
import org.openhab.core.thing.Thing;
import org.openhab.core.thing.ThingStatus;
import org.openhab.core.thing.ThingStatusInfo;
import org.openhab.core.thing.ThingUID;
import org.openhab.core.types.State;

/**
 * What the host has of openHAB's {@code ThingHandlerCallback}. Handlers call it on their own threads, so that whatever
 * leads to another handler is handed over.
 *
 * @author Emoncms add-on contributors - Initial contribution
 */
@NonNullByDefault
final class HandlerCallback {

    private final HostedThings things;
    private final HandlerLifecycle lifecycle;

    HandlerCallback(HostedThings things, HandlerLifecycle lifecycle) {
        this.things = things;
        this.lifecycle = lifecycle;
    }

    public void stateUpdated(ChannelUID channelUID, State state) {
        things.setState(channelUID, state);
    }

    public void channelTriggered(Thing thing, ChannelUID channelUID, String event) {
        things.triggered(channelUID, event);
    }

    public void statusUpdated(Thing thing, ThingStatusInfo status) {
        switch (status.getStatus()) {
            case UNKNOWN, ONLINE, OFFLINE -> {
            }
            default -> throw new IllegalArgumentException("A handler may not set " + status.getStatus());
        }
        ThingStatusInfo before = thing.getStatusInfo();
        thing.setStatusInfo(status);
        boolean isInitialized = before.getStatus() == ThingStatus.INITIALIZING;
        if (thing instanceof Bridge bridge) {
            if (isInitialized) {
                lifecycle.bridgeInitialized(bridge);
            } else if (!before.equals(status)) {
                lifecycle.bridgeStatusChanged(bridge, status);
            }
        }
        if (isInitialized) {
            lifecycle.childInitialized(thing);
        }
    }

    public void thingUpdated(Thing thing) {
        Thing before = things.get(thing.getUID());
        if (before != null && thing.getHandler() == null) {
            thing.setHandler(before.getHandler());
            thing.setStatusInfo(before.getStatusInfo());
        }
        things.put(thing);
    }

    public void validateConfigurationParameters(Thing thing, Map<String, Object> configurationParameters) {
        // the host reads no configuration descriptions
    }

    public void configurationUpdated(Thing thing) {
        lifecycle.initializeAgain(thing);
    }

    public @Nullable Bridge getBridge(ThingUID bridgeUID) {
        return things.bridge(bridgeUID);
    }
}
