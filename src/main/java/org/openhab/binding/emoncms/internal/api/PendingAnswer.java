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

import org.eclipse.jdt.annotation.NonNullByDefault;
import org.openhab.binding.emoncms.internal.feed.ProblemException;

/**
 * The answer to a request that was sent.
 *
 * @author Emoncms add-on contributors - Initial contribution
 */
@NonNullByDefault
public interface PendingAnswer<T> {

    /** Waits for it; to be called once. */
    T answer() throws ProblemException, InterruptedException;

    /** Has something done once the answer begins, by the connection's thread, or at once if it has begun. */
    void whenAnswered(Runnable action);

    /** Does without it; the server may do what it was asked for all the same. */
    void abort();
}
