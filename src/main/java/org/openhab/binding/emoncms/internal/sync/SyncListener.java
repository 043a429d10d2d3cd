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
package org.openhab.binding.emoncms.internal.sync;

import java.util.Map;

import org.eclipse.jdt.annotation.NonNullByDefault;
import org.openhab.binding.emoncms.internal.feed.FeedIdentity;

/**
 * Is told what changed, on the worker thread; must not block.
 *
 * @author Emoncms add-on contributors - Initial contribution
 */
@NonNullByDefault
public interface SyncListener {

    void serverChanged(ServerReport report);

    void feedChanged(FeedReport report);

    /** Comes after the change that it is about. */
    void feedEvent(FeedIdentity feed, SyncEvent event);

    void serverEvent(SyncEvent event);

    /** Comes with each cycle in which both sides are known. */
    void feedsKnown(Map<FeedIdentity, KnownFeed> feeds);
}
