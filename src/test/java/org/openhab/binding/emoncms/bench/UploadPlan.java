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
package org.openhab.binding.emoncms.bench;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.eclipse.jdt.annotation.NonNullByDefault;

/**
 * How an upload was divided into bodies, and these into segments.
 *
 * @author Emoncms add-on contributors - Initial contribution
 */
@NonNullByDefault
record UploadPlan(List<List<Piece>> bodies) {

    /**
     * A segment.
     *
     * @param feed of the local ones
     */
    record Piece(int feed, long startByte, int bytes) {
    }

    /**
     * What was sent through a link.
     *
     * @param ids of the remote feeds, in the order of the local ones
     */
    static UploadPlan of(List<Exchange> exchanges, int[] ids) {
        Map<Integer, Integer> feeds = new HashMap<>();
        for (int i = 0; i < ids.length; i++) {
            feeds.put(ids[i], i);
        }
        List<List<Piece>> bodies = new ArrayList<>();
        for (Exchange exchange : exchanges) {
            if (exchange.isSync()) {
                bodies.add(
                        exchange.segments().stream().map(segment -> new Piece(feeds.getOrDefault(segment.feedId(), -1),
                                segment.startByte(), segment.dataBytes())).toList());
            }
        }
        return new UploadPlan(bodies);
    }

    long dataBytes() {
        return bodies.stream().flatMap(List::stream).mapToLong(Piece::bytes).sum();
    }
}
