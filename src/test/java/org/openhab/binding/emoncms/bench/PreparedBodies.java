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

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32;

import org.eclipse.jdt.annotation.NonNullByDefault;

/**
 * The bodies of a plan with the points of local feeds, as a plain client sends them.
 *
 * @author Emoncms add-on contributors - Initial contribution
 */
@NonNullByDefault
final class PreparedBodies {

    private static final int HEADER_BYTES = 20;
    private static final int CHECKSUM_BYTES = 4;
    private static final int ID_OFFSET = 4;

    /** Sends a body. */
    @FunctionalInterface
    interface Sender {

        void send(ByteBuffer body) throws IOException;
    }

    private final UploadPlan plan;
    private final LocalFeeds feeds;
    private final List<ByteBuffer> bodies = new ArrayList<>();

    PreparedBodies(UploadPlan plan, LocalFeeds feeds) throws IOException {
        this.plan = plan;
        this.feeds = feeds;
        for (List<UploadPlan.Piece> pieces : plan.bodies()) {
            ByteBuffer body = buffer(bytes(pieces));
            read(pieces, body);
            bodies.add(body);
        }
    }

    private static ByteBuffer buffer(int bytes) {
        return ByteBuffer.allocateDirect(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    private static int bytes(List<UploadPlan.Piece> pieces) {
        return CHECKSUM_BYTES + pieces.stream().mapToInt(piece -> HEADER_BYTES + piece.bytes()).sum();
    }

    private void read(List<UploadPlan.Piece> pieces, ByteBuffer body) throws IOException {
        int bytes = body.limit();
        for (UploadPlan.Piece piece : pieces) {
            body.putInt(HEADER_BYTES + piece.bytes()).putInt(0).putInt((int) feeds.startTime(piece.feed()))
                    .putInt(LocalFeeds.INTERVAL).putInt((int) piece.startByte());
            body.limit(body.position() + piece.bytes());
            try (FileChannel channel = FileChannel.open(feeds.data(piece.feed()), StandardOpenOption.READ)) {
                channel.position(piece.startByte());
                while (body.hasRemaining() && channel.read(body) >= 0) {
                    continue;
                }
            }
            body.limit(bytes);
        }
    }

    private static void address(List<UploadPlan.Piece> pieces, int[] ids, ByteBuffer body) {
        int at = 0;
        for (UploadPlan.Piece piece : pieces) {
            body.putInt(at + ID_OFFSET, ids[piece.feed()]);
            at += HEADER_BYTES + piece.bytes();
        }
        CRC32 checksum = new CRC32();
        checksum.update(body.duplicate().position(0).limit(at));
        body.putInt(at, (int) checksum.getValue());
    }

    /** The bodies for feeds with these ids, ready to be sent; valid until this is called again. */
    List<ByteBuffer> forFeeds(int[] ids) {
        for (int i = 0; i < bodies.size(); i++) {
            address(plan.bodies().get(i), ids, bodies.get(i).clear());
        }
        return bodies;
    }

    /** Reads each body anew from the files and computes its checksum, just before it is sent. */
    void readAndSend(int[] ids, Sender sender) throws IOException {
        ByteBuffer buffer = buffer(plan.bodies().stream().mapToInt(PreparedBodies::bytes).max().orElse(0));
        for (List<UploadPlan.Piece> pieces : plan.bodies()) {
            ByteBuffer body = buffer.clear().limit(bytes(pieces));
            read(pieces, body);
            address(pieces, ids, body);
            sender.send(body.rewind());
        }
    }
}
