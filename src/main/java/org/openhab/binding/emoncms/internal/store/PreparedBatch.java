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

import java.util.Map;

import org.eclipse.jdt.annotation.NonNullByDefault;
import org.openhab.binding.emoncms.internal.feed.FeedIdentity;
import org.openhab.binding.emoncms.internal.feed.Problem;

/**
 * A batch that can be sent at once, since its points were read.
 *
 * @author Emoncms add-on contributors - Initial contribution
 */
@NonNullByDefault
public interface PreparedBatch {

    /** The segments left out because their points could not be read; if these are all, there is nothing to send. */
    Map<FeedIdentity, Problem> unread();

    /** Sends it; to be called once. */
    PendingResult<AppendResult> send();
}
