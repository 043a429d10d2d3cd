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

import static org.assertj.core.api.Assertions.*;
import static org.mockito.Mockito.*;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;

import org.eclipse.jdt.annotation.NonNullByDefault;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.openhab.binding.emoncms.internal.ZonedClock;
import org.openhab.binding.emoncms.internal.api.Traffic;
import org.openhab.binding.emoncms.internal.sync.DataUsage;
import org.openhab.binding.emoncms.simulated.AdjustableClock;

/**
 * What was transferred in a day and a month, on a clock that a test moves.
 *
 * @author Emoncms add-on contributors - Initial contribution
 */
@NonNullByDefault
class DataMeterTest {

    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final FileTime LONG_AGO = FileTime.from(Instant.EPOCH);

    private final AdjustableClock clock = new AdjustableClock(Instant.parse("2026-06-15T10:00:00Z"));
    private final Traffic traffic = mock(Traffic.class);
    private final Path file;
    private Traffic.Amount amount = new Traffic.Amount(1_000_000, 2_000_000);

    DataMeterTest(@TempDir Path directory) {
        file = directory.resolve("bridge").resolve("usage.json");
    }

    @BeforeEach
    void answerForTraffic() {
        when(traffic.amount()).thenAnswer(call -> amount);
    }

    private DataMeter meter() {
        return new DataMeter(file, traffic, new ZonedClock(clock, () -> ZoneId.of("Europe/Berlin")));
    }

    private void transfer(long sent, long received) {
        amount = amount.plus(new Traffic.Amount(sent, received));
    }

    private void write(String text) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    /** Tells whether the file was written since this was asked last. */
    private boolean isWritten() throws IOException {
        boolean isWritten = Files.exists(file) && !Files.getLastModifiedTime(file).equals(LONG_AGO);
        if (isWritten) {
            Files.setLastModifiedTime(file, LONG_AGO);
        }
        return isWritten;
    }

    @Test
    void whatWasTransferredBeforeItBeganIsNotCounted() {
        assertThat(meter().usage()).isEqualTo(DataUsage.NONE);
    }

    @Test
    void bothDirectionsAreSummedUp() {
        DataMeter meter = meter();
        transfer(10, 200);
        meter.usage();
        transfer(1, 20);
        assertThat(meter.usage()).isEqualTo(new DataUsage(11, 220, 11, 220));
    }

    @Test
    void askingTwiceCountsOnce() {
        DataMeter meter = meter();
        transfer(10, 200);
        meter.usage();
        assertThat(meter.usage()).isEqualTo(new DataUsage(10, 200, 10, 200));
    }

    @Test
    void aNewDayBeginsAtLocalMidnight() {
        clock.set(Instant.parse("2026-06-15T21:59:59Z"));
        DataMeter meter = meter();
        transfer(10, 200);
        assertThat(meter.usage().sentToday()).isEqualTo(10);
        clock.set(Instant.parse("2026-06-15T22:00:00Z"));
        transfer(1, 20);
        assertThat(meter.usage()).isEqualTo(new DataUsage(1, 20, 11, 220));
    }

    @Test
    void aNewMonthBeginsAtLocalMidnight() {
        clock.set(Instant.parse("2026-06-30T21:59:59Z"));
        DataMeter meter = meter();
        transfer(10, 200);
        assertThat(meter.usage().sentThisMonth()).isEqualTo(10);
        clock.set(Instant.parse("2026-06-30T22:00:00Z"));
        transfer(1, 20);
        assertThat(meter.usage()).isEqualTo(new DataUsage(1, 20, 1, 20));
    }

    @Test
    void theSameMonthOfAnotherYearIsANewOne() {
        DataMeter meter = meter();
        transfer(10, 200);
        meter.usage();
        clock.set(Instant.parse("2027-06-15T10:00:00Z"));
        assertThat(meter.usage()).isEqualTo(DataUsage.NONE);
    }

    @Test
    void aNewOneGoesOn() {
        DataMeter meter = meter();
        transfer(10, 200);
        meter.usage();
        meter.close();
        DataMeter next = meter();
        transfer(1, 20);
        assertThat(next.usage()).isEqualTo(new DataUsage(11, 220, 11, 220));
    }

    @Test
    void aNewOneGoesOnWithTheMonthOnAnotherDay() {
        DataMeter meter = meter();
        transfer(10, 200);
        meter.usage();
        meter.close();
        clock.advance(Duration.ofDays(3));
        assertThat(meter().usage()).isEqualTo(new DataUsage(0, 0, 10, 200));
    }

    @Test
    void aNewOneForgetsAnotherMonth() {
        DataMeter meter = meter();
        transfer(10, 200);
        meter.usage();
        meter.close();
        clock.advance(Duration.ofDays(20));
        assertThat(meter().usage()).isEqualTo(DataUsage.NONE);
    }

    @Test
    void closingCountsWhatWasTransferredLast() {
        DataMeter meter = meter();
        meter.usage();
        transfer(10, 200);
        meter.close();
        assertThat(meter().usage()).isEqualTo(new DataUsage(10, 200, 10, 200));
    }

    @Test
    void theFileIsWrittenOnceAnHourAtMost() throws IOException {
        DataMeter meter = meter();
        int writes = 0;
        for (int minute = 0; minute <= 5 * 60; minute++) {
            meter.usage();
            transfer(10, 200);
            meter.cycleEnded(MINUTE);
            writes += isWritten() ? 1 : 0;
            clock.advance(MINUTE);
        }
        assertThat(writes).isEqualTo(5);
    }

    @Test
    void eachCycleIsKeptWhenTheNextIsHoursLater() {
        DataMeter meter = meter();
        for (int day = 0; day < 3; day++) {
            meter.usage();
            transfer(10, 200);
            meter.usage();
            meter.cycleEnded(Duration.ZERO);
            transfer(1, 20);
            meter.cycleEnded(Duration.ofDays(1));
            assertThat(meter().usage().sentToday()).as("after it was killed").isEqualTo(11);
            clock.advance(Duration.ofDays(1));
        }
    }

    @Test
    void cyclesThatFollowAtOnceAreKeptTogether() throws IOException {
        DataMeter meter = meter();
        clock.advance(Duration.ofDays(1));
        for (int i = 0; i < 10; i++) {
            transfer(10, 200);
            meter.cycleEnded(Duration.ZERO);
            clock.advance(Duration.ofSeconds(10));
        }
        assertThat(file).doesNotExist();
        meter.cycleEnded(Duration.ofDays(1));
        assertThat(isWritten()).isTrue();
    }

    @Test
    void anUploadOnRequestEachMinuteIsWrittenOnceAnHourTooWhenTheNextIsHoursLater() throws IOException {
        DataMeter meter = meter();
        int writes = 0;
        for (int minute = 0; minute < 2 * 60; minute++) {
            transfer(10, 200);
            meter.cycleEnded(Duration.ofDays(1));
            writes += isWritten() ? 1 : 0;
            clock.advance(MINUTE);
        }
        assertThat(writes).isEqualTo(2);
    }

    @Test
    void whatWasTransferredBeforeAPauseIsKept() throws IOException {
        DataMeter meter = meter();
        meter.usage();
        transfer(10, 200);
        meter.cycleEnded(null);
        assertThat(isWritten()).isTrue();
    }

    @Test
    void nothingIsWrittenWhenNothingWasTransferred() throws IOException {
        DataMeter meter = meter();
        for (int hour = 0; hour < 10; hour++) {
            meter.usage();
            meter.cycleEnded(Duration.ofHours(1));
            clock.advance(Duration.ofHours(1));
        }
        meter.close();
        assertThat(file).doesNotExist();
        assertThat(file.getParent()).doesNotExist();
    }

    @Test
    void nothingIsWrittenAgainWhenNothingMoreWasTransferred() throws IOException {
        DataMeter meter = meter();
        transfer(10, 200);
        meter.usage();
        meter.cycleEnded(Duration.ofHours(1));
        assertThat(isWritten()).isTrue();
        clock.advance(Duration.ofHours(1));
        meter.usage();
        meter.cycleEnded(Duration.ofHours(1));
        meter.close();
        assertThat(isWritten()).isFalse();
    }

    @Test
    void oneThatWasNeverAskedWritesNothing() throws IOException {
        write("{\"day\":\"2026-06-15\",\"sentToday\":1,\"receivedToday\":2,\"sentThisMonth\":3,\"receivedThisMonth\":4}");
        isWritten();
        meter().close();
        assertThat(isWritten()).isFalse();
    }

    @Test
    void afterTheClockWasPutBackTheFileIsWrittenAllTheSame() throws IOException {
        DataMeter meter = meter();
        meter.usage();
        transfer(10, 200);
        meter.cycleEnded(Duration.ofHours(1));
        isWritten();
        clock.advance(Duration.ofHours(-2));
        transfer(10, 200);
        meter.cycleEnded(Duration.ofHours(1));
        assertThat(isWritten()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = { "", " ", "null", "7", "\"text\"", "[]", "[[[[", "{", "{}", "not json", "\u0000\u0001",
            "{\"day\":\"2026-06-15\"}",
            "{\"day\":\"2026-06-31\",\"sentToday\":1,\"receivedToday\":2,\"sentThisMonth\":3,\"receivedThisMonth\":4}",
            "{\"day\":20260615,\"sentToday\":1,\"receivedToday\":2,\"sentThisMonth\":3,\"receivedThisMonth\":4}",
            "{\"day\":null,\"sentToday\":1,\"receivedToday\":2,\"sentThisMonth\":3,\"receivedThisMonth\":4}",
            "{\"day\":\"2026-06-15\",\"sentToday\":\"many\",\"receivedToday\":2,\"sentThisMonth\":3,\"receivedThisMonth\":4}",
            "{\"day\":\"2026-06-15\",\"sentToday\":{},\"receivedToday\":2,\"sentThisMonth\":3,\"receivedThisMonth\":4}",
            "{\"day\":\"2026-06-15\",\"sentToday\":[1,2],\"receivedToday\":2,\"sentThisMonth\":3,\"receivedThisMonth\":4}",
            "{\"day\":\"2026-06-15\",\"sentToday\":-1,\"receivedToday\":-2,\"sentThisMonth\":-3,\"receivedThisMonth\":-4}" })
    void aFileThatMakesNoSenseCountsAsNone(String text) throws IOException {
        write(text);
        DataMeter meter = meter();
        transfer(10, 200);
        assertThat(meter.usage()).isEqualTo(new DataUsage(10, 200, 10, 200));
    }

    @Test
    void aFileThatIsNoTextCountsAsNone() throws IOException {
        Files.createDirectories(file.getParent());
        Files.write(file, new byte[] { (byte) 0xff, (byte) 0xfe, (byte) 0x80 });
        assertThat(meter().usage()).isEqualTo(DataUsage.NONE);
    }

    @Test
    void aDamagedFileIsReplaced() throws IOException {
        write("{\"day\":");
        DataMeter meter = meter();
        transfer(10, 200);
        meter.usage();
        meter.close();
        assertThat(Files.readString(file, StandardCharsets.UTF_8)).contains("2026-06-15");
        assertThat(meter().usage()).isEqualTo(new DataUsage(10, 200, 10, 200));
    }

    @Test
    void whereNoFileCanBeItIsCountedAllTheSame() throws IOException {
        Files.createFile(file.getParent());
        DataMeter meter = meter();
        transfer(10, 200);
        clock.advance(Duration.ofHours(1));
        assertThat(meter.usage()).isEqualTo(new DataUsage(10, 200, 10, 200));
        assertThatCode(() -> meter.cycleEnded(null)).doesNotThrowAnyException();
        assertThatCode(meter::close).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(strings = { "1970-01-01T00:05:00Z", "2026-06-14T10:00:00Z", "2026-05-20T10:00:00Z" })
    void aClockThatIsNotSetYetBeginsNoOtherMonth(String time) {
        DataMeter meter = meter();
        meter.usage();
        transfer(100, 200);
        meter.close();
        clock.set(Instant.parse(time));
        DataMeter restarted = meter();
        restarted.usage();
        transfer(10, 20);

        assertThat(restarted.usage()).isEqualTo(new DataUsage(110, 220, 110, 220));
    }

    @Test
    void aClockThatWasYearsAheadIsNotWaitedFor() {
        clock.set(Instant.parse("2038-01-19T00:00:00Z"));
        DataMeter meter = meter();
        meter.usage();
        transfer(100, 200);
        meter.usage();
        clock.set(Instant.parse("2026-06-15T10:00:00Z"));
        transfer(10, 20);

        assertThat(meter.usage()).isEqualTo(new DataUsage(10, 20, 10, 20));
    }

    @Test
    void aFileThatCannotBeReadForAWhileIsAddedToLater() throws IOException {
        Files.createDirectories(file);
        DataMeter meter = meter();
        transfer(10, 20);
        assertThat(meter.usage()).isEqualTo(new DataUsage(10, 20, 10, 20));
        clock.advance(Duration.ofHours(2));
        meter.usage();
        meter.close();
        assertThat(file).as("is not replaced").isDirectory();
        Files.delete(file);
        write("{\"day\":\"2026-06-15\",\"sentToday\":100,\"receivedToday\":200,\"sentThisMonth\":1000,\"receivedThisMonth\":2000}");
        transfer(1, 2);

        assertThat(meter.usage()).isEqualTo(new DataUsage(111, 222, 1011, 2022));
    }
}
