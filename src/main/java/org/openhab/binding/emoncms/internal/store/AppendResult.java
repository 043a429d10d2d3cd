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

import java.util.List;
import java.util.Map;

import org.eclipse.jdt.annotation.NonNullByDefault;
import org.openhab.binding.emoncms.internal.feed.FeedIdentity;
import org.openhab.binding.emoncms.internal.feed.FeedMeta;
import org.openhab.binding.emoncms.internal.feed.Problem;

/**
 * What became of a batch.
 *
 * @param metas what the store says it holds now, by its feed id
 * @param unread segments left out because their points could not be read
 * @param bytes size of what was written or sent, framing included
 *
 * @author Emoncms add-on contributors - Initial contribution
 */
@NonNullByDefault
public record AppendResult(Map<Integer, FeedMeta> metas, Map<FeedIdentity, Problem> unread, long bytes) {

    /** The segments of the batch after which the store's points are not what they should be. */
    public List<Segment> unexpected(List<Segment> batch) {
        return batch.stream().filter(segment -> !unread.containsKey(segment.target().identity()))
                .filter(segment -> !isExpected(segment)).toList();
    }

    private boolean isExpected(Segment segment) {
        return segment.appended().meta().equals(metas.get(segment.target().id()));
    }
}
