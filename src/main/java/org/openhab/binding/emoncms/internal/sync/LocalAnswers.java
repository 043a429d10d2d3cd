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

import org.eclipse.jdt.annotation.NonNullByDefault;
import org.eclipse.jdt.annotation.Nullable;
import org.openhab.binding.emoncms.internal.feed.FeedIdentity;
import org.openhab.binding.emoncms.internal.feed.Problem;
import org.openhab.binding.emoncms.internal.feed.ProblemException;
import org.openhab.binding.emoncms.internal.feed.ProblemKind;

/**
 * Tells a local feed that cannot be read from a server of local feeds that does not answer, so that its time-out is not
 * waited for with each feed.
 *
 * @author Emoncms add-on contributors - Initial contribution
 */
@NonNullByDefault
final class LocalAnswers {

    /** Something that the local side is asked for. */
    @FunctionalInterface
    interface Question<T> {

        T ask() throws ProblemException, InterruptedException;
    }

    /** The feed of the last question, if it was not answered. */
    private @Nullable FeedIdentity unanswered;
    private @Nullable ProblemException lost;

    /** Asks for a feed, unless that has proven useless: if two feeds in a row got no answer. */
    <T> T to(FeedIdentity feed, Question<T> question) throws ProblemException, InterruptedException {
        require();
        try {
            T answer = question.ask();
            unanswered = null;
            return answer;
        } catch (ProblemException e) {
            if (!isUnanswered(e.problem())) {
                unanswered = null;
            } else if (unanswered == null || unanswered.equals(feed)) {
                unanswered = feed;
            } else {
                lost = e;
            }
            throw e;
        }
    }

    /**
     * @throws ProblemException if the local side as a whole does not answer
     */
    void require() throws ProblemException {
        ProblemException lost = this.lost;
        if (lost != null) {
            throw lost;
        }
    }

    private static boolean isUnanswered(Problem problem) {
        return OpenSlots.isOfServer(problem.kind()) || problem.kind().remedy() == ProblemKind.Remedy.ACT;
    }
}
