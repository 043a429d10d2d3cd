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
package org.openhab.binding.emoncms.internal.store;

import org.eclipse.jdt.annotation.NonNullByDefault;
import org.openhab.binding.emoncms.internal.feed.ListedFeed;
import org.openhab.binding.emoncms.internal.feed.ProblemException;

/**
 * A feed whose creation was requested.
 *
 * @author Emoncms add-on contributors - Initial contribution
 */
@NonNullByDefault
public interface PendingFeed {

    /** Waits for it; to be called once. After an exception it may exist or not. */
    ListedFeed.Usable await() throws ProblemException, InterruptedException;

    /** Does not wait; the feed may be created all the same. */
    void abort();
}
