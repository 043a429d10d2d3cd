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

import java.util.Map;

import org.eclipse.jdt.annotation.NonNullByDefault;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.openhab.binding.emoncms.internal.feed.ProblemException;
import org.openhab.binding.emoncms.internal.feed.ProblemKind;

/**
 * What may be entered as a server's address.
 *
 * @author Emoncms add-on contributors - Initial contribution
 */
@NonNullByDefault
class ServerUrlTest {

    @ParameterizedTest
    @CsvSource({ "https://emoncms.org,https://emoncms.org/feed/list.json",
            "https://emoncms.org/,https://emoncms.org/feed/list.json",
            "' http://192.168.1.20:8080/emoncms// ',http://192.168.1.20:8080/emoncms/feed/list.json",
            "http://[::1]/emoncms,http://[::1]/emoncms/feed/list.json" })
    void anAddressMayHaveAPortAndAPath(String text, String request) throws ProblemException {
        assertThat(ServerUrl.parse(text).resolve("/feed/list.json", Map.of())).hasToString(request);
    }

    @ParameterizedTest
    @ValueSource(strings = { "", "emoncms.org", "ftp://emoncms.org", "https://", "https://user:secret@emoncms.org",
            "https://emoncms.org?apikey=1", "https://emoncms.org#x", "http://a b", "file:///etc/passwd" })
    void anythingElseIsRefusedWithoutRepeatingIt(String text) {
        assertThatExceptionOfType(ProblemException.class).isThrownBy(() -> ServerUrl.parse(text))
                .satisfies(e -> assertThat(e.problem().kind()).isEqualTo(ProblemKind.URL_INVALID))
                .satisfies(e -> assertThat(e).hasMessageNotContaining("secret"));
    }

    @Test
    void parametersAreEncodedOnce() throws ProblemException {
        assertThat(ServerUrl.parse("http://h").resolve("/p", Map.of("name", "a%41 ä&b=c")))
                .hasToString("http://h/p?name=a%2541+%C3%A4%26b%3Dc");
    }
}
