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
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.CRC32;

import org.eclipse.jdt.annotation.NonNullByDefault;
import org.eclipse.jdt.annotation.Nullable;

/**
 * {@code POST /feed/sync}: segments of feeds one after the other, then the CRC32 of them all; uint32, little-endian.
 * What was applied before a segment is refused stays, and the answer does not mention it.
 *
 * @author Emoncms add-on contributors - Initial contribution
 */
@NonNullByDefault
final class FeedSync {
    private static final int CHECKSUM_BYTES = 4;
    /** With less left, the server looks no further */
    private static final int LEAST_LEFT = 20;

    private final FeedStore store;

    FeedSync(FeedStore store) {
        this.store = store;
    }

    Object apply(int userId, byte[] body, PhpScript script) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(body).order(ByteOrder.LITTLE_ENDIAN);
        if (!hasChecksum(bytes)) {
            return Answer.failure("Invalid checksum");
        }
        List<@Nullable Object> metas = new ArrayList<>();
        long position = 0;
        while (position < body.length - CHECKSUM_BYTES && body.length - position >= LEAST_LEFT) {
            int start = (int) position;
            long dataLen = Integer.toUnsignedLong(bytes.getInt(start));
            long feedId = Integer.toUnsignedLong(bytes.getInt(start + 4));
            Optional<Feed> feed = store.catalogue().withId(feedId).filter(known -> known.userId() == userId);
            if (feed.isEmpty()) {
                return Answer.failure("Invalid feedid or access u=" + userId + " f=" + feedId);
            }
            if (store.engines().files(feed.get()).isPresent()) {
                int length = (int) Math.min(dataLen, body.length - position);
                ByteBuffer segment = bytes.slice(start, length).order(ByteOrder.LITTLE_ENDIAN);
                FileEngine.Synced synced = applied(feed.get(), segment, script);
                String refusal = synced.refusal();
                if (refusal != null) {
                    return Answer.failure(refusal);
                }
                metas.add(synced.meta());
            } else if (dataLen == 0) {
                // the real server repeats this segment until its memory is full
                throw PhpScript.exhausted(Integer.MAX_VALUE);
            } else {
                metas.add(store.meta(feed.get()));
            }
            position += dataLen;
        }
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("success", true);
        answer.put("updated_feed_meta", metas);
        return answer;
    }

    private FileEngine.Synced applied(Feed feed, ByteBuffer segment, PhpScript script) throws IOException {
        FileEngine engine = store.engines().files(feed).orElseThrow();
        script.allocate(segment.capacity());
        synchronized (feed) {
            FileEngine.Synced synced = engine.sync(feed.id(), segment, script);
            script.release(segment.capacity());
            TimeValue last = synced.last();
            if (last != null) {
                feed.cache(last);
            } else if (synced.refusal() == null) {
                throw new PhpFatalException(
                        "Uncaught TypeError: Redis::hMset(): Argument #2 ($pairs) must be of type array, bool given");
            }
            return synced;
        }
    }

    private static boolean hasChecksum(ByteBuffer bytes) {
        int length = bytes.capacity() - CHECKSUM_BYTES;
        if (length < 0) {
            return false;
        }
        CRC32 crc = new CRC32();
        crc.update(bytes.slice(0, length));
        return (int) crc.getValue() == bytes.getInt(length);
    }
}
