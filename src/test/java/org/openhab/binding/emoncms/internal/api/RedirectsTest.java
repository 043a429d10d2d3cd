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

import static org.assertj.core.api.Assertions.*;

import java.net.URI;

import org.eclipse.jdt.annotation.NonNullByDefault;
import org.eclipse.jdt.annotation.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.openhab.binding.emoncms.internal.feed.ProblemException;
import org.openhab.binding.emoncms.internal.feed.ProblemKind;

/**
 * Where the API key may travel.
 *
 * @author Emoncms add-on contributors - Initial contribution
 */
@NonNullByDefault
class RedirectsTest {

    @ParameterizedTest
    @CsvSource({ "http://h/a,https://h/a,https://h/a", "http://h/a,/b/,http://h/b/",
            "http://h/a,http://h:81/a,http://h:81/a", "https://h/a,https://H/a,https://H/a" })
    void aRedirectOnTheHostIsFollowed(String from, String location, String to) throws ProblemException {
        assertThat(Redirects.follow(URI.create(from), location, text -> text)).hasToString(to);
    }

    @ParameterizedTest
    @CsvSource({ "http://h/a,http://other/a", "https://h/a,http://h/a", "https://h/a,//other/a", "http://h/a,ftp://h/a",
            "http://h/a,http://h@other/a", "http://h/a,http://user:secret@h/a", "http://h/a,'http://h /'",
            "http://h/a,mailto:x" })
    void aRedirectElsewhereIsNot(String from, String location) {
        assertRefused(from, location);
    }

    @Test
    void aRedirectToNowhereIsNot() {
        assertRefused("http://h/a", null);
    }

    private static void assertRefused(String from, @Nullable String location) {
        assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(() -> Redirects.follow(URI.create(from), location, text -> text))
                .extracting(e -> e.problem().kind()).isEqualTo(ProblemKind.REDIRECTED);
    }
}
