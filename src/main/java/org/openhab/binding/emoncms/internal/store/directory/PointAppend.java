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

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;

import org.eclipse.jdt.annotation.NonNullByDefault;
import org.openhab.binding.emoncms.internal.feed.Problem;
import org.openhab.binding.emoncms.internal.feed.ProblemException;
import org.openhab.binding.emoncms.internal.feed.ProblemKind;
import org.openhab.binding.emoncms.internal.store.DownloadPlan;

/**
 * Appends the points of a download to a data file, as long as nobody else writes that file. Points of the download that
 * are in it already are left as they are.
 *
 * @author Emoncms add-on contributors - Initial contribution
 */
@NonNullByDefault
final class PointAppend {

    private static final int BUFFER_BYTES = 64 << 10;

    private final DownloadPlan plan;
    private final FileChannel from;
    private final FileChannel to;
    /** A torn point at the end included, which does not count and is overwritten. */
    private final long size;
    private final long held;

    PointAppend(DownloadPlan plan, FileChannel from, FileChannel to) throws IOException {
        this.plan = plan;
        this.from = from;
        this.to = to;
        size = to.size();
        held = size / plan.engine().pointBytes() * plan.engine().pointBytes();
    }

    /** Bytes of the whole points in the file. */
    long held() {
        return held;
    }

    /**
     * @throws ProblemException if the file holds other points where those of the download belong, or does not reach
     *             there
     */
    void requireFit() throws IOException, ProblemException {
        long start = plan.firstByte();
        if (held < start || held > start + from.size() || !isSame(start)) {
            throw localChanged();
        }
    }

    private ProblemException localChanged() {
        return new ProblemException(Problem.of(ProblemKind.LOCAL_CHANGED, plan.identity()));
    }

    private boolean isSame(long start) throws IOException {
        ByteBuffer downloaded = ByteBuffer.allocate(BUFFER_BYTES);
        ByteBuffer stored = ByteBuffer.allocate(BUFFER_BYTES);
        for (long position = start; position < held; position += stored.limit()) {
            int length = (int) Math.min(BUFFER_BYTES, held - position);
            fill(from, position - start, downloaded.clear().limit(length));
            fill(to, position, stored.clear().limit(length));
            if (!downloaded.flip().equals(stored.flip())) {
                return false;
            }
        }
        return true;
    }

    private static void fill(FileChannel channel, long position, ByteBuffer target) throws IOException {
        long next = position;
        while (target.hasRemaining()) {
            int read = channel.read(target, next);
            if (read < 0) {
                throw new IOException("ends at " + next);
            }
            next += read;
        }
    }

    /** Writes what is missing and forces it to disk. What was written is taken back if it does not become all. */
    void run() throws IOException, ProblemException {
        ByteBuffer buffer = ByteBuffer.allocate(BUFFER_BYTES);
        long target = held;
        long expectedSize = size;
        try {
            while (from.read(buffer.clear(), target - plan.firstByte()) >= 0) {
                buffer.flip();
                while (buffer.hasRemaining()) {
                    if (to.size() != expectedSize) {
                        throw localChanged();
                    }
                    target += to.write(buffer, target);
                    expectedSize = Math.max(expectedSize, target);
                }
            }
            to.force(true);
        } catch (ClosedByInterruptException e) {
            throw e;
        } catch (IOException e) {
            if (to.size() == target) {
                to.truncate(held);
            }
            throw e;
        }
    }
}
