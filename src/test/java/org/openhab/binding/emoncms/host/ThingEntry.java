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
import org.openhab.core.config.core.Configuration;
import org.openhab.core.thing.Thing;
import org.openhab.core.thing.ThingTypeUID;
import org.openhab.core.thing.ThingUID;
import org.openhab.core.thing.binding.builder.BridgeBuilder;
import org.openhab.core.thing.binding.builder.ThingBuilder;

/**
 * A thing as a {@link ThingsFile} describes it.
 *
 * @param bridge null if it belongs to none
 *
 * @author Emoncms add-on contributors - Initial contribution
 */
@NonNullByDefault
public record ThingEntry(ThingUID uid, boolean isBridge, @Nullable ThingUID bridge, @Nullable String label,
        Map<String, Object> config) {

    public static ThingEntry bridge(String uid, String label, Map<String, Object> config) {
        return new ThingEntry(new ThingUID(uid), true, null, label, config);
    }

    public static ThingEntry child(String uid, ThingUID bridge, String label, Map<String, Object> config) {
        return new ThingEntry(new ThingUID(uid), false, bridge, label, config);
    }

    Thing build() {
        String[] segments = uid.getAsString().split(":");
        ThingTypeUID type = new ThingTypeUID(segments[0], segments[1]);
        ThingBuilder builder = isBridge ? BridgeBuilder.create(type, uid) : ThingBuilder.create(type, uid);
        return builder.withLabel(label).withBridge(bridge).withConfiguration(new Configuration(config)).build();
    }

    /** The configuration may hold a key. */
    @Override
    public String toString() {
        return uid.getAsString();
    }
}
