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
package org.openhab.binding.emoncms.internal.store.emoncms;

import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.eclipse.jdt.annotation.NonNullByDefault;
import org.openhab.binding.emoncms.internal.api.EmoncmsApi;
import org.openhab.binding.emoncms.internal.api.RemoteMeta;
import org.openhab.binding.emoncms.internal.api.SyncBody;
import org.openhab.binding.emoncms.internal.feed.Engine;
import org.openhab.binding.emoncms.internal.feed.FeedIdentity;
import org.openhab.binding.emoncms.internal.feed.FeedMeta;
import org.openhab.binding.emoncms.internal.feed.Problem;
import org.openhab.binding.emoncms.internal.feed.ProblemException;
import org.openhab.binding.emoncms.internal.store.AppendResult;
import org.openhab.binding.emoncms.internal.store.PendingResult;
import org.openhab.binding.emoncms.internal.store.PreparedBatch;
import org.openhab.binding.emoncms.internal.store.Segment;

/**
 * A batch in the body it is sent in.
 *
 * @param engines of the feeds in the body, by their id
 *
 * @author Emoncms add-on contributors - Initial contribution
 */
@NonNullByDefault
record FilledBody(EmoncmsApi api, ByteBuffer body, Map<Integer, Engine> engines,
        Map<FeedIdentity, Problem> unread) implements PreparedBatch {

    /**
     * @param body is cleared
     */
    static FilledBody of(EmoncmsApi api, SyncBody body, List<Segment> batch) throws InterruptedException {
        Map<FeedIdentity, Problem> unread = new HashMap<>();
        Map<Integer, Engine> engines = new HashMap<>();
        body.clear();
        for (Segment segment : batch) {
            ByteBuffer data = body.segment(segment.target().id(), segment.engine(), segment.meta(), segment.startByte(),
                    segment.dataBytes());
            try {
                segment.points().read(segment.startByte(), data);
                body.add(data);
                engines.put(segment.target().id(), segment.engine());
            } catch (ProblemException e) {
                unread.put(segment.target().identity(), e.problem());
            }
        }
        return new FilledBody(api, body.finish(), engines, unread);
    }

    @Override
    public PendingResult<AppendResult> send() {
        long bytes = body.remaining();
        return new AnswerResult<>(api.beginSync(body), answer -> result(answer, bytes));
    }

    private AppendResult result(List<RemoteMeta> answer, long bytes) throws ProblemException {
        Map<Integer, FeedMeta> metas = new HashMap<>();
        for (RemoteMeta meta : answer) {
            Engine engine = engines.get(meta.id());
            if (engine != null) {
                metas.put(meta.id(), EmoncmsFeedStore.toMeta(engine, meta));
            }
        }
        return new AppendResult(metas, unread, bytes);
    }
}
