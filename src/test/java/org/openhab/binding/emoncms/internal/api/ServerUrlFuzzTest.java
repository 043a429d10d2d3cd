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

import java.nio.charset.StandardCharsets;
import java.util.Map;

import org.eclipse.jdt.annotation.NonNullByDefault;
import org.openhab.binding.emoncms.internal.feed.Outside;

import com.code_intelligence.jazzer.junit.FuzzTest;

/**
 * Whatever a user enters as a server's address.
 *
 * @author Emoncms add-on contributors - Initial contribution
 */
@NonNullByDefault
class ServerUrlFuzzTest {

    @FuzzTest
    void anAddressCanBeAskedOrIsAProblem(byte[] bytes) {
        String text = new String(bytes, StandardCharsets.UTF_8);
        Outside.isTakenOrRefused(() -> {
            ServerUrl url = ServerUrl.parse(text);

            assertThat(url.authority()).isNotEmpty().doesNotContain("@");
            assertThat(url.resolve("/feed/list.json", Map.of("name", text)).getHost()).isNotEmpty();
            assertThat(ServerUrl.parse(url.toString())).isEqualTo(url);
        });
    }
}
