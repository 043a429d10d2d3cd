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
package org.openhab.binding.emoncms.host;

import java.util.List;

import org.eclipse.jdt.annotation.NonNullByDefault;

/**
 * Shows how the things are.
 *
 * @author Emoncms add-on contributors - Initial contribution
 */
@NonNullByDefault
interface View extends AutoCloseable {

    /** Called several times a second. */
    void show();

    /** Shows what a command has said. */
    void answer(String command, List<String> lines);

    /** Shows all for the last time. */
    @Override
    void close();
}
