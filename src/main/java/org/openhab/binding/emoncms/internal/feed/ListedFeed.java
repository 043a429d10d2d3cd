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
package org.openhab.binding.emoncms.internal.feed;

import org.eclipse.jdt.annotation.NonNullByDefault;

/**
 * An entry of a store's list. The id belongs to that store only.
 *
 * @author Emoncms add-on contributors - Initial contribution
 */
@NonNullByDefault
public sealed interface ListedFeed {

    int id();

    FeedIdentity identity();

    /** A feed whose points can be read and appended to. */
    record Usable(int id, FeedIdentity identity, Engine engine, String unit, FeedMeta meta) implements ListedFeed {

        public Usable withMeta(FeedMeta meta) {
            return new Usable(id, identity, engine, unit, meta);
        }
    }

    /** A feed that exists but cannot be synchronised, and why. */
    record Unusable(int id, FeedIdentity identity, Problem problem) implements ListedFeed {
    }
}
