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
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.CharRange;

/**
 * Whatever a problem names, its text can be shown anywhere.
 *
 * @author Emoncms add-on contributors - Initial contribution
 */
@NonNullByDefault
class ProblemPropertiesTest {

    private static final int LAST_OF_LATIN_1_CONTROLS = 0x9F;

    @Provide
    Arbitrary<List<String>> arguments() {
        return Arbitraries.strings().ascii().withCharRange('\u2000', '\u206F').withCharRange('\u0600', '\u0605')
                .withChars('\u00AD', '\uFEFF', '\u0000', '\u007F', '\n', '\u00E4').ofMaxLength(400).list().ofMaxSize(4);
    }

    @Provide
    Arbitrary<String> anything() {
        return Arbitraries.integers().between(0, Character.MAX_CODE_POINT)
                .filter(character -> character > LAST_OF_LATIN_1_CONTROLS || character < 0x7F)
                .filter(character -> character < Character.MIN_SURROGATE || character > Character.MAX_SURROGATE).list()
                .ofMaxSize(300).map(characters -> {
                    StringBuilder text = new StringBuilder();
                    characters.forEach(text::appendCodePoint);
                    return text.toString();
                });
    }

    @Property
    void argumentsAreCleanAndShort(@ForAll("arguments") List<String> arguments) {
        Problem problem = new Problem(ProblemKind.REFUSED, arguments);

        assertThat(problem.arguments()).hasSameSizeAs(arguments);
        Outside.assertClean(problem);
    }

    @Property
    void anyCharacterIsShownOrTakenOut(@ForAll("anything") String argument) {
        Outside.assertClean(Problem.of(ProblemKind.REFUSED, argument));
    }

    @Property
    void aShortPlainTextStaysAsItIs(@ForAll("plain") String argument) {
        assertThat(Problem.of(ProblemKind.REFUSED, argument).arguments()).containsExactly(argument);
    }

    @Provide
    Arbitrary<String> plain() {
        return Arbitraries.strings().alpha().numeric().withChars("äß日<>\"'[],@:/.").ofMaxLength(Outside.MAX_ARGUMENT);
    }

    @Property
    void controlsOutsideOfAsciiAreTakenOut(@ForAll @CharRange(from = '\u0080', to = '\u009F') char control) {
        Outside.assertClean(Problem.of(ProblemKind.REFUSED, "a" + control + "b"));
    }

    @Example
    void aLongTextIsCutBetweenCharacters() {
        String argument = Problem.of(ProblemKind.REFUSED, "x" + "\uD83D\uDE00".repeat(200)).arguments().get(0);

        assertThat(argument.codePoints())
                .noneMatch(character -> character >= Character.MIN_SURROGATE && character <= Character.MAX_SURROGATE);
    }
}
