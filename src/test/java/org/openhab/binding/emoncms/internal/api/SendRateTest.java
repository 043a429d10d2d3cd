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

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;

import org.eclipse.jdt.annotation.NonNullByDefault;
import org.junit.jupiter.api.Test;

/**
 * When pieces of a body may go out, on a clock that a test moves.
 *
 * @author Emoncms add-on contributors - Initial contribution
 */
@NonNullByDefault
class SendRateTest {

    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

    private long now = -SECOND;

    private SendRate rate(long bytesPerSecond) {
        return new SendRate(bytesPerSecond, () -> now);
    }

    /** Sends a piece as soon as it may go. */
    private void send(SendRate rate, int bytes) {
        now += rate.waitBefore(bytes);
    }

    @Test
    void aPieceIsAQuarterOfASecond() {
        assertThat(rate(200_000).pieceBytes()).isEqualTo(50_000);
    }

    @Test
    void aPieceHasAtLeastAByte() {
        assertThat(rate(1).pieceBytes()).isOne();
    }

    @Test
    void aPieceHasAMebibyteAtMost() {
        assertThat(rate(HttpAccess.UNLIMITED).pieceBytes()).isEqualTo(1 << 20);
    }

    @Test
    void theFirstPieceGoesAtOnce() {
        assertThat(rate(1000).waitBefore(250)).isZero();
    }

    @Test
    void theNextPieceWaitsAsLongAsTheOneBeforeTakes() {
        SendRate rate = rate(1000);
        rate.waitBefore(250);
        assertThat(rate.waitBefore(250)).isEqualTo(SECOND / 4);
    }

    @Test
    void piecesThatAreAskedForWithoutWaitingAddUp() {
        SendRate rate = rate(1000);
        rate.waitBefore(250);
        rate.waitBefore(500);
        assertThat(rate.waitBefore(1)).isEqualTo(SECOND * 3 / 4);
    }

    @Test
    void timeThatPassesBetweenTwoPiecesIsPartOfTheWait() {
        SendRate rate = rate(1000);
        rate.waitBefore(500);
        now += SECOND / 5;
        assertThat(rate.waitBefore(250)).isEqualTo(SECOND * 3 / 10);
    }

    @Test
    void aPauseIsNotMadeUpFor() {
        SendRate rate = rate(1000);
        send(rate, 250);
        now += 100 * SECOND;
        assertThat(rate.waitBefore(250)).isZero();
        assertThat(rate.waitBefore(250)).isEqualTo(SECOND / 4);
    }

    @Test
    void manyPiecesGoOutAtTheRate() {
        SendRate rate = rate(64_000);
        long start = now;
        for (int i = 0; i < 41; i++) {
            send(rate, rate.pieceBytes());
        }
        assertThat(now - start).isEqualTo(10 * SECOND);
    }

    @Test
    void withoutALimitNothingWaits() {
        SendRate rate = rate(HttpAccess.UNLIMITED);
        for (int i = 0; i < 100; i++) {
            assertThat(rate.waitBefore(1 << 20)).isZero();
        }
    }

    @Test
    void aClockThatStartsAnywhereDoesNotMatter() {
        now = Long.MAX_VALUE - SECOND;
        SendRate rate = rate(1000);
        send(rate, 2000);
        assertThat(rate.waitBefore(1000)).isEqualTo(2 * SECOND);
    }
}
