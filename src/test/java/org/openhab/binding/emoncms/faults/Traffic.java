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
package org.openhab.binding.emoncms.faults;

import org.eclipse.jdt.annotation.NonNullByDefault;

/**
 * Decides what becomes of the requests through a {@link FaultyProxy}. Asked by the threads of its connections.
 *
 * @author Emoncms add-on contributors - Initial contribution
 */
@NonNullByDefault
@FunctionalInterface
public interface Traffic {

    /**
     * @param target path and query of the request
     */
    Passage passage(String target);
}
