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

import static org.assertj.core.api.Assertions.assertThat;

import org.eclipse.jdt.annotation.NonNullByDefault;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Which names Emoncms creates a feed of: the rules of the recorded exchanges.
 *
 * @author Emoncms add-on contributors - Initial contribution
 */
@NonNullByDefault
class FeedIdentityTest {

    @ParameterizedTest
    @ValueSource(strings = { "power", "Solar", "a:b-c_d e", "Zähler_日本", "tsp ", "a\tb" })
    void emoncmsTakes(String name) {
        assertThat(new FeedIdentity("house", name).problem()).isEmpty();
        assertThat(new FeedIdentity(name, "power").problem()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = { "a/b", "a.b", "it's", "<b>x</b>", "sun☀️", "temp °C", "a+b", "50%", "Za\u0308hler" })
    void emoncmsRefuses(String name) {
        assertThat(new FeedIdentity("house", name).problem()).map(Problem::kind)
                .hasValue(ProblemKind.FEED_NAME_REFUSED);
        assertThat(new FeedIdentity(name, "power").problem()).map(Problem::kind)
                .hasValue(ProblemKind.FEED_NAME_REFUSED);
    }

    @Test
    void aNameMayHave255CharactersWhateverTheirBytes() {
        assertThat(new FeedIdentity("house", "ä".repeat(255)).problem()).isEmpty();
        assertThat(new FeedIdentity("house", "ä".repeat(256)).problem()).isPresent();
    }

    @ParameterizedTest
    @ValueSource(strings = { "", " ", "\t" })
    void anEmptyTagOrNameIsAProblemOfItsOwn(String blank) {
        assertThat(new FeedIdentity(blank, "power").problem()).map(Problem::kind).hasValue(ProblemKind.FEED_NAME_EMPTY);
        assertThat(new FeedIdentity("house", blank).problem()).map(Problem::kind).hasValue(ProblemKind.FEED_NAME_EMPTY);
    }

    @Test
    void upperAndLowerCaseAreDifferentFeeds() {
        assertThat(new FeedIdentity("power", "solar")).isNotEqualTo(new FeedIdentity("power", "Solar"));
    }
}
