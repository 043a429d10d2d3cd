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

import java.time.Clock;
import java.util.function.BooleanSupplier;

import org.eclipse.jdt.annotation.NonNullByDefault;
import org.eclipse.jdt.annotation.Nullable;
import org.openhab.binding.emoncms.internal.feed.FeedIdentity;
import org.openhab.binding.emoncms.internal.feed.Problem;
import org.openhab.binding.emoncms.internal.feed.ProblemException;
import org.openhab.binding.emoncms.internal.feed.ProblemKind;
import org.openhab.binding.emoncms.internal.store.LocalFeedStore;
import org.openhab.binding.emoncms.internal.store.RemoteFeedStore;

/**
 * Something that is done with one feed only because somebody asked for it. Runs on the worker, in as many goes as it
 * needs.
 *
 * @author Emoncms add-on contributors - Initial contribution
 */
@NonNullByDefault
interface FeedJob {

    /**
     * What a job works with.
     *
     * @param goesOn asked now and then whether to go on in this cycle
     */
    record Context(LocalFeedStore local, RemoteFeedStore remote, TwoSides sides, VerifyCycle verify,
            Verifications verifications, WatchedFeeds watched, Downloads downloads, Clock clock, BooleanSupplier goesOn,
            BooleanSupplier isPaused) {

        /**
         * @throws ProblemException if nothing may be changed remotely
         */
        void requireActive() throws ProblemException {
            if (isPaused.getAsBoolean()) {
                throw new ProblemException(Problem.of(ProblemKind.PAUSED));
            }
        }
    }

    FeedIdentity feed();

    /**
     * @return null if it is to be called again
     */
    @Nullable
    JobReport run(Context context) throws ProblemException, InterruptedException;
}
