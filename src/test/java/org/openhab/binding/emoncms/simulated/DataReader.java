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
package org.openhab.binding.emoncms.simulated;

import java.io.Closeable;
import java.io.IOException;

import org.eclipse.jdt.annotation.NonNullByDefault;
import org.eclipse.jdt.annotation.Nullable;

/**
 * Reads the points of one feed for a request of data.
 *
 * @author Emoncms add-on contributors - Initial contribution
 */
@NonNullByDefault
interface DataReader extends Closeable {
    /**
     * The value to show at a time.
     *
     * @param end the next time that will be shown
     */
    @Nullable
    Double value(long time, long end) throws IOException;
}
