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
 * What a path asks for: {@code controller/action.format}.
 *
 * @author Emoncms add-on contributors - Initial contribution
 */
@NonNullByDefault
record Route(String controller, String action, String format) {

    private static final String PREFIX = "/emoncms";

    static Route of(PhpRequest request) {
        String path = "/index.php".equals(request.path()) ? request.query("q", "") : request.path();
        String plain = path.replace(PREFIX, "").replaceAll("[^./_A-Za-z0-9-]", "").replaceAll("^/+|/+$", "");
        String[] parts = plain.split("/");
        String[] last = parts[parts.length - 1].split("[.]");
        parts[parts.length - 1] = last.length == 0 ? "" : last[0];
        return new Route(parts[0], parts.length > 1 ? parts[1] : "", last.length > 1 ? last[1] : "html");
    }

    boolean isJson() {
        return "json".equals(format);
    }

    boolean isHtml() {
        return "html".equals(format);
    }
}
