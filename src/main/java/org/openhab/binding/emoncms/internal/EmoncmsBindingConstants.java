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
package org.openhab.binding.emoncms.internal;

import org.eclipse.jdt.annotation.NonNullByDefault;
import org.openhab.core.thing.ThingTypeUID;

/**
 * The ids that {@code OH-INF/thing} and the code share.
 *
 * @author Emoncms add-on contributors - Initial contribution
 */
@NonNullByDefault
public final class EmoncmsBindingConstants {

    public static final String BINDING_ID = "emoncms";

    public static final ThingTypeUID THING_TYPE_SERVER = new ThingTypeUID(BINDING_ID, "server");
    public static final ThingTypeUID THING_TYPE_FEED = new ThingTypeUID(BINDING_ID, "feed");

    // bridge and feed
    public static final String CHANNEL_LAST_UPLOAD = "last-upload";
    public static final String CHANNEL_PENDING_DATA = "pending-data";
    public static final String CHANNEL_SYNC_EVENT = "sync-event";

    // bridge
    public static final String CHANNEL_DOWNLOAD_ALL = "download-all";
    public static final String CHANNEL_DOWNLOADS = "downloads";
    public static final String CHANNEL_FEEDS = "feeds";
    public static final String CHANNEL_FEEDS_IN_SYNC = "feeds-in-sync";
    public static final String CHANNEL_NEXT_UPLOAD = "next-upload";
    public static final String CHANNEL_PAUSED = "paused";
    public static final String CHANNEL_UPLOAD_NOW = "upload-now";
    public static final String CHANNEL_UPLOADED_DATA = "uploaded-data";
    public static final String CHANNEL_SENT_TODAY = "sent-today";
    public static final String CHANNEL_RECEIVED_TODAY = "received-today";
    public static final String CHANNEL_SENT_THIS_MONTH = "sent-this-month";
    public static final String CHANNEL_RECEIVED_THIS_MONTH = "received-this-month";
    public static final String CHANNEL_VERIFY_ALL = "verify-all";

    // feed
    public static final String CHANNEL_DOWNLOAD = "download";
    public static final String CHANNEL_FIRST_DIFFERENCE = "first-difference";
    public static final String CHANNEL_LAST_POINT = "last-point";
    public static final String CHANNEL_LOCAL_POINTS = "local-points";
    public static final String CHANNEL_PENDING_POINTS = "pending-points";
    public static final String CHANNEL_PROGRESS = "progress";
    public static final String CHANNEL_REMOTE_POINTS = "remote-points";
    public static final String CHANNEL_SYNC_STATE = "sync-state";
    public static final String CHANNEL_UPLOAD = "upload";
    public static final String CHANNEL_VALUE = "value";
    public static final String CHANNEL_VERIFIED = "verified";
    public static final String CHANNEL_VERIFY = "verify";

    public static final String CONFIG_NAME = "name";
    public static final String CONFIG_PAUSED = "paused";
    public static final String CONFIG_TAG = "tag";
    public static final String CONFIG_UPLOAD = "upload";
    public static final String CONFIG_UPLOAD_PATTERNS = "uploadPatterns";

    public static final String PROPERTY_ENGINE = "engine";
    /** Which feed of which bridge it is, in one text. */
    public static final String PROPERTY_FEED = "feed";
    public static final String PROPERTY_INTERVAL = "interval";
    public static final String PROPERTY_LOCAL_ID = "localId";
    public static final String PROPERTY_REMOTE_ID = "remoteId";
    public static final String PROPERTY_START_TIME = "startTime";
    public static final String PROPERTY_UNIT = "unit";

    private EmoncmsBindingConstants() {
    }
}
