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
package org.openhab.core.thing.internal;

import java.util.List;

import org.eclipse.jdt.annotation.NonNullByDefault;
import org.eclipse.jdt.annotation.Nullable;
import org.openhab.core.config.core.Configuration;
import org.openhab.core.thing.Bridge;
import org.openhab.core.thing.Thing;
import org.openhab.core.thing.ThingTypeUID;
import org.openhab.core.thing.ThingUID;
import org.openhab.core.thing.binding.BridgeHandler;

/**
 * Stand-in for the class of this name in openHAB Core.
 *
 * @author Emoncms add-on contributors - Initial contribution
 */
@NonNullByDefault
public class BridgeImpl extends ThingImpl implements Bridge {

    public BridgeImpl(ThingTypeUID thingTypeUID, ThingUID uid, @Nullable ThingUID bridgeUID,
            Configuration configuration, @Nullable String label) {
        super(thingTypeUID, uid, bridgeUID, configuration, label);
    }

    /** Empty: the stand-in has no registry. */
    @Override
    public List<Thing> getThings() {
        return List.of();
    }

    @Override
    public @Nullable BridgeHandler getHandler() {
        return (BridgeHandler) super.getHandler();
    }
}
