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
 * Something that must not be.
 *
 * @param check what was looked at
 *
 * @author Emoncms add-on contributors - Initial contribution
 */
@NonNullByDefault
record Violation(Check check, String details) {

    enum Check {
        /** Nothing is sent that may change, nothing that is not in the local file, nothing at another place. */
        SENT,
        /** Nothing is called the same that is not. */
        CALLED_SAME,
        /** The remote points are the first local ones. */
        REMOTE_POINTS,
        /** Local points are those of the writer and of requested downloads. */
        LOCAL_POINTS,
        /** After everything was healed, both sides are the same, or it is said truthfully why not. */
        HEALED,
        /** The engine has an end and no unexpected failure. */
        DEFECT
    }
}
