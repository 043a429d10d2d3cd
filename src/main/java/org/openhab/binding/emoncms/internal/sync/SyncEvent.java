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

import org.eclipse.jdt.annotation.NonNullByDefault;

/**
 * Something that has just come to an end, for those who wait for it. The names are what rules see.
 *
 * @author Emoncms add-on contributors - Initial contribution
 */
@NonNullByDefault
public enum SyncEvent {
    /** Both sides have become the same; of a server, those of all its feeds. */
    IN_SYNC,
    /** Nothing is left to upload, after points were uploaded or an upload was requested. */
    UPLOADED,
    /**
     * The local feed has all points of the remote one, as was requested; of a server, all requested downloads are over.
     */
    DOWNLOADED,
    /** A requested comparison of all points has found both sides to be the same. */
    VERIFIED,
    /** A comparison has found other points on the other side. */
    DIVERGED,
    /** A requested repair has made the remote points the same as the local ones. */
    REPAIRED,
    /** The month's data are spent; nothing is uploaded without a request until the next month. */
    BUDGET_SPENT,
    /** The feed cannot be synchronised, a requested download has failed, or the server as a whole has. */
    FAILED
}
