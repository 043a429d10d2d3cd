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

import org.eclipse.jdt.annotation.NonNullByDefault;

/**
 * A user of the server.
 *
 * @author Emoncms add-on contributors - Initial contribution
 */
@NonNullByDefault
public record Account(int userId, String username, String password, String readKey, String writeKey) {
    @Override
    public String toString() {
        return "account " + userId + " (" + username + ")";
    }
}
