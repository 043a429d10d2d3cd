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
 * Ends a request with PHP's error page, which comes with status 200.
 *
 * @author Emoncms add-on contributors - Initial contribution
 */
@NonNullByDefault
final class PhpFatalException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    PhpFatalException(String message) {
        super(message);
    }

    String page() {
        return PhpScript.line("Fatal error", String.valueOf(getMessage()), "index.php");
    }
}
