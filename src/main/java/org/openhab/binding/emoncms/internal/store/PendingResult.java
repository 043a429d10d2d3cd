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
package org.openhab.binding.emoncms.internal.store;

import org.eclipse.jdt.annotation.NonNullByDefault;
import org.openhab.binding.emoncms.internal.feed.ProblemException;

/**
 * What comes of a request that is under way.
 *
 * @author Emoncms add-on contributors - Initial contribution
 */
@NonNullByDefault
public interface PendingResult<T> {

    /** Waits for it; to be called once. After an exception what was requested may have happened or not. */
    T await() throws ProblemException, InterruptedException;

    /** Has something done once the other side answers, by another thread, or at once if it already does. */
    void whenAnswered(Runnable action);

    /** Does without it; what was requested may happen all the same. */
    void abort();
}
