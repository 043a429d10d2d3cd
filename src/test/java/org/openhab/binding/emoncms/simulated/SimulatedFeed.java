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
package org.openhab.binding.emoncms.simulated;

import org.eclipse.jdt.annotation.NonNullByDefault;
import org.eclipse.jdt.annotation.Nullable;

/**
 * A feed as the server's cache has it.
 *
 * @param lastTime the time that lists show, which need not be the end of the data
 * @param lastValue the value that lists show
 *
 * @author Emoncms add-on contributors - Initial contribution
 */
@NonNullByDefault
public record SimulatedFeed(int id, int userId, String tag, String name, int engine, String unit, boolean isPublic,
        @Nullable Long lastTime, @Nullable Double lastValue) {
    static SimulatedFeed of(Feed feed) {
        TimeValue cached = feed.cached();
        TimeValue latest = cached == null ? TimeValue.NONE : cached;
        return new SimulatedFeed(feed.id(), feed.userId(), feed.tag(), feed.name(), feed.engine(), feed.unit(),
                feed.isPublic(), latest.time(), latest.value());
    }
}
