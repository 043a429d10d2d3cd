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
import java.util.List;

import org.eclipse.jdt.annotation.NonNullByDefault;

/**
 * A request and its answer, as they have come along a link.
 *
 * @author Emoncms add-on contributors - Initial contribution
 */
@NonNullByDefault
final class Exchange {

    /** A segment of a {@code feed/sync} body. */
    record Segment(int feedId, long startByte, int dataBytes) {

        long endByte() {
            return startByte + dataBytes;
        }
    }

    private static final double NANOS = 1e9;

    private final String path;
    private final int headBytes;
    private final long bodyBytes;
    private final long startNanos;
    private final List<Segment> segments = new ArrayList<>();
    private long answerBytes;
    private long endNanos;

    Exchange(String path, int headBytes, long bodyBytes, long startNanos) {
        this.path = path;
        this.headBytes = headBytes;
        this.bodyBytes = bodyBytes;
        this.startNanos = startNanos;
    }

    /** Without the query. */
    String path() {
        return path;
    }

    int headBytes() {
        return headBytes;
    }

    long bodyBytes() {
        return bodyBytes;
    }

    boolean isSync() {
        return path.endsWith("/feed/sync");
    }

    boolean isComparison() {
        return path.contains("/feed/sha256sum");
    }

    synchronized void add(Segment segment) {
        segments.add(segment);
    }

    synchronized List<Segment> segments() {
        return List.copyOf(segments);
    }

    synchronized void answered(int bytes) {
        answerBytes += bytes;
        endNanos = System.nanoTime();
    }

    synchronized long answerBytes() {
        return answerBytes;
    }

    /** From the first byte that left the client to the last that arrived there. */
    synchronized double seconds() {
        return (endNanos - startNanos) / NANOS;
    }

    synchronized double secondsSince(Exchange first) {
        return (endNanos - first.startNanos) / NANOS;
    }
}
