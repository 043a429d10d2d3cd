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

import org.eclipse.jdt.annotation.NonNullByDefault;
import org.openhab.binding.emoncms.internal.feed.ByteSink;
import org.openhab.binding.emoncms.internal.feed.LittleEndian;
import org.openhab.binding.emoncms.internal.feed.TimeSeriesRecord;

/**
 * Finds out whether each record of a PHPTimeSeries feed is later than the one before it.
 *
 * @author Emoncms add-on contributors - Initial contribution
 */
@NonNullByDefault
final class TimeOrder implements ByteSink {

    private final ByteBuffer record = LittleEndian.allocate(TimeSeriesRecord.BYTES);
    private long last = -1;
    private boolean isStrict = true;

    boolean isStrict() {
        return isStrict;
    }

    @Override
    public boolean accept(ByteBuffer bytes) {
        while (bytes.hasRemaining() && isStrict) {
            record.put(bytes.get());
            if (!record.hasRemaining()) {
                long time = TimeSeriesRecord.read(record, 0).time();
                isStrict = time > last;
                last = time;
                record.clear();
            }
        }
        return isStrict;
    }
}
