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
import org.eclipse.jdt.annotation.Nullable;

/**
 * Who asks, and whether with the write key.
 *
 * @author Emoncms add-on contributors - Initial contribution
 */
@NonNullByDefault
record Session(@Nullable Account account, boolean canWrite) {
    static final Session NOBODY = new Session(null, false);

    boolean canRead() {
        return account != null;
    }

    /** 0 for nobody */
    int userId() {
        Account user = account;
        return user == null ? 0 : user.userId();
    }
}
