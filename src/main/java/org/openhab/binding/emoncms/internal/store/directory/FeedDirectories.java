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
package org.openhab.binding.emoncms.internal.store.directory;

import java.nio.file.Path;

import org.eclipse.jdt.annotation.NonNullByDefault;

/**
 * Where an Emoncms, or a store like it, keeps the files of its feeds.
 *
 * @param fixedInterval of PHPFina
 * @param timeSeries of PHPTimeSeries
 *
 * @author Emoncms add-on contributors - Initial contribution
 */
@NonNullByDefault
public record FeedDirectories(Path fixedInterval, Path timeSeries) {

    /** The usual names in a data directory. */
    public static FeedDirectories in(Path directory) {
        return new FeedDirectories(directory.resolve("phpfina"), directory.resolve("phptimeseries"));
    }
}
