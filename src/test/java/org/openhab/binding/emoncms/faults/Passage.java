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
package org.openhab.binding.emoncms.faults;

import java.time.Duration;

import org.eclipse.jdt.annotation.NonNullByDefault;

/**
 * How a request and its answer come through a {@link FaultyProxy}. A connection that something was lost on is closed.
 *
 * @author Emoncms add-on contributors - Initial contribution
 */
@NonNullByDefault
public sealed interface Passage {

    /** Both come through whole. */
    record Whole() implements Passage {
    }

    /** Nothing of the request arrives. */
    record Refused() implements Passage {
    }

    /** Half of the request's body arrives, or of its head if it has no body. */
    record RequestCut() implements Passage {
    }

    /** The request arrives; nothing of the answer does. */
    record AnswerLost() implements Passage {
    }

    /** The request arrives; half of the answer's body does. */
    record AnswerCut() implements Passage {
    }

    /** The request waits, then all goes well. */
    record Delayed(Duration delay) implements Passage {
    }

    /** The answer comes in so many pieces, with a pause before each. */
    record Dripped(int pieces, Duration pause) implements Passage {
    }

    /**
     * The connection stays open in silence until the client gives up.
     *
     * @param arrival when the request reaches the server
     */
    record Silent(Arrival arrival) implements Passage {
    }

    /** Of a request that stays unanswered. */
    enum Arrival {
        NEVER,
        AT_ONCE,
        AFTER_THE_CLIENT_GAVE_UP
    }
}
