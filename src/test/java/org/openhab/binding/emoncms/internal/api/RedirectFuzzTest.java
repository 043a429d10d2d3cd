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

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

import org.eclipse.jdt.annotation.NonNullByDefault;
import org.openhab.binding.emoncms.internal.feed.Outside;

import com.code_intelligence.jazzer.junit.FuzzTest;

/**
 * Whatever a server names as the place to go on to.
 *
 * @author Emoncms add-on contributors - Initial contribution
 */
@NonNullByDefault
class RedirectFuzzTest {

    private static final Credentials.ApiKey KEY = new Credentials.ApiKey("0123456789abcdef0123456789abcdef");
    private static final URI SECURE = URI.create("https://emoncms.org/feed/list.json");
    private static final URI PLAIN = URI.create("http://192.168.1.20:8080/emoncms/feed/list.json");

    @FuzzTest
    void aRedirectStaysOnTheHostOrIsAProblem(byte[] bytes) {
        String location = new String(bytes, StandardCharsets.ISO_8859_1);
        Outside.isTakenOrRefused(() -> assertThat(Redirects.follow(SECURE, location, text -> text)).satisfies(
                to -> assertThat(to.getScheme()).isEqualToIgnoringCase("https"),
                to -> assertThat(to.getHost()).isEqualToIgnoringCase("emoncms.org"),
                to -> assertThat(to.getUserInfo()).isNull()));
        Outside.isTakenOrRefused(() -> assertThat(Redirects.follow(PLAIN, location, text -> text)).satisfies(
                to -> assertThat(to.getScheme().toLowerCase()).isIn("http", "https"),
                to -> assertThat(to.getHost()).isEqualTo("192.168.1.20"), to -> assertThat(to.getUserInfo()).isNull()));
        Outside.isTakenOrRefused(
                () -> new EmoncmsApi(new HttpAccess(CannedClient.redirect(location), Duration.ofSeconds(1)),
                        ServerUrl.parse("https://emoncms.org"), KEY).feeds());
    }
}
