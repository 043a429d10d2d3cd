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

import org.eclipse.jdt.annotation.NonNullByDefault;
import org.openhab.binding.emoncms.internal.sync.KnownFeed;

/**
 * Where a feed is.
 *
 * @author Emoncms add-on contributors - Initial contribution
 */
@NonNullByDefault
enum Place {
    LOCAL("discovery.feed.local"),
    REMOTE("discovery.feed.remote"),
    BOTH("discovery.feed.both");

    private final String key;

    Place(String key) {
        this.key = key;
    }

    static Place of(KnownFeed feed) {
        return feed.remote() == null ? LOCAL : feed.local() == null ? REMOTE : BOTH;
    }

    /** Of the label's text. */
    String key() {
        return key;
    }
}
