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
package org.openhab.binding.emoncms.bench;

import org.eclipse.jdt.annotation.NonNullByDefault;

/**
 * ---
 * Whether a goal is met.
 *
 * @author Emoncms add-on contributors - Initial contribution
 */
@NonNullByDefault
enum Verdict {
    MET("yes"),
    MISSED("NO"),
    NO_GOAL("");

    private final String text;

    Verdict(String text) {
        this.text = text;
    }

    static Verdict of(boolean isMet) {
        return isMet ? MET : MISSED;
    }

    @Override
    public String toString() {
        return text;
    }
}
