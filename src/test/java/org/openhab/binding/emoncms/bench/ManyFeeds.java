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
package org.openhab.binding.emoncms.bench;

import java.io.IOException;

import org.eclipse.jdt.annotation.NonNullByDefault;
import org.eclipse.jdt.annotation.Nullable;

/**
 * Many small feeds that are the same on both sides, made when they are first needed.
 *
 * @author Emoncms add-on contributors - Initial contribution
 */
@NonNullByDefault
final class ManyFeeds {

    static final int POINTS = 10;

    private @Nullable SeededFeeds feeds;

    SeededFeeds get(Site site) throws IOException {
        SeededFeeds made = feeds;
        if (made == null) {
            made = SeededFeeds.inSync(site, site.sizes().manyFeeds(), POINTS);
            feeds = made;
        }
        return made;
    }

    /** So that no other goal lists them. */
    void delete() throws IOException {
        SeededFeeds made = feeds;
        if (made != null) {
            made.delete();
            feeds = null;
        }
    }
}
