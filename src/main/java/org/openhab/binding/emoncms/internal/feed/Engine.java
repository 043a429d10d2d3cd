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
package org.openhab.binding.emoncms.internal.feed;

import java.util.Optional;

import org.eclipse.jdt.annotation.NonNullByDefault;

/**
 * How Emoncms stores a feed. Only these two engines can be synchronised; ids are those of Emoncms.
 *
 * @author Emoncms add-on contributors - Initial contribution
 */
@NonNullByDefault
public enum Engine {
    /** Fixed interval, one little-endian float per point. */
    PHPFINA(5, "PHPFina", 4),
    /** Variable interval, one {@link TimeSeriesRecord} per point. */
    PHPTIMESERIES(2, "PHPTimeSeries", TimeSeriesRecord.BYTES);

    private final int id;
    private final String title;
    private final int pointBytes;

    Engine(int id, String title, int pointBytes) {
        this.id = id;
        this.title = title;
        this.pointBytes = pointBytes;
    }

    public static Optional<Engine> ofId(int id) {
        for (Engine engine : values()) {
            if (engine.id == id) {
                return Optional.of(engine);
            }
        }
        return Optional.empty();
    }

    public int id() {
        return id;
    }

    /** The engine's name as Emoncms writes it. */
    public String title() {
        return title;
    }

    public int pointBytes() {
        return pointBytes;
    }
}
