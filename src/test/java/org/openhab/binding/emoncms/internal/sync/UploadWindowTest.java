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

import static org.assertj.core.api.Assertions.*;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;

import org.eclipse.jdt.annotation.NonNullByDefault;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.openhab.binding.emoncms.internal.feed.ProblemException;
import org.openhab.binding.emoncms.internal.feed.ProblemKind;

/**
 * Windows are those of the clock on the wall, on days too on which it is put forward or back.
 *
 * @author Emoncms add-on contributors - Initial contribution
 */
@NonNullByDefault
class UploadWindowTest {

    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

    /** In Berlin, on a day on which no clock is put forward or back unless the date says so. */
    private static Instant berlin(String dateTime) {
        return LocalDateTime.parse(dateTime).atZone(BERLIN).toInstant();
    }

    private static Instant exactly(String dateTime) {
        return OffsetDateTime.parse(dateTime).toInstant();
    }

    private static boolean isOpen(String window, Instant time) throws ProblemException {
        return UploadWindow.parse(window).opensAt(time, BERLIN).isEmpty();
    }

    private static Instant opening(String window, Instant time) throws ProblemException {
        return UploadWindow.parse(window).opensAt(time, BERLIN).orElseThrow();
    }

    /** How long the window is open from one time to another, to the minute. */
    private static Duration open(String window, String from, String to) throws ProblemException {
        Duration open = Duration.ZERO;
        Instant end = exactly(to);
        for (Instant time = exactly(from); time.isBefore(end); time = time.plusSeconds(60)) {
            open = isOpen(window, time) ? open.plusSeconds(60) : open;
        }
        return open;
    }

    @ParameterizedTest
    @ValueSource(strings = { "", " ", "\t" })
    void nothingIsAlways(String window) throws ProblemException {
        assertThat(UploadWindow.parse(window)).isSameAs(UploadWindow.ALWAYS);
        assertThat(isOpen(window, berlin("2026-01-15T12:00"))).isTrue();
    }

    @Test
    void aWholeDayIsAlwaysOnDaysOfClockChangesToo() throws ProblemException {
        assertThat(open("00:00-24:00", "2026-03-28T12:00:00+01:00", "2026-03-30T12:00:00+02:00"))
                .isEqualTo(Duration.ofHours(47));
        assertThat(open("00:00-24:00", "2026-10-24T12:00:00+02:00", "2026-10-26T12:00:00+01:00"))
                .isEqualTo(Duration.ofHours(49));
    }

    @ParameterizedTest
    @ValueSource(strings = { "1", "01:00", "01:00-", "-05:00", "01:00-05:00-06:00", "01:00-05:00,", ",01:00-05:00",
            "01:00-01:00", "1:00-5:00", "01-05", "25:00-26:00", "01:60-02:00", "24:01-02:00", "nights", "01:00–05:00",
            "01:00-05:00;12:00-13:00" })
    void whatIsNoWindowIsRefused(String window) {
        assertThatThrownBy(() -> UploadWindow.parse(window)).isInstanceOfSatisfying(ProblemException.class,
                e -> assertThat(e.problem().kind()).isEqualTo(ProblemKind.WINDOW_INVALID));
    }

    @Test
    void theRefusalNamesTheText() {
        assertThatThrownBy(() -> UploadWindow.parse("01:00-05:00, nights")).isInstanceOfSatisfying(
                ProblemException.class, e -> assertThat(e.problem().arguments()).contains("01:00-05:00, nights"));
    }

    @Test
    void aWindowIsOpenFromItsStart() throws ProblemException {
        assertThat(isOpen("01:00-05:00", berlin("2026-01-15T00:59:59"))).isFalse();
        assertThat(isOpen("01:00-05:00", berlin("2026-01-15T01:00"))).isTrue();
    }

    @Test
    void aWindowIsOpenUntilItsEnd() throws ProblemException {
        assertThat(isOpen("01:00-05:00", berlin("2026-01-15T04:59:59"))).isTrue();
        assertThat(isOpen("01:00-05:00", berlin("2026-01-15T05:00"))).isFalse();
    }

    @Test
    void spacesDoNotMatter() throws ProblemException {
        assertThat(isOpen(" 01:00 - 05:00 , 12:30 -13:00 ", berlin("2026-01-15T12:45"))).isTrue();
    }

    @Test
    void aWindowMayLastPastMidnight() throws ProblemException {
        assertThat(isOpen("22:00-06:00", berlin("2026-01-15T21:59"))).isFalse();
        assertThat(isOpen("22:00-06:00", berlin("2026-01-15T23:00"))).isTrue();
        assertThat(isOpen("22:00-06:00", berlin("2026-01-16T05:59"))).isTrue();
        assertThat(isOpen("22:00-06:00", berlin("2026-01-16T06:00"))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = { "22:00-24:00", "22:00-00:00" })
    void aWindowMayEndAtMidnight(String window) throws ProblemException {
        assertThat(isOpen(window, berlin("2026-01-15T23:59:59"))).isTrue();
        assertThat(isOpen(window, berlin("2026-01-16T00:00"))).isFalse();
    }

    @Test
    void theNextOpeningIsTodayIfItIsStillToCome() throws ProblemException {
        assertThat(opening("01:00-05:00", berlin("2026-01-15T00:10"))).isEqualTo(berlin("2026-01-15T01:00"));
    }

    @Test
    void theNextOpeningIsTomorrowIfTodaysIsOver() throws ProblemException {
        assertThat(opening("01:00-05:00", berlin("2026-01-15T05:00"))).isEqualTo(berlin("2026-01-16T01:00"));
    }

    @Test
    void ofSeveralWindowsTheNextOneOpens() throws ProblemException {
        String windows = "22:00-06:00,12:30-13:00";
        assertThat(opening(windows, berlin("2026-01-15T07:00"))).isEqualTo(berlin("2026-01-15T12:30"));
        assertThat(opening(windows, berlin("2026-01-15T13:00"))).isEqualTo(berlin("2026-01-15T22:00"));
    }

    @Test
    void windowsThatOverlapAreOpenWhileOneIs() throws ProblemException {
        assertThat(open("01:00-03:00,02:00-04:00", "2026-01-15T00:00+01:00", "2026-01-16T00:00+01:00"))
                .isEqualTo(Duration.ofHours(3));
    }

    @Test
    void windowsAreThoseOfTheZone() throws ProblemException {
        UploadWindow window = UploadWindow.parse("01:00-05:00");
        Instant time = Instant.parse("2026-07-15T23:30:00Z");
        assertThat(window.opensAt(time, BERLIN)).as("01:30").isEmpty();
        assertThat(window.opensAt(time, ZoneId.of("Asia/Kolkata"))).as("05:00")
                .contains(exactly("2026-07-17T01:00+05:30"));
        assertThat(window.opensAt(time, ZoneId.of("Pacific/Auckland"))).as("11:30")
                .contains(exactly("2026-07-17T01:00+12:00"));
        assertThat(window.opensAt(time, ZoneId.of("Pacific/Honolulu"))).as("13:30")
                .contains(exactly("2026-07-16T01:00-10:00"));
    }

    @Test
    void whenAZoneLeavesOutADayItsWindowOpensOnTheNext() throws ProblemException {
        ZoneId samoa = ZoneId.of("Pacific/Apia");
        Instant lastEvening = LocalDateTime.parse("2011-12-29T23:00").atZone(samoa).toInstant();
        assertThat(UploadWindow.parse("01:00-05:00").opensAt(lastEvening, samoa))
                .contains(LocalDateTime.parse("2011-12-31T01:00").atZone(samoa).toInstant());
    }

    @ParameterizedTest
    @ValueSource(strings = { "02:00-03:00", "02:15-02:45", "02:30-03:30" })
    void aWindowThatIsLeftOutInSpringIsOpenForItsLength(String window) throws ProblemException {
        Duration usual = open(window, "2026-03-28T00:00+01:00", "2026-03-29T00:00+01:00");
        assertThat(open(window, "2026-03-29T00:00+01:00", "2026-03-30T00:00+02:00")).isPositive().isEqualTo(usual);
    }

    @Test
    void aWindowThatStartsInTheHourThatIsLeftOutOpensAnHourLaterOnTheWall() throws ProblemException {
        assertThat(opening("02:15-02:45", exactly("2026-03-29T01:00+01:00"))).isEqualTo("2026-03-29T01:15:00Z");
    }

    @Test
    void aWindowAroundTheHourThatIsLeftOutKeepsItsTimesOnTheWall() throws ProblemException {
        assertThat(open("01:00-05:00", "2026-03-29T00:00+01:00", "2026-03-30T00:00+02:00"))
                .isEqualTo(Duration.ofHours(3));
        assertThat(isOpen("01:00-05:00", exactly("2026-03-29T04:59+02:00"))).isTrue();
        assertThat(isOpen("01:00-05:00", exactly("2026-03-29T05:00+02:00"))).isFalse();
    }

    @Test
    void aWindowPastMidnightKeepsItsTimesOnTheWallInSpring() throws ProblemException {
        assertThat(open("22:00-06:00", "2026-03-28T12:00+01:00", "2026-03-29T12:00+02:00"))
                .isEqualTo(Duration.ofHours(7));
        assertThat(isOpen("22:00-06:00", exactly("2026-03-29T06:00+02:00"))).isFalse();
    }

    @Test
    void aWindowWithinTheHourThatComesTwiceIsOpenTheFirstTime() throws ProblemException {
        assertThat(open("02:15-02:45", "2026-10-25T00:00+02:00", "2026-10-26T00:00+01:00"))
                .isEqualTo(Duration.ofMinutes(30));
        assertThat(isOpen("02:15-02:45", exactly("2026-10-25T02:15+02:00"))).isTrue();
        assertThat(isOpen("02:15-02:45", exactly("2026-10-25T02:30+01:00"))).isFalse();
    }

    @Test
    void afterAWindowWithinTheHourThatComesTwiceTheNextOpeningIsTomorrow() throws ProblemException {
        assertThat(opening("02:15-02:45", exactly("2026-10-25T02:00+01:00")))
                .isEqualTo(exactly("2026-10-26T02:15+01:00"));
    }

    @Test
    void aWindowAroundTheHourThatComesTwiceKeepsItsTimesOnTheWall() throws ProblemException {
        assertThat(open("01:00-05:00", "2026-10-25T00:00+02:00", "2026-10-26T00:00+01:00"))
                .isEqualTo(Duration.ofHours(5));
        assertThat(isOpen("01:00-05:00", exactly("2026-10-25T05:00+01:00"))).isFalse();
    }

    @Test
    void aWindowPastMidnightKeepsItsTimesOnTheWallInAutumn() throws ProblemException {
        assertThat(open("22:00-06:00", "2026-10-24T12:00+02:00", "2026-10-25T12:00+01:00"))
                .isEqualTo(Duration.ofHours(9));
        assertThat(isOpen("22:00-06:00", exactly("2026-10-25T06:00+01:00"))).isFalse();
    }
}
