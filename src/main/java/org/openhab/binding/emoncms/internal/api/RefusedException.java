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

import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.eclipse.jdt.annotation.NonNullByDefault;
import org.openhab.binding.emoncms.internal.feed.Problem;
import org.openhab.binding.emoncms.internal.feed.ProblemException;
import org.openhab.binding.emoncms.internal.feed.ProblemKind;

/**
 * The server answered {@code "success": false}.
 *
 * @author Emoncms add-on contributors - Initial contribution
 */
@NonNullByDefault
public final class RefusedException extends ProblemException {

    private static final long serialVersionUID = 1L;
    /** Emoncms names the feed as {@code for feedid=7}, {@code for feed 7} or {@code f=7}. */
    private static final Pattern FEED_ID = Pattern.compile("(?:feedid=|feed |f=)(\\d{1,9})\\b");

    private final String message;

    RefusedException(String host, String message) {
        super(Problem.of(ProblemKind.REFUSED, host, message));
        this.message = message;
    }

    /** The feed of the segment at which the server stopped, if it says so. */
    public OptionalInt feedId() {
        Matcher matcher = FEED_ID.matcher(message);
        return matcher.find() ? OptionalInt.of(Integer.parseInt(matcher.group(1))) : OptionalInt.empty();
    }
}
