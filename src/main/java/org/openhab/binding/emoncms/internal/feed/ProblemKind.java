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
package org.openhab.binding.emoncms.internal.feed;

import java.util.Locale;

import org.eclipse.jdt.annotation.NonNullByDefault;

/**
 * Every failure the add-on expects. Each has a text {@code problem.<id>} in {@code OH-INF/i18n}, whose arguments are
 * named here.
 *
 * @author Emoncms add-on contributors - Initial contribution
 */
@NonNullByDefault
public enum ProblemKind {
    // the bridge's configuration
    URL_INVALID(Remedy.ACT),
    CREDENTIALS_MISSING(Remedy.ACT),
    PARAMETER_OUT_OF_RANGE(Remedy.ACT),
    WINDOW_INVALID(Remedy.ACT),
    PATTERN_INVALID(Remedy.ACT),
    PATTERNS_EXCLUDE_ALL(Remedy.ACT),
    LOCAL_URL_INVALID(Remedy.ACT),
    LOCAL_KEY_INVALID(Remedy.ACT),
    LOCAL_IS_REMOTE(Remedy.ACT),

    // the way to the server: host
    UNKNOWN_HOST(Remedy.RETRY),
    NO_CONNECTION(Remedy.RETRY),
    CONNECTION_LOST(Remedy.RETRY),
    TIMEOUT(Remedy.RETRY),
    NOT_TRUSTED(Remedy.RETRY),

    // what it answers
    REDIRECTED(Remedy.RETRY),
    NOT_EMONCMS(Remedy.RETRY),
    SERVER_ERROR(Remedy.RETRY),
    UNREADABLE_ANSWER(Remedy.RETRY),
    UNEXPECTED_POINTS(Remedy.RETRY),
    ANSWER_TOO_LONG(Remedy.RETRY),
    BODY_TOO_LARGE(Remedy.RETRY),
    REFUSED(Remedy.RETRY),

    // credentials
    KEY_INVALID(Remedy.ACT),
    KEY_REFUSED(Remedy.ACT),
    KEY_READ_ONLY(Remedy.ACT),
    KEY_NOT_SEEN(Remedy.RETRY),
    LOGIN_REFUSED(Remedy.ACT),
    LOCKED_OUT(Remedy.WAIT),

    /** A defect of the add-on. */
    INTERNAL(Remedy.RETRY),

    // the local store
    DIRECTORY_MISSING(Remedy.FIX),
    DIRECTORY_UNREADABLE(Remedy.FIX),
    CATALOGUE_UNREADABLE(Remedy.FIX),
    CATALOGUE_DAMAGED(Remedy.FIX),
    WRITE_FAILED(Remedy.FIX),
    DISK_FULL(Remedy.FIX),

    // one feed
    FEED_NAME_EMPTY(Remedy.FIX),
    FEED_NAME_REFUSED(Remedy.FIX),
    FEED_HAS_THING(Remedy.ACT),
    FEED_ID_TWICE(Remedy.FIX),
    FEED_NAME_TWICE(Remedy.FIX),
    ENGINE_UNSUPPORTED(Remedy.FIX),
    REMOTE_META_INVALID(Remedy.FIX),
    DIFFERENT_ENGINE(Remedy.FIX),
    DIFFERENT_INTERVAL(Remedy.FIX),
    DIFFERENT_START(Remedy.FIX),
    FEED_CHANGED(Remedy.FIX),
    FILE_MISSING(Remedy.FIX),
    FILE_UNREADABLE(Remedy.FIX),
    FILE_TOO_LARGE(Remedy.FIX),
    META_DAMAGED(Remedy.FIX),
    INTERVAL_INVALID(Remedy.FIX),
    START_MISSING(Remedy.FIX),
    START_IN_FUTURE(Remedy.FIX),

    DIGEST_UNSUPPORTED(Remedy.FIX),
    DIVERGED(Remedy.FIX),
    NOT_COMPARABLE(Remedy.FIX),
    NOTHING_TO_DO(Remedy.FIX),
    PAUSED(Remedy.FIX),
    // the download of one feed
    FEED_ABSENT(Remedy.FIX),
    EXPORT_TOO_SHORT(Remedy.FIX),
    EXPORT_TOO_LONG(Remedy.FIX),
    REMOTE_CHANGED(Remedy.FIX),
    LOCAL_CHANGED(Remedy.FIX),
    LOCAL_DIFFERS(Remedy.FIX);

    /** What makes it go away. */
    public enum Remedy {
        /** The add-on tries again by itself. */
        RETRY,
        /** The add-on tries again by itself, but not soon. */
        WAIT,
        /** The user has to change a configuration. */
        ACT,
        /** The user has to change a feed or a file, which is looked at again in every cycle. */
        FIX
    }

    private final Remedy remedy;

    ProblemKind(Remedy remedy) {
        this.remedy = remedy;
    }

    public Remedy remedy() {
        return remedy;
    }

    public String id() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
