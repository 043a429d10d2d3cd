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
package org.openhab.binding.emoncms.internal.handler;

import static org.openhab.binding.emoncms.internal.EmoncmsBindingConstants.*;

import java.util.HashMap;
import java.util.Map;

import org.eclipse.jdt.annotation.NonNullByDefault;
import org.openhab.binding.emoncms.internal.sync.DataUsage;
import org.openhab.binding.emoncms.internal.sync.ServerReport;
import org.openhab.core.library.types.DecimalType;
import org.openhab.core.library.types.OnOffType;
import org.openhab.core.library.types.QuantityType;
import org.openhab.core.library.unit.Units;
import org.openhab.core.types.State;

/**
 * What the channels of a bridge show of a report.
 *
 * @author Emoncms add-on contributors - Initial contribution
 */
@NonNullByDefault
final class ServerStates {

    private ServerStates() {
    }

    /** The states by their channels' ids. */
    static Map<String, State> of(ServerReport report) {
        Map<String, State> states = new HashMap<>();
        states.put(CHANNEL_DOWNLOADS, new DecimalType(report.downloads()));
        states.put(CHANNEL_DOWNLOAD_ALL, OnOffType.from(report.isDownloadingAll()));
        states.put(CHANNEL_FEEDS, new DecimalType(report.feeds()));
        states.put(CHANNEL_FEEDS_IN_SYNC, new DecimalType(report.feedsInSync()));
        states.put(CHANNEL_PENDING_DATA, bytes(report.pendingBytes()));
        states.put(CHANNEL_UPLOADED_DATA, bytes(report.uploadedBytes()));
        states.put(CHANNEL_LAST_UPLOAD, EmoncmsServerHandler.time(report.lastUpload()));
        states.put(CHANNEL_NEXT_UPLOAD, EmoncmsServerHandler.time(report.nextUpload()));
        states.put(CHANNEL_PAUSED, OnOffType.from(report.paused()));
        states.put(CHANNEL_UPLOAD_NOW, OnOffType.OFF);
        states.put(CHANNEL_VERIFY_ALL, OnOffType.OFF);
        DataUsage usage = report.usage();
        states.put(CHANNEL_SENT_TODAY, bytes(usage.sentToday()));
        states.put(CHANNEL_RECEIVED_TODAY, bytes(usage.receivedToday()));
        states.put(CHANNEL_SENT_THIS_MONTH, bytes(usage.sentThisMonth()));
        states.put(CHANNEL_RECEIVED_THIS_MONTH, bytes(usage.receivedThisMonth()));
        return states;
    }

    private static State bytes(long bytes) {
        return new QuantityType<>(bytes, Units.BYTE);
    }
}
