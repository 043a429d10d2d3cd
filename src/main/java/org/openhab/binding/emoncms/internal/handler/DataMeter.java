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

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;

import org.eclipse.jdt.annotation.NonNullByDefault;
import org.eclipse.jdt.annotation.Nullable;
import org.openhab.binding.emoncms.internal.api.Traffic;
import org.openhab.binding.emoncms.internal.store.DurableFile;
import org.openhab.binding.emoncms.internal.sync.DataUsage;
import org.openhab.binding.emoncms.internal.sync.UsageMeter;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;

/**
 * Sums up what a bridge sends and receives by day and month of the local time. Kept in a small file, which is written
 * once an hour at most, at the end of a cycle after which it would be an hour old before the next one has ended, and
 * at the end. Used by worker threads only, of which one may still end while the next has begun.
 *
 * @author Emoncms add-on contributors - Initial contribution
 */
@NonNullByDefault
final class DataMeter implements UsageMeter {

    private record Kept(LocalDate day, DataUsage usage) {

        static Kept parse(String text) {
            JsonObject json = JsonParser.parseString(text).getAsJsonObject();
            return new Kept(LocalDate.parse(member(json, "day").getAsString()), new DataUsage(bytes(json, "sentToday"),
                    bytes(json, "receivedToday"), bytes(json, "sentThisMonth"), bytes(json, "receivedThisMonth")));
        }

        private static long bytes(JsonObject json, String member) {
            return Math.max(0, Math.min(MOST_BYTES, member(json, member).getAsLong()));
        }

        private static JsonElement member(JsonObject json, String name) {
            JsonElement member = json.get(name);
            if (member == null) {
                throw new JsonParseException("no " + name);
            }
            return member;
        }

        String toJson() {
            JsonObject json = new JsonObject();
            json.addProperty("day", day.toString());
            json.addProperty("sentToday", usage.sentToday());
            json.addProperty("receivedToday", usage.receivedToday());
            json.addProperty("sentThisMonth", usage.sentThisMonth());
            json.addProperty("receivedThisMonth", usage.receivedThisMonth());
            return json.toString();
        }

        Kept plus(Traffic.Amount more, LocalDate today) {
            boolean isToday = today.equals(day);
            boolean isThisMonth = YearMonth.from(today).equals(YearMonth.from(day));
            return new Kept(today,
                    new DataUsage((isToday ? usage.sentToday() : 0) + more.sent(),
                            (isToday ? usage.receivedToday() : 0) + more.received(),
                            (isThisMonth ? usage.sentThisMonth() : 0) + more.sent(),
                            (isThisMonth ? usage.receivedThisMonth() : 0) + more.received()));
        }
    }

    private static final long MOST_BYTES = 1L << 50;
    private static final Duration BETWEEN_WRITES = Duration.ofHours(1);
    /** Less, so that each cycle of an hour is kept at its end. */
    private static final Duration LONGEST_UNWRITTEN = Duration.ofMinutes(55);

    private static final LocalDate CLOCKS_ARE_SET = LocalDate.of(2026, 1, 1);

    private final Logger logger = LoggerFactory.getLogger(DataMeter.class);

    private final Path file;
    private final Traffic traffic;
    private final Clock clock;

    private boolean isRead;
    private Traffic.Amount counted;
    private Kept kept = new Kept(LocalDate.EPOCH, DataUsage.NONE);
    private @Nullable Instant writtenAt;
    /** Since when there is something to write; null if there is nothing. */
    private @Nullable Instant changedAt;

    /**
     * @param clock its zone says when a day begins
     */
    DataMeter(Path file, Traffic traffic, Clock clock) {
        this.file = file;
        this.traffic = traffic;
        this.clock = clock;
        counted = traffic.amount();
    }

    @Override
    public synchronized DataUsage usage() {
        isRead = isRead || read();
        if (!isRead) {
            return kept.plus(traffic.amount().minus(counted), today()).usage();
        }
        count();
        return kept.usage();
    }

    @Override
    public synchronized void cycleEnded(@Nullable Duration pause) {
        isRead = isRead || read();
        if (isRead) {
            count();
            Instant now = clock.instant();
            Instant next = now.plus(pause == null ? BETWEEN_WRITES : pause);
            if (isAfter(changedAt, LONGEST_UNWRITTEN, next)
                    && (writtenAt == null || isAfter(writtenAt, BETWEEN_WRITES, now))) {
                write();
            }
        }
    }

    /** Also if the clock was set back. */
    private static boolean isAfter(@Nullable Instant time, Duration duration, Instant now) {
        return time != null && (now.isBefore(time) || !now.isBefore(time.plus(duration)));
    }

    private void count() {
        Traffic.Amount amount = traffic.amount();
        Traffic.Amount more = amount.minus(counted);
        counted = amount;
        kept = kept.plus(more, today());
        if (changedAt == null && !more.equals(Traffic.Amount.NONE)) {
            changedAt = clock.instant();
        }
    }

    /** A clock that is not set yet, or was set back a little, begins no other month. */
    private LocalDate today() {
        LocalDate today = LocalDate.ofInstant(clock.instant(), clock.getZone());
        boolean isWrong = today.isBefore(kept.day())
                && (today.isBefore(CLOCKS_ARE_SET) || !today.isBefore(kept.day().minusMonths(1)));
        return isWrong ? kept.day() : today;
    }

    /**
     * @return false if that has to be tried again; a file that says nothing counts as none
     */
    private boolean read() {
        try {
            kept = Kept.parse(Files.readString(file));
        } catch (NoSuchFileException e) {
            logger.trace("No data usage yet");
        } catch (CharacterCodingException | JsonParseException | IllegalStateException | UnsupportedOperationException
                | NumberFormatException | DateTimeException e) {
            logger.debug("The data usage in {} is damaged", file, e);
        } catch (IOException e) {
            logger.debug("The data usage in {} cannot be read", file, e);
            return false;
        }
        return true;
    }

    /** Keeps what was counted so far. */
    synchronized void close() {
        if (isRead) {
            count();
            if (changedAt != null) {
                write();
            }
        }
    }

    private void write() {
        writtenAt = clock.instant();
        try {
            Files.createDirectories(file.getParent());
            DurableFile.write(file, StandardCharsets.UTF_8.encode(kept.toJson()));
            changedAt = null;
        } catch (IOException e) {
            logger.debug("The data usage cannot be kept in {}", file, e);
        }
    }
}
