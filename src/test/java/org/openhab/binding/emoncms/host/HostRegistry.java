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

import java.util.Collection;

import org.eclipse.jdt.annotation.NonNullByDefault;
import org.openhab.core.thing.Thing;

/**
 * What the host has of openHAB's {@code ThingRegistry}.
 *
 * @author Emoncms add-on contributors - Initial contribution
 */
@NonNullByDefault
final class HostRegistry {

    private final HostedThings things;

    HostRegistry(HostedThings things) {
        this.things = things;
    }

    public Collection<Thing> getAll() {
        return things.all();
    }
}
