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
package org.openhab.binding.emoncms.internal.handler;

import java.util.Map;

import org.eclipse.jdt.annotation.NonNullByDefault;
import org.openhab.binding.emoncms.internal.feed.FeedIdentity;
import org.openhab.binding.emoncms.internal.sync.KnownFeed;

/**
 * Wants to know which feeds there are. Called on a bridge's worker thread; must not block.
 *
 * @author Emoncms add-on contributors - Initial contribution
 */
@NonNullByDefault
@FunctionalInterface
public interface KnownFeedsListener {

    void feedsKnown(Map<FeedIdentity, KnownFeed> feeds);
}
