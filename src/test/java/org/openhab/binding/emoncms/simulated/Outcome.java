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
package org.openhab.binding.emoncms.simulated;

import java.time.Duration;

import org.eclipse.jdt.annotation.NonNullByDefault;

/**
 * What becomes of a request.
 *
 * @author Emoncms add-on contributors - Initial contribution
 */
@NonNullByDefault
public sealed interface Outcome {
    /** It is answered as usual */
    record Pass() implements Outcome {
    }

    /** It is not applied, but answered so */
    record Answered(Reply reply) implements Outcome {
    }

    /** It waits, then is answered as usual */
    record Delayed(Duration delay) implements Outcome {
    }

    /** It is not applied; the connection stays open, without an answer, until the server stops */
    record Unanswered() implements Outcome {
    }

    /** It is not applied; the connection is closed without an answer */
    record Disconnected() implements Outcome {
    }

    /** It is applied; the connection is closed without an answer */
    record AnswerLost() implements Outcome {
    }

    /** It is applied; half the answer is sent, then the connection is closed */
    record AnswerCut() implements Outcome {
    }

    /** It is applied, but answered so */
    record AnswerReplaced(Reply reply) implements Outcome {
    }

    static Outcome pass() {
        return new Pass();
    }

    static Outcome answer(Reply reply) {
        return new Answered(reply);
    }

    static Outcome delay(Duration delay) {
        return new Delayed(delay);
    }

    static Outcome noAnswer() {
        return new Unanswered();
    }

    static Outcome disconnect() {
        return new Disconnected();
    }

    static Outcome loseAnswer() {
        return new AnswerLost();
    }

    static Outcome cutAnswer() {
        return new AnswerCut();
    }

    static Outcome replaceAnswer(Reply reply) {
        return new AnswerReplaced(reply);
    }
}
