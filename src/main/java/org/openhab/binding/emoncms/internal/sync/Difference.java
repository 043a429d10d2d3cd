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

import java.time.Instant;

import org.eclipse.jdt.annotation.NonNullByDefault;

/**
 * Where two feeds that should be the same differ first.
 *
 * @param point its index
 * @param time of the local point
 *
 * @author Emoncms add-on contributors - Initial contribution
 */
@NonNullByDefault
public record Difference(long point, Instant time) {
}
