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
 * The requests that an {@link InjectedFault} may hit.
 *
 * @author Emoncms add-on contributors - Initial contribution
 */
@NonNullByDefault
enum Route {
    ANY(""),
    LIST("/feed/listwithmeta"),
    SYNC("/feed/sync"),
    CREATE("/feed/create"),
    EXPORT("/feed/export"),
    META("/feed/getmeta");

    private final String path;

    Route(String path) {
        this.path = path;
    }

    /**
     * @param target path and query of a request
     */
    boolean matches(String target) {
        return target.startsWith(path);
    }
}
