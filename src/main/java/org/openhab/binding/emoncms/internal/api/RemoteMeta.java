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
package org.openhab.binding.emoncms.internal.api;

import org.eclipse.jdt.annotation.NonNullByDefault;

/**
 * What {@code feed/getmeta} and each entry of the answer to {@code feed/sync} say of a feed.
 *
 * @param startTime s since 1970 (UTC)
 * @param interval s; of a PHPTimeSeries feed the mean
 *
 * @author Emoncms add-on contributors - Initial contribution
 */
@NonNullByDefault
public record RemoteMeta(int id, long startTime, double interval, long npoints) {
}
