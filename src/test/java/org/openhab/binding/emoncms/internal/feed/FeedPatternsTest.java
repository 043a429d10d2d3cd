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

import static org.assertj.core.api.Assertions.*;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;

import org.eclipse.jdt.annotation.NonNullByDefault;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Which feeds the upload patterns select.
 *
 * @author Emoncms add-on contributors - Initial contribution
 */
@NonNullByDefault
class FeedPatternsTest {

    private static boolean matches(String tag, String name, String... patterns) throws ProblemException {
        return FeedPatterns.parse(Arrays.asList(patterns)).matches(new FeedIdentity(tag, name));
    }

    @ParameterizedTest
    @CsvSource({ "emonpi:*,true", "*:power*,true", "*,true", "emonpi:power1,true", "*:power?,true", "e*1,true",
            "**:**,true", "*m*p*:*w*1,true", "*1*r1,false", "emonpi:power,false", "emonpi:power??,false",
            "Emonpi:*,false", "pi:*,false", "*:ower*,false", "emonpi:.*,false", "emonpi:[a-z]*,false" })
    void aPatternMatchesTheWholeText(String pattern, boolean matches) throws Exception {
        assertThat(matches("emonpi", "power1", pattern)).isEqualTo(matches);
    }

    @Test
    void anyOfSeveralPatternsSelects() throws Exception {
        assertThat(matches("emonpi", "power1", "solar:*", "*:power*")).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = { "!emonpi:power1", "! *:power*" })
    void anExclusionGoesBeforeAllPatternsWhereverItStands(String exclusion) throws Exception {
        assertThat(matches("emonpi", "power1", exclusion, "*")).isFalse();
        assertThat(matches("emonpi", "power1", "*", exclusion)).isFalse();
        assertThat(matches("emonpi", "temperature", "*", exclusion)).isTrue();
    }

    @Test
    void oneTextMayHoldSeveralPatterns() throws Exception {
        assertThat(matches("emonpi", "power1", "solar:*, emonpi:* ,,!*:test\n")).isTrue();
        assertThat(matches("emonpi", "test", "solar:*, emonpi:* ,,!*:test\n")).isFalse();
    }

    @Test
    void noPatternSelectsNothing() throws Exception {
        assertThat(matches("emonpi", "power1")).isFalse();
        assertThat(matches("emonpi", "power1", " ", "")).isFalse();
        assertThat(FeedPatterns.NONE.matches(new FeedIdentity("", ""))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = { "power", "!power", "p?wer" })
    void aPatternThatCanNeverMatchIsRefused(String pattern) {
        assertThatExceptionOfType(ProblemException.class).isThrownBy(() -> FeedPatterns.parse(List.of("*", pattern)))
                .satisfies(e -> assertThat(e.problem()).isEqualTo(Problem.of(ProblemKind.PATTERN_INVALID, pattern)));
    }

    @Test
    void patternsThatOnlyExcludeAreRefused() {
        assertThatExceptionOfType(ProblemException.class).isThrownBy(() -> FeedPatterns.parse(List.of("!test:*")))
                .extracting(e -> e.problem().kind()).isEqualTo(ProblemKind.PATTERNS_EXCLUDE_ALL);
    }

    @Test
    void manyStarsDoNotTakeLong() throws Exception {
        FeedPatterns patterns = FeedPatterns.parse(List.of("*a*a*a*a*a*a*a*a*b:*"));

        assertTimeoutPreemptively(Duration.ofSeconds(20),
                () -> assertThat(patterns.matches(new FeedIdentity("a".repeat(255), "a".repeat(255)))).isFalse());
    }
}
