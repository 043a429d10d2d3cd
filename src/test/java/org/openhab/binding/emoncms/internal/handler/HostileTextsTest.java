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
package org.openhab.binding.emoncms.internal.handler;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;

import org.eclipse.jdt.annotation.NonNullByDefault;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.openhab.binding.emoncms.LogCapture;
import org.openhab.binding.emoncms.internal.feed.Outside;
import org.openhab.binding.emoncms.simulated.Fault;
import org.openhab.binding.emoncms.simulated.Outcome;
import org.openhab.binding.emoncms.simulated.Reply;
import org.openhab.core.thing.ThingStatusInfo;
import org.openhab.core.thing.binding.ThingHandler;

/**
 * Texts of a server that would deceive whoever reads a status or a log.
 *
 * @author Emoncms add-on contributors - Initial contribution
 */
@NonNullByDefault
@Timeout(60)
class HostileTextsTest {

    private static final int LONGEST_STATUS = 500;
    private static final int LONGEST_LOG_TEXT = 1000;
    /** As it stands in JSON. */
    private static final String HOSTILE = "\\r\\n00:00:00 ERROR all is lost\\u001b[2J\\u202e<b>\\\"'@text/x, [\\\"a\\\"]"
            + "x".repeat(100_000);

    private final ThingsFixture things;
    private final LogCapture log = new LogCapture();

    HostileTextsTest(@TempDir Path directory) {
        things = new ThingsFixture(directory);
    }

    @AfterEach
    void close() throws Exception {
        log.close();
        things.close();
    }

    private ThingStatusInfo statusAfter(String json) throws Exception {
        things.local.list();
        things.emoncms.fault(Fault.always(Fault.route("/feed/listwithmeta"), Outcome.answer(Reply.json(json))));
        return things.awaitOffline(things.addBridge(things.configuration()));
    }

    private static void assertTidy(String text, int longest) {
        assertThat(text.codePoints()).allMatch(Outside::isPrintable);
        assertThat(text).hasSizeLessThan(longest);
    }

    private static String refusal() {
        return "{\"success\":false,\"message\":\"" + HOSTILE + "\"}";
    }

    @Test
    void theStatusOfABridgeIsOneShortLine() throws Exception {
        assertTidy(String.valueOf(statusAfter(refusal()).getDescription()), LONGEST_STATUS);
    }

    @Test
    void theStatusOfAFeedIsOneShortLine() throws Exception {
        things.addLocalFeed("power", 10);
        things.emoncms.fault(Fault.always(Fault.route("/feed/create"), Outcome.answer(Reply.json(refusal()))));
        things.addOnlineBridge();
        ThingHandler feed = things.addFeedThing("power", "house", "power");

        assertTidy(String.valueOf(things.awaitOffline(feed).getDescription()), LONGEST_STATUS);
    }

    @Test
    void aRefusalIsLoggedAsOneShortLine() throws Exception {
        statusAfter(refusal());

        assertThat(log.texts()).isNotEmpty().allSatisfy(text -> assertTidy(text, LONGEST_LOG_TEXT));
    }

    @Test
    void anAnswerThatCannotBeReadIsLoggedInShortLines() throws Exception {
        statusAfter("[{\"id\":\"" + HOSTILE + "\"}]");

        assertThat(log.texts()).isNotEmpty().allSatisfy(text -> assertTidy(text, LONGEST_LOG_TEXT));
    }
}
