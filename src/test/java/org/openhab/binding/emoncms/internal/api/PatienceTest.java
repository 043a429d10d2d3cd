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

import java.time.Duration;

import org.eclipse.jdt.annotation.NonNullByDefault;
import org.junit.jupiter.api.Test;

/**
 * How long a slow server may be silent.
 *
 * @author Emoncms add-on contributors - Initial contribution
 */
@NonNullByDefault
class PatienceTest {

    private static final Duration LEAST = Duration.ofSeconds(60);

    private final Patience patience = new Patience(LEAST);

    @Test
    void aServerThatWasNotHeardYetHasTheLeast() {
        assertThat(patience.allowed()).isEqualTo(LEAST);
    }

    @Test
    void aQuickServerHasTheLeast() {
        patience.answered(Duration.ofMillis(1));
        assertThat(patience.allowed()).isEqualTo(LEAST);
    }

    @Test
    void aSlowServerHasTwiceWhatItNeeded() {
        patience.answered(Duration.ofSeconds(50));
        assertThat(patience.allowed()).isEqualTo(Duration.ofSeconds(100));
    }

    @Test
    void aServerThatIsQuickAgainHasTheLeastAgain() {
        patience.answered(Duration.ofSeconds(50));
        patience.answered(Duration.ofSeconds(1));
        assertThat(patience.allowed()).isEqualTo(LEAST);
    }

    @Test
    void afterATimeOutTheServerHasTwiceAsLong() {
        patience.timedOut(LEAST);
        assertThat(patience.allowed()).isEqualTo(Duration.ofSeconds(120));
    }

    @Test
    void timeOutsDoNotTakeAwayWhatWasAllowed() {
        patience.timedOut(Duration.ofSeconds(100));
        patience.timedOut(Duration.ofSeconds(10));
        assertThat(patience.allowed()).isEqualTo(Duration.ofSeconds(200));
    }

    @Test
    void patienceHasAnEnd() {
        for (int i = 0; i < 10; i++) {
            patience.timedOut(patience.allowed());
        }
        assertThat(patience.allowed()).isEqualTo(LEAST.multipliedBy(5));
        patience.answered(Duration.ofHours(1));
        assertThat(patience.allowed()).isEqualTo(LEAST.multipliedBy(5));
    }

    @Test
    void anAnswerInTimeEndsThePatienceThatATimeOutBrought() {
        patience.timedOut(Duration.ofSeconds(100));
        patience.answered(Duration.ofSeconds(40));
        assertThat(patience.allowed()).isEqualTo(Duration.ofSeconds(80));
    }
}
