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

/**
 * A point that gets another value.
 *
 * @param time s since 1970 (UTC)
 * @param before NaN where there was no data
 * @param after NaN where there is to be no data
 *
 * @author Emoncms add-on contributors - Initial contribution
 */
@NonNullByDefault
public record ReplacedPoint(long time, float before, float after) {
}
