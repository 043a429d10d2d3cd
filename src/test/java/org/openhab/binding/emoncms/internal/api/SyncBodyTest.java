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
package org.openhab.binding.emoncms.internal.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.Base64;

import org.eclipse.jdt.annotation.NonNullByDefault;
import org.junit.jupiter.api.Test;
import org.openhab.binding.emoncms.internal.feed.Engine;
import org.openhab.binding.emoncms.internal.feed.FeedMeta;
import org.openhab.binding.emoncms.internal.feed.TimeSeriesRecord;

/**
 * Bodies that a real Emoncms accepted.
 *
 * @author Emoncms add-on contributors - Initial contribution
 */
@NonNullByDefault
class SyncBodyTest {

    private static final FeedMeta META = new FeedMeta(1_700_000_000L, 10, 0);

    private final SyncBody body = new SyncBody(16 << 10);

    private static String base64(ByteBuffer buffer) {
        byte[] bytes = new byte[buffer.remaining()];
        buffer.get(bytes);
        return Base64.getEncoder().encodeToString(bytes);
    }

    @Test
    void threePointsOfAPhpFinaFeed() {
        ByteBuffer segment = body.segment(1, Engine.PHPFINA, META, 0, 12);
        segment.putFloat(1).putFloat(2).putFloat(3);
        body.add(segment);

        assertThat(base64(body.finish())).isEqualTo("IAAAAAEAAAAA8VNlCgAAAAAAAAAAAIA/AAAAQAAAQEAY5bKe");
    }

    @Test
    void twoMoreRecordsOfAPhpTimeSeriesFeed() {
        ByteBuffer segment = body.segment(15, Engine.PHPTIMESERIES, META, 27, 18);
        new TimeSeriesRecord(1_700_000_030L, 4).write(segment);
        new TimeSeriesRecord(1_700_000_040L, 5).write(segment);
        body.add(segment);

        assertThat(base64(body.finish())).isEqualTo("HgAAAA8AAAAbAAAA+R7xU2UAAIBA+SjxU2UAAKBAzBphLg==");
    }

    @Test
    void aSegmentThatIsNotAddedLeavesNoTrace() {
        body.segment(7, Engine.PHPFINA, META, 0, 400);
        ByteBuffer segment = body.segment(1, Engine.PHPFINA, META, 0, 12);
        segment.putFloat(1).putFloat(2).putFloat(3);
        body.add(segment);

        assertThat(base64(body.finish())).isEqualTo("IAAAAAEAAAAA8VNlCgAAAAAAAAAAAIA/AAAAQAAAQEAY5bKe");
    }

    @Test
    void theBufferIsUsedAgain() {
        body.add(body.segment(7, Engine.PHPFINA, META, 0, 400));
        body.finish();
        body.clear();

        assertThat(base64(body.finish())).isEqualTo("AAAAAA==");
    }
}
