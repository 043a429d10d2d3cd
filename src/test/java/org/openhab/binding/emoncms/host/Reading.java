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
package org.openhab.binding.emoncms.host;

import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

import org.eclipse.jdt.annotation.NonNullByDefault;
import org.eclipse.jdt.annotation.Nullable;
import org.openhab.core.library.types.DateTimeType;
import org.openhab.core.thing.Thing;
import org.openhab.core.types.State;
import org.openhab.core.types.UnDefType;

/**
 * The channels of a thing, for people; a dash where there is no value.
 *
 * @author Emoncms add-on contributors - Initial contribution
 */
@NonNullByDefault
record Reading(ThingHost host, Thing thing) {

    private static final String NONE = "-";
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm:ss");

    String text(String channel) {
        State state = host.state(thing, channel);
        return state == null || state instanceof UnDefType ? NONE : state.toString();
    }

    @Nullable
    Double number(String channel) {
        return host.state(thing, channel) instanceof Number number ? number.doubleValue() : null;
    }

    String count(String channel) {
        Double number = number(channel);
        return number == null ? NONE : format("#,##0", number);
    }

    String bytes(String channel) {
        Double bytes = number(channel);
        if (bytes == null) {
            return NONE;
        }
        if (bytes < 1000) {
            return format("0 B", bytes);
        }
        return bytes < 1e6 ? format("0.0 kB", bytes / 1e3) : format("0.0 MB", bytes / 1e6);
    }

    String time(String channel) {
        Instant time = instant(channel);
        return time == null ? NONE : TIME.format(time.atZone(ZoneId.systemDefault()));
    }

    String timeUntil(String channel, Instant now) {
        Instant time = instant(channel);
        if (time == null) {
            return NONE;
        }
        long seconds = Duration.between(now, time).toSeconds();
        return seconds > 0 ? "in " + seconds + " s" : "due";
    }

    private @Nullable Instant instant(String channel) {
        return host.state(thing, channel) instanceof DateTimeType time ? time.getInstant() : null;
    }

    private static String format(String pattern, double number) {
        return new DecimalFormat(pattern, DecimalFormatSymbols.getInstance(Locale.ENGLISH)).format(number);
    }
}
