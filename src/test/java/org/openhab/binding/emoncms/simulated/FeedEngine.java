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

import java.io.IOException;
import java.util.Map;

import org.eclipse.jdt.annotation.NonNullByDefault;
import org.eclipse.jdt.annotation.Nullable;

/**
 * How feeds of one kind are stored.
 *
 * @author Emoncms add-on contributors - Initial contribution
 */
@NonNullByDefault
interface FeedEngine {
    int MYSQL = 0;
    int PHPTIMESERIES = 2;
    int PHPFINA = 5;
    int VIRTUAL = 7;
    int MYSQL_MEMORY = 8;
    int CASSANDRA = 10;

    void create(int id, long intervalSeconds) throws IOException;

    void delete(int id) throws IOException;

    /**
     * What getmeta answers.
     *
     * @return null for the server's {@code false}
     */
    @Nullable
    Map<String, Object> meta(int id) throws IOException;

    /** Null if there is none */
    @Nullable
    TimeValue last(int id) throws IOException;

    long size(int id) throws IOException;

    /** The answer to clear */
    Object clear(int id) throws IOException;

    /** The answer to trim */
    Object trim(int id, long startTime) throws IOException;
}
