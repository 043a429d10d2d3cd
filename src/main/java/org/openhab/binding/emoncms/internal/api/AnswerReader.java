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

import java.io.IOException;

import org.eclipse.jdt.annotation.NonNullByDefault;
import org.openhab.binding.emoncms.internal.feed.ProblemException;

/**
 * Makes something of an answer.
 *
 * @param <T> what is made of it
 *
 * @author Emoncms add-on contributors - Initial contribution
 */
@NonNullByDefault
@FunctionalInterface
interface AnswerReader<T> {

    /**
     * @throws IOException if the answer does not arrive or is not what it should be
     */
    T read(Answer answer) throws IOException, ProblemException, InterruptedException;
}
