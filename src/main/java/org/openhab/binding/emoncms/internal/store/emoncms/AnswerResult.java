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
package org.openhab.binding.emoncms.internal.store.emoncms;

import org.eclipse.jdt.annotation.NonNullByDefault;
import org.openhab.binding.emoncms.internal.api.PendingAnswer;
import org.openhab.binding.emoncms.internal.feed.ProblemException;
import org.openhab.binding.emoncms.internal.store.PendingResult;

/**
 * What an answer of the server means.
 *
 * @author Emoncms add-on contributors - Initial contribution
 */
@NonNullByDefault
record AnswerResult<A, T> (PendingAnswer<A> answer, Meaning<A, T> meaning) implements PendingResult<T> {

    @FunctionalInterface
    interface Meaning<A, T> {

        T of(A answer) throws ProblemException;
    }

    @Override
    public T await() throws ProblemException, InterruptedException {
        return meaning.of(answer.answer());
    }

    @Override
    public void whenAnswered(Runnable action) {
        answer.whenAnswered(action);
    }

    @Override
    public void abort() {
        answer.abort();
    }
}
