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
package org.openhab.binding.emoncms.internal.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import org.eclipse.jdt.annotation.NonNullByDefault;

/**
 * A download whose points are all on disk and that a store has begun to take over. It is found again after a crash.
 *
 * @param plan names the local feed, also if that is still to be created
 * @param pointsFile may be gone, if the store has moved it
 *
 * @author Emoncms add-on contributors - Initial contribution
 */
@NonNullByDefault
public record WholeDownload(DownloadPlan plan, Path planFile, Path pointsFile) {

    /** Ends the taking over. */
    public void delete() throws IOException {
        Files.deleteIfExists(pointsFile);
        Files.deleteIfExists(planFile);
    }
}
