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

import java.time.Duration;

import org.eclipse.jdt.annotation.NonNullByDefault;
import org.eclipse.jdt.annotation.Nullable;

/**
 * Tells what was sent and received.
 *
 * @author Emoncms add-on contributors - Initial contribution
 */
@NonNullByDefault
@FunctionalInterface
public interface UsageMeter {

    DataUsage usage();

    /**
     * Told at the end of each cycle, when there is time to keep what was counted.
     *
     * @param pause until the next one; null if that is not known
     */
    default void cycleEnded(@Nullable Duration pause) {
    }
}
