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

import java.util.HashMap;
import java.util.Map;
import java.util.Set;

import org.eclipse.jdt.annotation.NonNullByDefault;
import org.eclipse.jdt.annotation.Nullable;
import org.openhab.binding.emoncms.internal.feed.Engine;
import org.openhab.binding.emoncms.internal.feed.FeedMeta;
import org.openhab.binding.emoncms.internal.feed.ProblemException;

/**
 * Feed files as they were last seen, so that those which were not written since need not be opened. For one thread.
 *
 * @author Emoncms add-on contributors - Initial contribution
 */
@NonNullByDefault
public final class SeenFiles {

    private record Seen(Engine engine, FeedMeta meta, FeedStamp stamp) {
    }

    private final FeedFiles files;
    private final Map<Integer, Seen> seen = new HashMap<>();

    public SeenFiles(FeedFiles files) {
        this.files = files;
    }

    /** Forgets all others. */
    public void retain(Set<Integer> ids) {
        seen.keySet().retainAll(ids);
    }

    /** What {@link FeedFiles#meta} says. */
    public FeedMeta meta(int id, Engine engine) throws ProblemException, InterruptedException {
        FeedStamp stamp = files.stamp(id, engine);
        Seen last = seen.get(id);
        if (last != null && last.engine() == engine && last.stamp().equals(stamp)) {
            files.requirePast(id, engine, last.meta());
            return last.meta();
        }
        seen.remove(id);
        FeedMeta meta = files.meta(id, engine);
        if (FileStamp.isConclusive(Math.max(stamp.dataModified(), stamp.metaModified()))) {
            seen.put(id, new Seen(engine, meta, stamp));
        }
        return meta;
    }

    /**
     * What tells the files from others, as of the last look at their meta.
     *
     * @return null if they may be written without a trace
     */
    public @Nullable Object stamp(int id, Engine engine) {
        Seen last = seen.get(id);
        return last != null && last.engine() == engine ? last.stamp() : null;
    }
}
