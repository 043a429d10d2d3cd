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

/**
 * What tells that the files of a feed were written, in little memory.
 *
 * @param metaModified 0 of a PHPTimeSeries feed
 * @param keys which files they are, where the file system can tell
 *
 * @author Emoncms add-on contributors - Initial contribution
 */
@NonNullByDefault
record FeedStamp(long dataModified, long dataBytes, long metaModified, int keys) {
}
