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

import java.util.List;

import org.eclipse.jdt.annotation.NonNullByDefault;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/**
 * Patterns select what a matcher selects that is too simple to be wrong.
 *
 * @author Emoncms add-on contributors - Initial contribution
 */
@NonNullByDefault
class FeedPatternsPropertiesTest {

    private static final String EXCLUSION = "!";

    @Provide
    Arbitrary<String> globs() {
        return Arbitraries.of("a", "b", ":", "*", "?", "*a", "ab", ".", "\\", "\\E", "(", "\uD83D\uDE00", "\n").list()
                .ofMinSize(1).ofMaxSize(7).map(parts -> String.join("", parts)).map(String::strip)
                .filter(glob -> !glob.contains("\n") && (glob.contains(":") || glob.contains("*")));
    }

    @Provide
    Arbitrary<String> names() {
        return Arbitraries.of("a", "b", ":", "*", "?", ".", "\\", "E", "(", "\uD83D\uDE00", "\n").list().ofMaxSize(5)
                .map(parts -> String.join("", parts));
    }

    @Property(tries = 5000)
    void aPatternSelectsWhatItShould(@ForAll("globs") String glob, @ForAll("names") String tag,
            @ForAll("names") String name) throws ProblemException {
        FeedIdentity feed = new FeedIdentity(tag, name);

        assertThat(FeedPatterns.parse(List.of(glob)).matches(feed)).isEqualTo(matches(glob, feed));
    }

    @Property
    void exclusionsGoBeforeInclusions(@ForAll("globs") String included, @ForAll("globs") String other,
            @ForAll("globs") String excluded, @ForAll("names") String tag, @ForAll("names") String name)
            throws ProblemException {
        Assume.that(!included.startsWith(EXCLUSION) && !other.startsWith(EXCLUSION));
        FeedIdentity feed = new FeedIdentity(tag, name);

        assertThat(FeedPatterns.parse(List.of(included, EXCLUSION + excluded, other)).matches(feed))
                .isEqualTo((matches(included, feed) || matches(other, feed)) && !matches(excluded, feed));
    }

    private static boolean matches(String glob, FeedIdentity feed) {
        return matches(glob.codePoints().toArray(), 0, (feed.tag() + ":" + feed.name()).codePoints().toArray(), 0);
    }

    private static boolean matches(int[] glob, int atGlob, int[] text, int atText) {
        if (atGlob == glob.length) {
            return atText == text.length;
        }
        if (glob[atGlob] == '*') {
            return matches(glob, atGlob + 1, text, atText)
                    || atText < text.length && matches(glob, atGlob, text, atText + 1);
        }
        return atText < text.length && (glob[atGlob] == '?' || glob[atGlob] == text[atText])
                && matches(glob, atGlob + 1, text, atText + 1);
    }
}
