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
package org.openhab.binding.emoncms.internal.store.directory;

import org.eclipse.jdt.annotation.NonNullByDefault;
import org.openhab.binding.emoncms.internal.feed.FeedIdentity;

/**
 * A feed as {@code feeds.json} names it.
 *
 * @param engine Emoncms's engine id, also one the add-on cannot synchronise
 *
 * @author Emoncms add-on contributors - Initial contribution
 */
@NonNullByDefault
record CatalogueEntry(int id, FeedIdentity identity, int engine, String unit) {
}
