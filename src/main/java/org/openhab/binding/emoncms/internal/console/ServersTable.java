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
package org.openhab.binding.emoncms.internal.console;

import java.util.List;

import org.eclipse.jdt.annotation.NonNullByDefault;
import org.eclipse.jdt.annotation.Nullable;
import org.openhab.binding.emoncms.internal.api.ServerUrl;
import org.openhab.binding.emoncms.internal.feed.ProblemException;
import org.openhab.core.thing.Thing;
import org.openhab.core.thing.ThingStatusDetail;
import org.openhab.core.thing.ThingStatusInfo;

/**
 * The servers, as the console shows them.
 *
 * @author Emoncms add-on contributors - Initial contribution
 */
@NonNullByDefault
record ServersTable(List<Thing> servers) {

    List<String> lines() {
        return servers.isEmpty() ? List.of("There is no Emoncms server: add a bridge of the type emoncms:server.")
                : new Table(List.of("server", "label", "url", "status"),
                        servers.stream().map(ServersTable::row).toList()).lines();
    }

    private static List<String> row(Thing bridge) {
        String label = bridge.getLabel();
        return List.of(bridge.getUID().getAsString(), label == null ? "" : label,
                url(bridge.getConfiguration().get("url")), status(bridge.getStatusInfo()));
    }

    /** One that is not valid may hold a password. */
    private static String url(@Nullable Object configured) {
        try {
            return configured == null ? "" : ServerUrl.parse(configured.toString()).toString();
        } catch (ProblemException e) {
            return "not valid";
        }
    }

    /** What is wrong is told by the command that lists the feeds. */
    private static String status(ThingStatusInfo info) {
        boolean hasDetail = info.getStatusDetail() != ThingStatusDetail.NONE;
        return info.getStatus() + (hasDetail ? " (" + info.getStatusDetail() + ")" : "");
    }
}
