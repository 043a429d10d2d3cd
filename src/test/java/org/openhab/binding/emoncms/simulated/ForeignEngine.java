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

import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;

import org.eclipse.jdt.annotation.NonNullByDefault;
import org.eclipse.jdt.annotation.Nullable;

/**
 * The engines that keep no files: MySQL, virtual, and those that no server has any more. Their feeds never have data.
 *
 * @author Emoncms add-on contributors - Initial contribution
 */
@NonNullByDefault
final class ForeignEngine implements FeedEngine {
    private static final long EMPTY_TABLE_BYTES = 1024;

    private final int engine;
    private final Clock clock;

    ForeignEngine(int engine, Clock clock) {
        this.engine = engine;
        this.clock = clock;
    }

    /** Cassandra needs a library that a server usually lacks: touching such a feed breaks the request */
    @Override
    public void create(int id, long intervalSeconds) {
        requireLibrary();
    }

    @Override
    public void delete(int id) {
        // there are no files
    }

    @Override
    public Map<String, Object> meta(int id) {
        requireLibrary();
        Map<String, Object> meta = new LinkedHashMap<>();
        meta.put("id", id);
        if (isMysql()) {
            meta.put("table_name", "feed_" + id);
            meta.put("value_type", "FLOAT NOT NULL");
            meta.put("start_time", 0);
            meta.put("end_time", 0);
            meta.put("npoints", 0);
            meta.put("interval", 0);
            return meta;
        }
        meta.put("start_time", 0);
        meta.put("nlayers", 1);
        if (engine != VIRTUAL) {
            meta.put("npoints", -1);
        }
        meta.put("interval", 1);
        return meta;
    }

    @Override
    public @Nullable TimeValue last(int id) {
        requireLibrary();
        return isMysql() ? null : new TimeValue(clock.instant().getEpochSecond(), engine == VIRTUAL ? null : 0.0);
    }

    @Override
    public long size(int id) {
        return isMysql() ? EMPTY_TABLE_BYTES : 0;
    }

    @Override
    public Object clear(int id) {
        return isMysql() ? FileEngine.success("Feed cleared successfully")
                : Answer.failure("\"Clear\" not available for this storage engine");
    }

    @Override
    public Object trim(int id, long startTime) {
        return Answer.failure("\"Trim\" not available for this storage engine");
    }

    private boolean isMysql() {
        return engine == MYSQL || engine == MYSQL_MEMORY;
    }

    private void requireLibrary() {
        if (engine == CASSANDRA) {
            throw new PhpFatalException("Uncaught Error: Class &quot;Cassandra&quot; not found");
        }
    }
}
