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
package org.openhab.binding.emoncms.internal.sync;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

import org.eclipse.jdt.annotation.NonNullByDefault;
import org.openhab.binding.emoncms.internal.feed.ListedFeed;
import org.openhab.binding.emoncms.internal.feed.LittleEndian;
import org.openhab.binding.emoncms.internal.feed.ProblemException;
import org.openhab.binding.emoncms.internal.store.FeedStore;

/**
 * Tells by hashes whether a remote feed that was continued had been cleared before, so that it starts with zeros that
 * were never recorded.
 *
 * @author Emoncms add-on contributors - Initial contribution
 */
@NonNullByDefault
final class FilledFeed {

    private static final int PIECE_BYTES = 64 << 10;
    private static final ByteBuffer ZEROS = ByteBuffer.allocate(PIECE_BYTES).asReadOnlyBuffer();

    private final FeedStore local;
    private final ListedFeed.Usable here;
    private final FeedStore remote;
    private final ListedFeed.Usable there;
    private final ByteBuffer piece = LittleEndian.allocate(PIECE_BYTES);

    FilledFeed(FeedStore local, ListedFeed.Usable here, FeedStore remote, ListedFeed.Usable there) {
        this.local = local;
        this.here = here;
        this.remote = remote;
        this.there = there;
    }

    /** Whether both sides are the same up to the first local point that is not zero. */
    boolean startsTheSame() throws ProblemException, InterruptedException {
        long npoints = Math.min(here.meta().npoints(), there.meta().npoints());
        long end = firstByteThatIsNotZero(npoints * here.engine().pointBytes()) / here.engine().pointBytes() + 1;
        return end > npoints || local.digest(here, end).equals(remote.digest(there, end));
    }

    private long firstByteThatIsNotZero(long bytes) throws ProblemException, InterruptedException {
        for (long start = 0; start < bytes; start += PIECE_BYTES) {
            ByteBuffer piece = read(start, bytes);
            int mismatch = piece.mismatch(ZEROS.duplicate().limit(piece.limit()));
            if (mismatch >= 0) {
                return start + mismatch;
            }
        }
        return bytes;
    }

    private ByteBuffer read(long start, long end) throws ProblemException, InterruptedException {
        piece.clear().limit((int) Math.min(PIECE_BYTES, end - start));
        local.read(here, start, piece);
        return piece.flip();
    }

    /**
     * Whether the remote feed holds nothing but zeros and, behind them, what the local feed has there: it can be
     * cleared without a loss.
     *
     * @param firstSent a point before which there are zeros, if so
     */
    boolean isNothingButZerosAndOurs(long firstSent) throws ProblemException, InterruptedException {
        long npoints = there.meta().npoints();
        if (firstSent > npoints || !hasZeros(firstSent)) {
            return false;
        }
        long zeros = firstSent;
        long end = npoints + 1;
        while (end - zeros > 1) {
            long middle = zeros + (end - zeros) / 2;
            if (hasZeros(middle)) {
                zeros = middle;
            } else {
                end = middle;
            }
        }
        return remote.meta(there).equals(there.meta())
                && digestOfZerosAndLocal(zeros, npoints).equals(remote.digest(there, npoints));
    }

    private boolean hasZeros(long npoints) throws ProblemException, InterruptedException {
        return digestOfZerosAndLocal(npoints, npoints).equals(remote.digest(there, npoints));
    }

    private String digestOfZerosAndLocal(long zeros, long npoints) throws ProblemException, InterruptedException {
        MessageDigest digest = sha256();
        int pointBytes = here.engine().pointBytes();
        long start = zeros * pointBytes;
        for (long left = start; left > 0; left -= PIECE_BYTES) {
            digest.update(ZEROS.duplicate().limit((int) Math.min(PIECE_BYTES, left)));
        }
        long end = npoints * pointBytes;
        for (; start < end; start += PIECE_BYTES) {
            digest.update(read(start, end));
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
