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

import java.math.BigDecimal;
import java.math.MathContext;

import org.eclipse.jdt.annotation.NonNullByDefault;
import org.eclipse.jdt.annotation.Nullable;

/**
 * The latest time and value of a feed.
 *
 * @author Emoncms add-on contributors - Initial contribution
 */
@NonNullByDefault
record TimeValue(@Nullable Long time, @Nullable Double value) {
    static final TimeValue NONE = new TimeValue(null, null);

    /** PHP's setting "precision": digits of a number that becomes text */
    private static final MathContext TEXT = new MathContext(14);

    /**
     * How it comes back from Redis, which keeps text: rounded, and without what is no finite number.
     */
    TimeValue cached() {
        Double number = value;
        if (number == null || !Double.isFinite(number)) {
            return new TimeValue(time, null);
        }
        return new TimeValue(time, new BigDecimal(number).round(TEXT).doubleValue());
    }
}
