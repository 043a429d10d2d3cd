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

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import org.eclipse.jdt.annotation.NonNullByDefault;
import org.junit.jupiter.api.Test;
import org.openhab.binding.emoncms.internal.feed.FeedIdentity;
import org.openhab.binding.emoncms.internal.feed.Problem;
import org.openhab.binding.emoncms.internal.feed.ProblemException;
import org.openhab.binding.emoncms.internal.feed.ProblemKind;

/**
 * When a server of local feeds counts as lost.
 *
 * @author Emoncms add-on contributors - Initial contribution
 */
@NonNullByDefault
class LocalAnswersTest {

    private static final FeedIdentity POWER = new FeedIdentity("house", "power");
    private static final FeedIdentity ENERGY = new FeedIdentity("house", "energy");

    private final LocalAnswers answers = new LocalAnswers();

    private void fail(FeedIdentity feed, ProblemKind kind) {
        assertThatExceptionOfType(ProblemException.class).isThrownBy(() -> answers.to(feed, () -> {
            throw new ProblemException(Problem.of(kind, "home"));
        })).satisfies(e -> assertThat(e.problem().kind()).isEqualTo(kind));
    }

    @Test
    void whatIsAnsweredIsGiven() throws Exception {
        assertThat(answers.to(POWER, () -> 42)).isEqualTo(42);
    }

    @Test
    void aFeedWithoutAnswerIsNotTheServer() {
        fail(POWER, ProblemKind.TIMEOUT);
        fail(POWER, ProblemKind.TIMEOUT);
        assertThatCode(answers::require).doesNotThrowAnyException();
    }

    @Test
    void twoFeedsInARowWithoutAnswerAreTheServerWhichIsAskedNoMore() {
        fail(POWER, ProblemKind.TIMEOUT);
        fail(ENERGY, ProblemKind.NO_CONNECTION);

        assertThatExceptionOfType(ProblemException.class).isThrownBy(answers::require);
        assertThatExceptionOfType(ProblemException.class).isThrownBy(() -> answers.to(POWER, () -> {
            throw new AssertionError("asked");
        })).satisfies(e -> assertThat(e.problem().kind()).isEqualTo(ProblemKind.NO_CONNECTION));
    }

    @Test
    void anAnswerBetweenThemShowsThatItIsThere() throws Exception {
        fail(POWER, ProblemKind.TIMEOUT);
        answers.to(ENERGY, () -> 42);
        fail(ENERGY, ProblemKind.TIMEOUT);
        assertThatCode(answers::require).doesNotThrowAnyException();
    }

    @Test
    void feedsThatCannotBeReadAreAnswersToo() {
        fail(POWER, ProblemKind.FEED_CHANGED);
        fail(ENERGY, ProblemKind.FEED_CHANGED);
        assertThatCode(answers::require).doesNotThrowAnyException();
    }
}
