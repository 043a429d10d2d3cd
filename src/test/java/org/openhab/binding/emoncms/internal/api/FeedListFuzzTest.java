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
import java.util.List;

import org.eclipse.jdt.annotation.NonNullByDefault;
import org.openhab.binding.emoncms.internal.feed.Outside;
import org.openhab.binding.emoncms.internal.feed.ProblemException;

import com.code_intelligence.jazzer.junit.FuzzTest;

/**
 * Whatever a server answers where a list of feeds is expected.
 *
 * @author Emoncms add-on contributors - Initial contribution
 */
@NonNullByDefault
class FeedListFuzzTest {

    private static final Credentials.ApiKey KEY = new Credentials.ApiKey("0123456789abcdef0123456789abcdef");

    @FuzzTest
    void anAnswerIsAListOrAProblem(byte[] answer) {
        Outside.isTakenOrRefused(() -> assertThat(feeds(answer)).allSatisfy(feed -> {
            assertThat(feed.id()).isPositive();
            assertThat(feed.identity().toString()).isNotNull();
        }));
    }

    private static List<RemoteFeed> feeds(byte[] answer) throws ProblemException, InterruptedException {
        return new EmoncmsApi(new HttpAccess(CannedClient.ok("application/json", answer), Duration.ofSeconds(1)),
                ServerUrl.parse("https://emoncms.org"), KEY).feeds();
    }
}
