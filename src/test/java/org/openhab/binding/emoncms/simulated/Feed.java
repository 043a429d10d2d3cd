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

import java.util.LinkedHashMap;
import java.util.Map;

import org.eclipse.jdt.annotation.NonNullByDefault;
import org.eclipse.jdt.annotation.Nullable;

/**
 * A feed's entry in the server's database and cache. Whoever reads and writes its files holds its lock.
 *
 * @author Emoncms add-on contributors - Initial contribution
 */
@NonNullByDefault
final class Feed {
    private final int id;
    private final int userId;
    private final int engine;
    private volatile String name;
    private volatile String tag;
    private volatile String unit;
    private volatile String publicity = "";
    private volatile long size;
    private volatile @Nullable TimeValue cached;

    Feed(int id, int userId, String tag, String name, int engine, String unit) {
        this.id = id;
        this.userId = userId;
        this.tag = tag;
        this.name = name;
        this.engine = engine;
        this.unit = unit;
    }

    int id() {
        return id;
    }

    int userId() {
        return userId;
    }

    int engine() {
        return engine;
    }

    String name() {
        return name;
    }

    String tag() {
        return tag;
    }

    String unit() {
        return unit;
    }

    boolean isPublic() {
        return "1".equals(publicity);
    }

    boolean isNamed(String tag, String name) {
        return this.tag.equals(tag) && this.name.equals(name);
    }

    void rename(String name) {
        this.name = name;
    }

    void retag(String tag) {
        this.tag = tag;
    }

    void measureIn(String unit) {
        this.unit = unit;
    }

    void publish(boolean isPublic) {
        publicity = isPublic ? "1" : "0";
    }

    void resize(long size) {
        this.size = size;
    }

    /** Null until the server knows a time of the feed */
    @Nullable
    TimeValue cached() {
        return cached;
    }

    void cache(TimeValue latest) {
        cached = latest.cached();
    }

    /**
     * The entry as lists show it: all its own numbers are texts.
     */
    Map<String, @Nullable Object> entry(TimeValue latest) {
        Map<String, @Nullable Object> entry = new LinkedHashMap<>();
        entry.put("id", Integer.toString(id));
        entry.put("userid", Integer.toString(userId));
        entry.put("name", name);
        entry.put("tag", tag);
        entry.put("public", publicity);
        entry.put("size", Long.toString(size));
        entry.put("engine", Integer.toString(engine));
        entry.put("unit", unit);
        entry.put("time", latest.time());
        entry.put("value", latest.value());
        return entry;
    }
}
