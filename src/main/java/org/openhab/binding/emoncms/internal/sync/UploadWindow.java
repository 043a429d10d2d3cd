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

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

import org.eclipse.jdt.annotation.NonNullByDefault;
import org.openhab.binding.emoncms.internal.feed.Problem;
import org.openhab.binding.emoncms.internal.feed.ProblemException;
import org.openhab.binding.emoncms.internal.feed.ProblemKind;

/**
 * The times of a day at which is uploaded, on the clock on the wall, past midnight too. A time that is left out when
 * the clocks are put forward counts as the one after it; a window that would vanish thereby is as long as on other
 * days.
 *
 * @author Emoncms add-on contributors - Initial contribution
 */
@NonNullByDefault
public final class UploadWindow {

    /**
     * @param length of it on a day on which no clock is put forward or back
     */
    private record Part(LocalTime from, Duration length) {

        Span on(LocalDate day, ZoneId zone) {
            Instant start = day.atTime(from).atZone(zone).toInstant();
            Instant end = day.atTime(from).plus(length).atZone(zone).toInstant();
            return new Span(start, end.isAfter(start) ? end : start.plus(length));
        }
    }

    private record Span(Instant start, Instant end) {

        boolean contains(Instant time) {
            return !time.isBefore(start) && time.isBefore(end);
        }
    }

    private static final String END_OF_DAY = "24:00";
    private static final Duration DAY = Duration.ofDays(1);

    /** Uploads at any time. */
    public static final UploadWindow ALWAYS = new UploadWindow(List.of());

    private final List<Part> parts;

    private UploadWindow(List<Part> parts) {
        this.parts = parts;
    }

    /**
     * @param text such as {@code 01:00-05:00} or {@code 22:00-06:00, 12:30-13:00}; empty for always
     */
    public static UploadWindow parse(String text) throws ProblemException {
        if (text.isBlank()) {
            return ALWAYS;
        }
        List<Part> parts = new ArrayList<>();
        for (String part : text.split(",", -1)) {
            String[] times = part.split("-", -1);
            if (times.length != 2) {
                throw invalid(text);
            }
            LocalTime from = time(times[0], text);
            Duration length = Duration.between(from, time(times[1], text));
            boolean isWholeDay = length.isZero() && END_OF_DAY.equals(times[1].strip());
            if (length.isZero() && !isWholeDay) {
                throw invalid(text);
            }
            parts.add(new Part(from, isWholeDay || length.isNegative() ? length.plus(DAY) : length));
        }
        return new UploadWindow(List.copyOf(parts));
    }

    private static LocalTime time(String time, String text) throws ProblemException {
        String stripped = time.strip();
        try {
            return LocalTime.parse(END_OF_DAY.equals(stripped) ? "00:00" : stripped);
        } catch (DateTimeParseException e) {
            throw invalid(text);
        }
    }

    private static ProblemException invalid(String text) {
        return new ProblemException(Problem.of(ProblemKind.WINDOW_INVALID, text));
    }

    boolean isAlways() {
        return parts.isEmpty();
    }

    /**
     * When is uploaded next.
     *
     * @return nothing if at this time
     */
    Optional<Instant> opensAt(Instant time, ZoneId zone) {
        if (parts.isEmpty()) {
            return Optional.empty();
        }
        LocalDate today = ZonedDateTime.ofInstant(time, zone).toLocalDate();
        List<Span> spans = new ArrayList<>();
        for (LocalDate day : List.of(today.minusDays(1), today, today.plusDays(1), today.plusDays(2))) {
            parts.forEach(part -> spans.add(part.on(day, zone)));
        }
        if (spans.stream().anyMatch(span -> span.contains(time))) {
            return Optional.empty();
        }
        return spans.stream().map(Span::start).filter(start -> start.isAfter(time)).min(Comparator.naturalOrder());
    }
}
