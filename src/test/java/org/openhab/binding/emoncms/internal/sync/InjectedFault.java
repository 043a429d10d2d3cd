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
package org.openhab.binding.emoncms.internal.sync;

import java.time.Duration;

import org.eclipse.jdt.annotation.NonNullByDefault;
import org.openhab.binding.emoncms.faults.Passage;
import org.openhab.binding.emoncms.simulated.Outcome;
import org.openhab.binding.emoncms.simulated.Reply;

/**
 * What may go wrong with a request, on the way or in the server.
 *
 * @author Emoncms add-on contributors - Initial contribution
 */
@NonNullByDefault
enum InjectedFault {
    CONNECTION_CLOSED(new Passage.Refused()),
    REQUEST_CUT(new Passage.RequestCut()),
    ANSWER_LOST(new Passage.AnswerLost()),
    ANSWER_CUT(new Passage.AnswerCut()),
    DELAYED(new Passage.Delayed(Duration.ofMillis(2))),
    DRIPPED(new Passage.Dripped(4, Duration.ofMillis(1))),
    TIMEOUT(new Passage.Silent(Passage.Arrival.NEVER)),
    TIMEOUT_BUT_APPLIED(new Passage.Silent(Passage.Arrival.AT_ONCE)),
    TIMEOUT_AND_APPLIED_LATE(new Passage.Silent(Passage.Arrival.AFTER_THE_CLIENT_GAVE_UP)),
    HTML(Outcome.answer(Reply.html(200, "<h1>Maintenance</h1>"))),
    HTML_BUT_APPLIED(Outcome.replaceAnswer(Reply.html(200, "<h1>Fatal error</h1>"))),
    WARNING(Outcome.answer(Replies.WARNING)),
    WARNING_BUT_APPLIED(Outcome.replaceAnswer(Replies.WARNING)),
    EMPTY(Outcome.answer(Reply.json(""))),
    EMPTY_BUT_APPLIED(Outcome.replaceAnswer(Reply.json(""))),
    FALSE(Outcome.answer(Reply.json("false"))),
    NO_METAS_BUT_APPLIED(Outcome.replaceAnswer(Reply.json("{\"success\":true,\"updated_feed_meta\":[]}"))),
    CHECKSUM_REFUSED(Outcome.answer(Reply.json("{\"success\":false,\"message\":\"Invalid checksum\"}"))),
    TRUNCATED_JSON(Outcome.answer(Replies.TRUNCATED)),
    TRUNCATED_JSON_BUT_APPLIED(Outcome.replaceAnswer(Replies.TRUNCATED)),
    STATUS_404(Outcome.answer(Reply.html(404, "Not found"))),
    STATUS_500(Outcome.answer(Reply.html(500, "Sorry"))),
    STATUS_503_BUT_APPLIED(Outcome.replaceAnswer(Reply.html(503, "Sorry")));

    private static final class Replies {

        static final Reply WARNING = Reply.html(200,
                "<br />\n<b>Warning</b>: something<br />\n{\"success\":true,\"updated_feed_meta\":[]}");
        static final Reply TRUNCATED = Reply.json("[{\"id\":\"1\",\"userid\":\"1\",\"na");
    }

    final Passage passage;
    final Outcome outcome;

    InjectedFault(Passage passage) {
        this.passage = passage;
        outcome = Outcome.pass();
    }

    InjectedFault(Outcome outcome) {
        this.outcome = outcome;
        passage = new Passage.Whole();
    }

    boolean isSlow() {
        return passage instanceof Passage.Silent;
    }
}
